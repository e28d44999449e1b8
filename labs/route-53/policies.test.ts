// Resource policies: what lets a service write, and what only looks like it.

import { LOGGER_ACTIONS, QUERY_LOGGER } from './facts';
import { lets } from './policies';

const GROUP = 'arn:aws:logs:us-east-1:1:log-group:worklab-abc123-dns-queries:*';
const statement = (more: object = {}) => ({
  Effect: 'Allow',
  Principal: { Service: QUERY_LOGGER },
  Action: [...LOGGER_ACTIONS],
  Resource: GROUP,
  ...more,
});
const allows = (...Statement: object[]) => lets(JSON.stringify({ Statement }), QUERY_LOGGER, LOGGER_ACTIONS, GROUP);

test.each([
  ['just that', [statement()]],
  ['wildcards', [statement({ Action: 'logs:*', Resource: 'arn:aws:logs:us-east-1:1:log-group:worklab-*' })]],
  ['one action each', LOGGER_ACTIONS.map((Action) => statement({ Action }))],
])('%s lets it write', (_, statements) => {
  expect(allows(...statements)).toBe(true);
});

test.each([
  ['nothing', []],
  ['another service', [statement({ Principal: { Service: 'es.amazonaws.com' } })]],
  ['one action of two', [statement({ Action: 'logs:PutLogEvents' })]],
  ['another log group', [statement({ Resource: 'arn:aws:logs:us-east-1:1:log-group:other:*' })]],
  ['a denial beside it', [statement(), statement({ Effect: 'Deny' })]],
])('%s does not', (_, statements) => {
  expect(allows(...statements)).toBe(false);
});

test('what is no JSON allows nothing', () => {
  expect(lets('{', QUERY_LOGGER, LOGGER_ACTIONS, GROUP)).toBe(false);
});

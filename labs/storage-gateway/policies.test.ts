// What a policy says, as people write it.

import { allows, reachesAll, refusesPlainHttp, statementsOf } from './policies';

const deny = (Condition: object, Effect = 'Deny') => JSON.stringify({ Statement: { Effect, Condition } });

test.each([
  ['the usual form', deny({ Bool: { 'aws:SecureTransport': 'false' } }), true],
  ['as a boolean, whatever the case', deny({ Bool: { 'AWS:SecureTransport': false } }), true],
  ['a list of one', deny({ Bool: { 'aws:SecureTransport': ['false'] } }), true],
  ['the wrong way round', deny({ Bool: { 'aws:SecureTransport': 'true' } }), false],
  ['an allowance', deny({ Bool: { 'aws:SecureTransport': 'false' } }, 'Allow'), false],
  ['another condition', deny({ Bool: { 'aws:MultiFactorAuthPresent': 'false' } }), false],
  ['no statement', '{}', false],
])('%s', (_what, policy, refuses) => {
  expect(refusesPlainHttp(policy)).toBe(refuses);
});

test.each([
  [['s3:GetObject'], ['arn:aws:s3:::files/*'], true],
  [['s3:Get*'], ['*'], true],
  [['*'], ['arn:aws:s3:::files/in/*'], false],
  [['s3:GetObject'], ['arn:aws:s3:::files'], false],
  [['s3:PutObject'], ['arn:aws:s3:::files/*'], false],
  [['s3:getobject'], ['arn:aws:s3:::f*/*'], true],
])('%j on %j allows to read a file: %s', (actions, resources, is) => {
  expect(allows([{ actions, resources }], 's3:GetObject', 'arn:aws:s3:::files/file')).toBe(is);
});

test.each([
  ['*', true],
  ['arn:aws:s3:::*', true],
  ['arn:aws:s3:::*/*', true],
  ['arn:aws:s3:::files/*', false],
])('%s reaches every bucket: %s', (resource, is) => {
  expect(reachesAll([{ actions: ['s3:GetObject'], resources: [resource] }])).toBe(is);
});

test('IAM sends policies encoded, S3 does not', () => {
  const policy = JSON.stringify({ Statement: [{ Effect: 'Allow' }] });
  expect(statementsOf(encodeURIComponent(policy))).toEqual([{ Effect: 'Allow' }]);
  expect(statementsOf(policy)).toEqual([{ Effect: 'Allow' }]);
});

// What each check says of what was seen: the right thing, and the mistakes that a learner makes. Plain objects.

import type { Verdict } from '../../lib/kit';
import { exercises } from './exercises';
import { END_USER_POLICY, RULES } from './facts';
import type { Launch } from './observe/launches';
import type { Constraint, Portfolio, Version } from './observe/portfolios';
import type { Access, Launching, LaunchRole } from './observe/roles';

const verdictOn = (id: string, seen: unknown): Verdict => {
  const found = exercises.find((exercise) => exercise.id === id);
  if (found?.check === undefined) throw new Error(`nothing is checked by ${id}`);
  return found.check(seen as never);
};

const told = (verdict: Verdict): string => (verdict.status === 'failed' ? JSON.stringify(verdict) : verdict.status);

const version = (name: string, changes: Partial<Version> = {}): Version => ({
  id: `pa-${name}`,
  name,
  active: true,
  deprecated: false,
  made: '2026-11-22T10:00:00.000Z',
  ...changes,
});
const constraint = (type: string, parameters: object, product = 'prod-1'): Constraint => ({
  id: `cons-${type}`,
  type,
  product,
  parameters: { ...parameters },
});
const TEMPLATE = constraint('TEMPLATE', { Rules: RULES });
const UPDATES = constraint('RESOURCE_UPDATE', {
  Version: '2.0',
  Properties: { TagUpdateOnProvisionedProduct: 'ALLOWED' },
});
const TOPIC = constraint('NOTIFICATION', { NotificationArns: ['arn:aws:sns:us-east-1:111111111111:launches'] });
const KEY = 'worklab-abc123-cost-centre';

const portfolio = (changes: Partial<Portfolio> = {}): Portfolio => ({
  id: 'port-1',
  name: 'worklab-abc123-portfolio',
  products: [{ id: 'prod-1', name: 'worklab-abc123-logs', versions: [version('v1'), version('v2')] }],
  constraints: [TEMPLATE, UPDATES, TOPIC],
  principals: [{ arn: ROLE, type: 'IAM' }],
  tagOptions: ['platform', 'research'].map((value) => ({ key: KEY, value, active: true })),
  shares: [],
  ...changes,
});
const ROLE = 'arn:aws:iam::111111111111:role/worklab-abc123-sc-end-users';
const of = (...versions: Version[]): Partial<Portfolio> => ({ products: [{ id: 'prod-1', name: 'logs', versions }] });

test.each(['create-portfolio', 'version-and-constrain', 'tag-with-options', 'notify-of-launches'])(
  '%s: the right thing passes; nothing, and what is nobody’s, do not',
  (id) => {
    expect(verdictOn(id, [portfolio()])).toEqual({ status: 'passed' });
    expect(verdictOn(id, [portfolio({ products: [] }), portfolio()])).toEqual({ status: 'passed' });
    expect(told(verdictOn(id, []))).toContain('none has a name that begins with');
    expect(told(verdictOn(id, [portfolio({ products: [] })]))).toContain('associate-product-with-portfolio');
  },
);

test.each<[string, string, Partial<Portfolio>, string]>([
  ['create-portfolio', 'no version is active', of(version('v1', { active: false })), 'shown to nobody'],
  ['version-and-constrain', 'one version', of(version('v1')), 'a second product is no second version'],
  ['version-and-constrain', 'two of one name', of(version('v1'), version('v1')), 'chooses by the name'],
  ['version-and-constrain', 'a launch constraint alone', { constraints: [UPDATES] }, 'LAUNCH says by which role'],
  [
    'version-and-constrain',
    'a constraint of another product',
    { constraints: [constraint('TEMPLATE', { Rules: RULES }, 'prod-2')] },
    'binds the parameters',
  ],
  [
    'version-and-constrain',
    'a rule about no parameter',
    {
      constraints: [
        constraint('TEMPLATE', { Rules: { R: { Assertions: [{ Assert: { 'Fn::Equals': ['a', 'a'] } }] } } }),
      ],
    },
    'always true or always false',
  ],
  ['tag-with-options', 'no TagOption on the portfolio', { tagOptions: [] }, 'associate-tag-option-with-resource'],
  [
    'tag-with-options',
    'two keys of one value each',
    { tagOptions: ['a', 'b'].map((key) => ({ key, value: 'v', active: true })) },
    'with the same key',
  ],
  [
    'tag-with-options',
    'one of two values inactive',
    { tagOptions: ['a', 'b'].map((value) => ({ key: KEY, value, active: value === 'a' })) },
    '(inactive)',
  ],
  ['tag-with-options', 'no tag updates', { constraints: [TEMPLATE] }, 'TagUpdateOnProvisionedProduct'],
  [
    'tag-with-options',
    'tag updates forbidden',
    {
      constraints: [constraint('RESOURCE_UPDATE', { Properties: { TagUpdateOnProvisionedProduct: 'NOT_ALLOWED' } })],
    },
    'says NOT_ALLOWED',
  ],
  ['notify-of-launches', 'no notification', { constraints: [TEMPLATE] }, 'hands the topic to CloudFormation'],
  [
    'notify-of-launches',
    'a queue instead of a topic',
    { constraints: [constraint('NOTIFICATION', { NotificationArns: ['arn:aws:sqs:us-east-1:111111111111:q'] })] },
    'ARNs of topics',
  ],
  ['retire-version', 'nothing retired', {}, 'DEPRECATED keeps what runs'],
  [
    'retire-version',
    'the new one retired',
    of(version('v1'), version('v2', { deprecated: true })),
    'an older version that is deprecated',
  ],
  [
    'retire-version',
    'both retired',
    of(version('v1', { deprecated: true }), version('v2', { deprecated: true })),
    'it is the old one that goes',
  ],
  ['retire-version', 'the old one deleted', of(version('v2')), 'a product of two versions'],
  ['share-portfolio', 'not shared', {}, 'create-portfolio-share'],
])('%s, %s: failed', (id, _what, changes, hint) => {
  expect(told(verdictOn(id, [portfolio(changes)]))).toContain(hint);
});

test('a retired old version, and a share, pass', () => {
  const retired = of(version('v1', { deprecated: true, active: false }), version('v2'));
  expect(verdictOn('retire-version', [portfolio(retired)])).toEqual({ status: 'passed' });
  const shares = [{ type: 'ORGANIZATIONAL_UNIT', with: 'ou-abcd-11111111' }];
  expect(verdictOn('share-portfolio', [portfolio({ shares })])).toEqual({ status: 'passed' });
});

describe('access', () => {
  const entity = { arn: ROLE, there: true, ours: true, attached: [END_USER_POLICY] };
  const access = (changes: Partial<Access['entities'][number]> = {}, more: Partial<Portfolio> = {}): Access[] => [
    { portfolio: portfolio(more), entities: [{ ...entity, ...changes }] },
  ];

  test('an end user of the run, beside whoever else is let in', () => {
    const admin = {
      ...entity,
      arn: 'arn:aws:iam::111111111111:user/me',
      ours: false,
      attached: ['AdministratorAccess'],
    };
    expect(verdictOn('grant-access', access())).toEqual({ status: 'passed' });
    expect(verdictOn('grant-access', [{ portfolio: portfolio(), entities: [admin, entity] }])).toEqual({
      status: 'passed',
    });
  });

  test.each([
    ['nobody is let in', access({}, { principals: [] }), 'rights in IAM show no portfolio'],
    [
      'everybody is let in',
      access({}, { principals: [{ arn: 'arn:aws:iam:::role/*', type: 'IAM_PATTERN' }] }),
      'lets in every role',
    ],
    ['the role was deleted', access({ there: false }), '(deleted)'],
    ['only somebody else is let in', access({ ours: false }), 'of this run among them'],
    ['no rights in IAM', access({ attached: [] }), 'needs rights in IAM too'],
    [
      'an administrator',
      access({ attached: [END_USER_POLICY, 'AWSServiceCatalogAdminFullAccess'] }),
      'needs no right to change',
    ],
  ])('%s: failed', (_what, seen, hint) => {
    expect(told(verdictOn('grant-access', seen))).toContain(hint);
  });
});

describe('the launch role', () => {
  const right: LaunchRole = {
    arn: 'arn:aws:iam::111111111111:role/worklab-abc123-sc-launch',
    there: true,
    trusts: true,
    attached: [],
    actions: ['cloudformation:CreateStack', 'logs:CreateLogGroup'],
  };
  const launching = (changes: Partial<LaunchRole>): Launching[] => [
    { portfolio: portfolio(), role: { ...right, ...changes } },
  ];

  test('of narrow rights, inline or attached', () => {
    expect(verdictOn('constrain-launch', launching({}))).toEqual({ status: 'passed' });
    expect(verdictOn('constrain-launch', launching({ actions: [], attached: ['launches'] }))).toEqual({
      status: 'passed',
    });
  });

  test.each([
    ['no launch constraint', [{ portfolio: portfolio(), role: undefined }], 'by the rights of whoever launches'],
    ['no such role', launching({ there: false }), 'shows at the first launch'],
    ['one that trusts the end users', launching({ trusts: false }), 'an end user never assumes the role'],
    ['an administrator', launching({ attached: ['AdministratorAccess'] }), 'may do through the product'],
    ['every action', launching({ actions: ['*'] }), 'may do everything'],
    ['no stacks', launching({ actions: ['logs:CreateLogGroup'] }), 'cloudformation:CreateStack'],
    ['nothing at all', [], 'none has a name'],
  ])('%s: failed', (_what, seen, hint) => {
    expect(told(verdictOn('constrain-launch', seen))).toContain(hint);
  });
});

describe('what was launched', () => {
  const change = (type: string, name: string, status = 'SUCCEEDED', errors: string[] = []) => ({
    type,
    status,
    version: name,
    errors,
  });
  const launch = (changes: Partial<Launch> = {}): Launch => ({
    id: 'pp-1',
    name: 'worklab-abc123-orders',
    status: 'AVAILABLE',
    message: '',
    version: 'v2',
    stack: 'UPDATE_COMPLETE',
    changes: [change('PROVISION_PRODUCT', 'v1'), change('UPDATE_PROVISIONED_PRODUCT', 'v2')],
    ...changes,
  });

  test('launched, updated, available', () => {
    expect(verdictOn('provision-and-watch', [launch()])).toEqual({ status: 'passed' });
    const again = [change('PROVISION_PRODUCT', 'v2'), change('UPDATE_PROVISIONED_PRODUCT', 'v1')];
    expect(verdictOn('provision-and-watch', [launch({ changes: again })])).toEqual({ status: 'passed' });
  });

  test.each<[string, Launch[], string]>([
    ['nothing', [], 'No launch paths found'],
    [
      'a launch that failed',
      [
        launch({
          status: 'ERROR',
          changes: [change('PROVISION_PRODUCT', 'v1', 'FAILED', ['RetentionDays is one of 1, 3, 7'])],
        }),
      ],
      'RetentionDays is one of 1, 3, 7',
    ],
    ['no update', [launch({ changes: [change('PROVISION_PRODUCT', 'v2')] })], 'a second launch is no update'],
    [
      'an update within one version',
      [launch({ changes: [change('PROVISION_PRODUCT', 'v1'), change('UPDATE_PROVISIONED_PRODUCT', 'v1')] })],
      'an update to another version',
    ],
    [
      'an update that failed',
      [
        launch({
          status: 'TAINTED',
          changes: [change('PROVISION_PRODUCT', 'v1'), change('UPDATE_PROVISIONED_PRODUCT', 'v2', 'FAILED')],
        }),
      ],
      'FAILED v2',
    ],
    ['a product that is tainted', [launch({ status: 'TAINTED' })], 'its last change failed'],
    ['a stack deleted past Service Catalog', [launch({ stack: '' })], 'not there'],
    ['a stack that was rolled back', [launch({ stack: 'UPDATE_ROLLBACK_COMPLETE' })], 'changed or deleted past'],
  ])('%s: failed', (_what, seen, hint) => {
    expect(told(verdictOn('provision-and-watch', seen))).toContain(hint);
  });
});

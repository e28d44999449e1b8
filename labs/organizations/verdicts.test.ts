// What each check says of what was seen: the right thing, and the mistakes that a learner makes. Plain objects.

import type { Budget, Costs } from './observe/costs';
import type { Organization } from './observe/organization';
import type { Central } from './observe/policies';
import type { Share } from './observe/sharing';
import { backupPolicy, tagPolicy } from './policies/documents';
import { attached, dev, organization, prod, ROOT, told, verdictOn, workloads } from './seen.test-support';

describe('whoever is not the management account', () => {
  const GUARDED = ['build-hierarchy', 'fence-with-scps', 'set-central-policies'];
  const around = (id: string, one: Organization): unknown =>
    id === 'build-hierarchy'
      ? one
      : { organization: one, own: [], paths: [], account: '1', tagPolicies: [], backupPolicies: [] };

  test.each(GUARDED)('on AWS %s stays reading, and is not failed', (id) => {
    for (const standing of ['none', 'member'] as const) {
      expect(verdictOn(id, around(id, organization({ standing, target: 'aws' })))).toEqual({
        status: 'unknown',
        reason: expect.stringContaining('stays reading'),
      });
    }
  });

  test.each(GUARDED)('in the sandbox %s waits for the organization', (id) => {
    expect(told(verdictOn(id, around(id, organization({ standing: 'none' }))))).toContain('no organization');
    expect(told(verdictOn(id, around(id, organization({ features: 'CONSOLIDATED_BILLING' }))))).toContain(
      'no policies',
    );
  });
});

describe('the tree', () => {
  test('a unit under the root with prod and dev in it', () => {
    expect(verdictOn('build-hierarchy', organization())).toEqual({ status: 'passed' });
    const spelled = [workloads, { ...prod, name: 'Production' }, { ...dev, name: 'worklab-abc123-dev' }];
    expect(verdictOn('build-hierarchy', organization({ units: spelled }))).toEqual({ status: 'passed' });
  });

  test.each([
    ['nothing', [], 'none of them'],
    ['only what is somebody else’s', [{ ...workloads, ours: false }], 'none of them'],
    [
      'prod and dev beside the unit',
      [workloads, { ...prod, parent: ROOT.id }, { ...dev, parent: ROOT.id }],
      'no unit below',
    ],
    ['dev below prod', [workloads, prod, { ...dev, parent: prod.id }], 'inherits nothing'],
    ['the unit below another', [{ ...workloads, parent: 'ou-abcd-99999999' }, prod, dev], 'below another unit'],
  ])('%s: failed', (_what, units, expected) => {
    expect(told(verdictOn('build-hierarchy', organization({ units })))).toContain(expected);
  });
});

describe('central policies', () => {
  const tags = attached('tags', tagPolicy);
  const backups = attached('backups', backupPolicy('us-east-1'));
  const central = (changes: Partial<Central> = {}): Central => ({
    organization: organization(),
    tagPolicies: [tags],
    backupPolicies: [backups],
    ...changes,
  });

  test('both on the unit', () => {
    expect(verdictOn('set-central-policies', central())).toMatchObject({ status: 'passed' });
  });

  const tag = (about: object) => [attached('tags', { tags: { costcenter: about } })];
  const plan = (about: object) => [
    attached('backups', { plans: { daily: { ...backupPolicy('us-east-1').plans.daily, ...about } } }),
  ];

  test.each<[string, Partial<Central>, string]>([
    [
      'a type that is not enabled',
      { organization: organization({ root: { ...ROOT, types: ['TAG_POLICY'] } }) },
      'each type of policy is enabled',
    ],
    ['no tag policy', { tagPolicies: [] }, 'none carries'],
    ['a tag policy on nothing', { tagPolicies: [attached('tags', tagPolicy, [])] }, 'two steps'],
    ['a value without an operator', { tagPolicies: tag({ tag_key: 'CostCenter' }) }, '@@assign'],
    ['another word for the key', { tagPolicies: tag({ tag_key: { '@@assign': 'Project' } }) }, 'another word'],
    [
      'no values in the list',
      { tagPolicies: tag({ tag_key: { '@@assign': 'CostCenter' }, tag_value: { '@@assign': [] } }) },
      'tag_value',
    ],
    ['no tags', { tagPolicies: [attached('tags', { tags: {} })] }, 'about no tag'],
    ['the wrong top', { tagPolicies: [attached('tags', backupPolicy('x'))] }, 'no "tags"'],
    ['no backup policy', { backupPolicies: [] }, 'none carries'],
    ['a plan without a rule', { backupPolicies: plan({ rules: {} }) }, 'no rule'],
    [
      'a rule without a vault',
      { backupPolicies: plan({ rules: { r: { schedule_expression: { '@@assign': 'cron(0 5 ? * * *)' } } } }) },
      'target_backup_vault_name',
    ],
    ['a plan without regions', { backupPolicies: plan({ regions: ['us-east-1'] }) }, 'regions'],
    ['a plan that selects nothing', { backupPolicies: plan({ selections: {} }) }, 'selects nothing'],
    [
      'a selection without a role',
      {
        backupPolicies: plan({
          selections: { tags: { s: { tag_key: { '@@assign': 'k' }, tag_value: { '@@assign': ['v'] } } } },
        }),
      },
      'iam_role_arn',
    ],
    ['not JSON', { backupPolicies: [attached('backups', 'x')] }, 'not JSON'],
    ['too long', { backupPolicies: [attached('backups', ' '.repeat(10_001))] }, '10000 are allowed'],
  ])('%s: failed', (_what, changes, expected) => {
    expect(told(verdictOn('set-central-policies', central(changes)))).toContain(expected);
  });
});

describe('costs', () => {
  const budget: Budget = {
    name: 'worklab-abc123-costs',
    type: 'COST',
    unit: 'MONTHLY',
    limit: 5,
    ofRun: true,
    warnsAt: [80],
  };
  const costs = (one: Partial<Budget> = {}, more: Partial<Costs> = {}): Costs => ({
    standing: 'none',
    budgets: [{ ...budget, ...one }],
    categories: [{ name: 'worklab-abc123-costs', byTag: ['practice'] }],
    ...more,
  });

  test('a budget of the run, and a category where the account pays', () => {
    expect(verdictOn('track-costs', costs())).toEqual({ status: 'passed', notLookedAt: ['any figure of the bill'] });
    expect(verdictOn('track-costs', costs({}, { standing: 'member', categories: null }))).toMatchObject({
      status: 'passed',
    });
  });

  test.each([
    ['none', costs({}, { budgets: [] }), 'none carries'],
    ['of usage', costs({ type: 'USAGE' }), 'USAGE'],
    ['by the day', costs({ unit: 'DAILY' }), 'DAILY'],
    ['far too high', costs({ limit: 1000 }), 'allows 1000'],
    ['without a limit', costs({ limit: null }), 'no limit'],
    ['of everything', costs({ ofRun: false }), 'user:<key>$<value>'],
    ['that tells nobody', costs({ warnsAt: [] }), 'tells nobody'],
    ['that tells when it is too late', costs({ warnsAt: [100] }), 'tells at 100'],
    ['without a category', costs({}, { categories: [] }), 'no cost category'],
    ['with a category by account', costs({}, { categories: [{ name: 'c', byTag: [] }] }), 'no rule on that tag'],
  ])('a budget %s: failed', (_what, seen, expected) => {
    expect(told(verdictOn('track-costs', seen))).toContain(expected);
  });

  test('a tag that billing does not know yet is unknown, one that is inactive is not done', () => {
    expect(verdictOn('activate-cost-tag', { standing: 'none', status: null }).status).toBe('unknown');
    expect(verdictOn('activate-cost-tag', { standing: 'member', status: null }).status).toBe('unknown');
    expect(told(verdictOn('activate-cost-tag', { standing: 'none', status: 'Inactive' }))).toContain(
      'the tag is Inactive',
    );
    expect(verdictOn('activate-cost-tag', { standing: 'management', status: 'Active' }).status).toBe('passed');
  });
});

describe('a share', () => {
  const list = { arn: 'arn:aws:ec2:us-east-1:1:prefix-list/pl-1', type: 'ec2:PrefixList' };
  const share: Share = {
    arn: 'a',
    name: 'worklab-abc123-networks',
    status: 'ACTIVE',
    external: false,
    resources: [list],
    principals: [],
  };

  test('with a list in it, for nobody or somebody', () => {
    for (const principals of [[], ['111122223333']]) {
      expect(verdictOn('share-resources', [{ ...share, principals }])).toMatchObject({ status: 'passed' });
    }
  });

  test.each([
    ['none', [], 'none carries'],
    ['that is not there yet', [{ ...share, status: 'PENDING' }], 'PENDING'],
    ['that is empty', [{ ...share, resources: [] }], 'shares nothing'],
    [
      'of something else',
      [{ ...share, resources: [{ arn: 'arn:aws:ec2:us-east-1:1:subnet/subnet-1', type: 'ec2:Subnet' }] }],
      'subnet-1',
    ],
    ['open to strangers', [{ ...share, external: true }], 'external principals'],
  ])('%s: failed', (_what, seen, expected) => {
    expect(told(verdictOn('share-resources', seen))).toContain(expected);
  });
});

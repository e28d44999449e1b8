// What the check of the fence says: the right policies, and the mistakes that a learner makes. Plain objects.

import type { Attached, Fence } from './observe/policies';
import { scps } from './policies/documents';
import type { Scp } from './policies/grammar';
import { attached, dev, organization, prod, ROOT, told, verdictOn, workloads } from './seen.test-support';

const ALLOW_ALL = {
  id: 'p-FullAWSAccess',
  name: 'FullAWSAccess',
  ours: false,
  content: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
};

const OURS = scps('us-east-1').map(({ name, policy }) => attached(name, policy));

/** The lab's own policies, one of them replaced. */
const fence = (own: readonly Attached[] = OURS, { allowing = true, region = 'us-east-1' } = {}): Fence => ({
  organization: organization({ region }),
  own,
  account: '123456789012',
  paths: [prod, dev].map(({ name, id }) => ({
    unit: name,
    levels: [
      { target: ROOT.id, policies: [ALLOW_ALL] },
      {
        target: workloads.id,
        policies: [...(allowing ? [ALLOW_ALL] : []), ...own.filter(({ targets }) => targets.includes(workloads.id))],
      },
      { target: id, policies: [ALLOW_ALL] },
    ],
  })),
});

const instead = (name: string, statement: object): Attached[] => [
  ...OURS.filter((one) => !one.name.endsWith(name)),
  attached(name, { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Resource: '*', ...statement }] } as Scp),
];
const onRequest = (operator: string, key: string, value: unknown) => ({ Condition: { [operator]: { [key]: value } } });

describe('the fence', () => {
  test('the lab’s own policies keep out what they should, and nothing else', () => {
    for (const region of ['us-east-1', 'eu-north-1', 'ap-southeast-1']) {
      const own = scps(region).map(({ name, policy }) => attached(name, policy));
      expect(verdictOn('fence-with-scps', fence(own, { region }))).toMatchObject({ status: 'passed' });
    }
  });

  test('written otherwise, to the same effect', () => {
    const one = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          NotAction: ['iam:*', 'sts:*', 'organizations:*', 'route53:*'],
          Resource: '*',
          ...onRequest('StringNotLike', 'aws:RequestedRegion', ['us-east-1', 'us-west-2']),
        },
        {
          Effect: 'Deny',
          NotAction: 'x:y',
          Resource: '*',
          ...onRequest('StringLike', 'aws:principalarn', ['arn:aws:iam::*:root']),
        },
        { Effect: 'Deny', Action: 'organizations:leave*', Resource: '*' },
        {
          Effect: 'Deny',
          Action: 'ec2:RunInstances',
          Resource: 'arn:aws:ec2:*:*:instance/*',
          ...onRequest('ForAnyValue:StringNotLike', 'ec2:InstanceType', ['*.nano', '*.micro', '*.small']),
        },
      ],
    };
    expect(verdictOn('fence-with-scps', fence([attached('all-in-one', one)]))).toMatchObject({ status: 'passed' });
  });

  test.each([
    ['no condition on the region', instead('region-fence', { NotAction: 'iam:*' }), 'every level'],
    [
      'an allowed region that is not there',
      instead('region-fence', {
        NotAction: 'iam:*',
        ...onRequest('StringNotEquals', 'aws:RequestedRegion', 'eu-west-1'),
      }),
      'every level',
    ],
    [
      'the condition the wrong way round',
      instead('region-fence', {
        NotAction: ['iam:*', 'organizations:*'],
        ...onRequest('StringEquals', 'aws:RequestedRegion', ['eu-north-1x']),
      }),
      'allowed | a region fence',
    ],
    ['the root user forgotten', OURS.filter(({ name }) => !name.endsWith('root-user')), 'told by aws:PrincipalArn'],
    [
      'everybody taken for the root user',
      instead('no-root-user', { Action: '*', ...onRequest('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:*') }),
      'every level',
    ],
    [
      'buckets denied to everybody',
      [
        ...OURS,
        attached('more', { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }] }),
      ],
      'deny the root user alone',
    ],
    ['leaving forgotten', OURS.filter(({ name }) => !name.endsWith('organization')), 'organizations:LeaveOrganization'],
    ['large instances forgotten', OURS.filter(({ name }) => !name.endsWith('instances')), 'none of the small types'],
    [
      'every resource of a launch',
      instead('small-instances', {
        Action: 'ec2:RunInstances',
        ...onRequest('StringNotEquals', 'ec2:InstanceType', 't3.micro'),
      }),
      'absent key is met',
    ],
  ])('%s: failed, and the hint says which', (_what, own, hint) => {
    expect(told(verdictOn('fence-with-scps', fence(own)))).toContain(hint);
  });

  test('a fence that shuts out global services', () => {
    const own = scps('eu-north-1').map(({ name, policy }) => attached(name, policy));
    const broken = own.map((one) =>
      one.name.endsWith('region-fence')
        ? attached('region-fence', {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Deny', Action: ['iam:*'], Resource: '*' }],
          })
        : one,
    );
    expect(told(verdictOn('fence-with-scps', fence(broken, { region: 'eu-north-1' })))).toContain(
      'allowed | a region fence',
    );
    const shut = [
      ...own,
      attached('more', { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'iam:List*', Resource: '*' }] }),
    ];
    expect(told(verdictOn('fence-with-scps', fence(shut, { region: 'eu-north-1' })))).toContain(
      'name them in NotAction',
    );
  });

  test('an allow-list in place of FullAWSAccess', () => {
    expect(told(verdictOn('fence-with-scps', fence(OURS, { allowing: false })))).toContain(
      'lack of an Allow on one level',
    );
  });

  test.each([
    ['on the root', OURS.map((one) => ({ ...one, targets: [...one.targets, ROOT.id] })), 'every account'],
    [
      'on the management account',
      [{ ...(OURS[0] as Attached), targets: [workloads.id, '123456789012'] }],
      'no SCP binds',
    ],
    ['attached to nothing', OURS.map((one) => ({ ...one, targets: [] })), 'until it is attached'],
    ['none at all', [], 'no SCP carries'],
    [
      'too long',
      [attached('long', ' '.repeat(10_300) + JSON.stringify(scps('us-east-1')[0]?.policy))],
      '10240 are allowed',
    ],
    [
      'with a principal',
      instead('no-root-user', { Action: '*', Principal: { AWS: 'arn:aws:iam::*:root' } }),
      'an SCP has no Principal',
    ],
    [
      'with two of Action and NotAction',
      instead('no-root-user', { Action: '*', NotAction: 'iam:*' }),
      'one of Action and NotAction',
    ],
    ['with an action without a service', instead('no-root-user', { Action: 'LeaveOrganization' }), 'is no action'],
    [
      'with an operator that is none',
      instead('no-root-user', { Action: '*', Condition: { StringIs: { 'aws:PrincipalArn': 'x' } } }),
      'no condition operator',
    ],
    [
      'with an old version',
      [attached('old', { Version: '2008-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] })],
      '2012-10-17',
    ],
    ['that is not JSON', [attached('text', '{')], 'not JSON'],
  ])('policies %s: failed', (_what, own, expected) => {
    expect(told(verdictOn('fence-with-scps', fence(own)))).toContain(expected);
  });

  test('types that are not enabled, and what is not modelled', () => {
    const { organization: one, ...rest } = fence();
    expect(
      told(verdictOn('fence-with-scps', { ...rest, organization: { ...one, root: { ...ROOT, types: [] } } })),
    ).toContain('they are not');
    const dated = instead('region-fence', {
      Action: '*',
      ...onRequest('DateGreaterThan', 'aws:CurrentTime', '2026-01-01T00:00:00Z'),
    });
    expect(verdictOn('fence-with-scps', fence(dated))).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('DateGreaterThan'),
    });
  });
});

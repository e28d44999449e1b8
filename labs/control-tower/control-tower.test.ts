import { Match, Template } from 'aws-cdk-lib/assertions';
import { exerciseFor } from '../../lib/plan/match';
import { describeLab } from '../../test/support/describe-lab';
import { synthesizeLab } from '../../test/support/lab-templates';
import { exercises } from './exercises';
import lab from './lab';

const template = describeLab('control-tower', lab);

test('the trail sees all regions and global services, signs its files, and waits for the bucket’s policy', async () => {
  (await template('full')).hasResource('AWS::CloudTrail::Trail', {
    Properties: {
      IsLogging: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
    },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('BucketPolicy')]),
  });
});

test('the archive is closed, versioned, encrypted, expires, and only the run’s trail may write to it', async () => {
  for (const form of ['full', 'starter'] as const) {
    const one = await template(form);
    one.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: {
        Rules: [{ ExpirationInDays: 30, NoncurrentVersionExpiration: { NoncurrentDays: 30 } }],
      },
    });
    const [policy] = Object.values(one.findResources('AWS::S3::BucketPolicy'));
    const statements = policy?.Properties.PolicyDocument.Statement as { Effect: string; Condition: object }[];
    expect(statements.filter(({ Effect }) => Effect === 'Allow')).toHaveLength(2);
    for (const { Effect, Condition } of statements) {
      expect(JSON.stringify(Condition)).toContain(Effect === 'Allow' ? 'aws:SourceArn' : 'aws:SecureTransport');
    }
  }
});

test('the role may write into its log group and nothing else, for the run’s trail', async () => {
  const [role] = Object.values((await template('starter')).findResources('AWS::IAM::Role'));
  expect(role?.Properties.Policies[0].PolicyDocument.Statement).toEqual([
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/Group/), 'Arn'] },
    },
  ]);
  expect(JSON.stringify(role?.Properties.AssumeRolePolicyDocument)).toContain('aws:SourceArn');
});

test('the starter form has what a trail is made from, and no trail', async () => {
  const starter = await template('starter');
  for (const type of [
    'CloudTrail::Trail',
    'Logs::MetricFilter',
    'CloudWatch::Alarm',
    'CloudWatch::Dashboard',
    'AccessAnalyzer::Analyzer',
  ]) {
    starter.resourceCountIs(`AWS::${type}`, 0);
  }
});

test('an analyzer is made where there is none', async () => {
  (await template('full')).hasResource('AWS::AccessAnalyzer::Analyzer', {
    Properties: { Type: 'ACCOUNT' },
    Condition: Match.stringLikeRegexp('HasNoAnalyzer'),
  });
});

describe('the landing zone', () => {
  const allowing = async (...ids: readonly string[]): Promise<Template> =>
    Template.fromJSON({
      ...(await synthesizeLab('control-tower', lab, 'full', { allowed: new Set(ids) })).templates['control-tower'],
    });

  test('is in no template unless it is let in by name', async () => {
    (await template('full')).resourceCountIs('AWS::ControlTower::LandingZone', 0);
    const others = exercises.map(({ id }) => id).filter((id) => id !== 'set-up-landing-zone');
    (await allowing(...others)).resourceCountIs('AWS::ControlTower::LandingZone', 0);
  });

  test('is set up only where both of its accounts are named, with the roles that Control Tower looks for', async () => {
    const guarded = await allowing('set-up-landing-zone');
    guarded.hasParameter('LogArchiveAccount', { Default: '000000000000' });
    guarded.hasResource('AWS::ControlTower::LandingZone', {
      Properties: { Version: '4.0' },
      Condition: Match.stringLikeRegexp('IsWanted'),
    });
    const roles = Object.values(guarded.findResources('AWS::IAM::Role', { Properties: { Path: '/service-role/' } }));
    expect(roles.map(({ Properties }) => Properties.RoleName)).toEqual([
      'AWSControlTowerAdmin',
      'AWSControlTowerCloudTrailRole',
      'AWSControlTowerStackSetRole',
      'AWSControlTowerConfigAggregatorRoleForOrganizations',
    ]);
    for (const { Condition } of roles) expect(Condition).toMatch(/IsWanted/);
  });
});

test.each([
  ['Architecture of Control Tower and its landing zone', 'ct-1'],
  ['Set up a multi-account environment', 'ct-2'],
  ['Organizational units and account structure', 'ct-3'],
  ['Preventive guardrails', 'ct-4'],
  ['Guardrails: detective controls', 'ct-4'],
  ['Account Factory', 'ct-5'],
  ['Centralized logging', 'ct-6'],
  ['Baseline security configuration', 'ct-7'],
  ['Dashboard for security monitoring and compliance', 'ct-a1'],
  ['Account lifecycle', 'ct-a3'],
  ['Ghi log tập trung với CloudTrail', 'ct-6'],
  ['Drink a coffee', undefined],
])('%s asks for %s', (bullet, row) => {
  expect(exerciseFor(bullet, exercises)?.rows[0]).toBe(row);
});

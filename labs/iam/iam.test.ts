import { Capture, Match, type Template } from 'aws-cdk-lib/assertions';
import { describeLab } from '../../test/support/describe-lab';
import lab from './lab';
import { METADATA } from './metadata';
import { codeOf } from './solve/mfa';

const template = describeLab('iam', lab);

const BOUNDARY = { Ref: 'Boundary' };
const PATH = '/worklab-abc123/';
const propertiesOf = (one: Template, type: string): Record<string, unknown>[] =>
  Object.values(one.findResources(type)).map(({ Properties }) => Properties as Record<string, unknown>);

describe('nothing here is a way to gain rights', () => {
  test.each(['AWS::IAM::User', 'AWS::IAM::Role'])('every %s stands under the boundary and the path', async (type) => {
    for (const properties of propertiesOf(await template('full'), type)) {
      expect(properties).toMatchObject({ PermissionsBoundary: BOUNDARY, Path: PATH });
    }
  });

  test('the boundary lets nobody make users, roles, policies or keys', async () => {
    const [boundary] = Object.values((await template('full')).findResources('AWS::IAM::ManagedPolicy')).filter(
      ({ Properties }) => Properties.ManagedPolicyName === 'worklab-abc123-boundary',
    );
    const actions: string[] = boundary?.Properties.PolicyDocument.Statement.flatMap(
      ({ Action }: { Action: string }) => Action,
    );
    expect(actions.filter((action) => action.startsWith('iam:') || action.startsWith('sts:'))).toEqual([
      'iam:ChangePassword',
      'iam:GetUser',
      'iam:CreateVirtualMFADevice',
      'iam:EnableMFADevice',
      'iam:ListMFADevices',
      'iam:ListVirtualMFADevices',
      'iam:ResyncMFADevice',
    ]);
    expect(actions.filter((action) => /^(\*|[a-z0-9]+:\*)$/.test(action))).toEqual(['ssmmessages:*', 'ec2messages:*']);
  });

  test('no key, password or device is made by a template, and no value goes out', async () => {
    const full = (await template('full')).toJSON();
    const types = Object.values(full.Resources as Record<string, { Type: string }>).map(({ Type }) => Type);
    expect(types.filter((type) => /AccessKey|VirtualMFADevice/.test(type))).toEqual([]);
    expect(JSON.stringify(full)).not.toMatch(/LoginProfile|SecretAccessKey/);
    expect(full.Outputs).toBeUndefined();
  });

  test('roles of identities from elsewhere may do nothing, and take exact subjects and audiences', async () => {
    const full = await template('full');
    const issuer = 'token.actions.githubusercontent.com/worklab-abc123';
    for (const [RoleName, StringEquals] of [
      ['worklab-abc123-workflow', { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: { Ref: 'Workflow' } }],
      ['worklab-abc123-person', { 'SAML:aud': 'https://signin.aws.amazon.com/saml', 'SAML:sub': { Ref: 'Person' } }],
    ] as const) {
      full.hasResourceProperties('AWS::IAM::Role', {
        RoleName,
        AssumeRolePolicyDocument: { Statement: [Match.objectLike({ Condition: { StringEquals } })] },
        ManagedPolicyArns: Match.absent(),
        Policies: Match.absent(),
      });
    }
    for (const name of ['Workflow', 'Person']) {
      const parameter = full.findParameters(name)[name] ?? {};
      expect(parameter.Default).toMatch(new RegExp(parameter.AllowedPattern));
      expect('repo:you/yours:*').not.toMatch(new RegExp(parameter.AllowedPattern));
    }
  });

  test('the auditor is of one account, has to say the word, and is there for an hour', async () => {
    (await template('full')).hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'worklab-abc123-auditor',
      MaxSessionDuration: 3600,
      AssumeRolePolicyDocument: {
        Statement: [
          Match.objectLike({
            Condition: Match.objectLike({ StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' } } }),
          }),
        ],
      },
    });
    const pattern = new Capture();
    (await template('full')).hasParameter('TrustedAccount', { AllowedPattern: pattern });
    for (const account of ['*', '1234', '111122223333 ']) expect(account).not.toMatch(new RegExp(pattern.asString()));
  });
});

test('what SAML wants of metadata: a thousand characters, a certificate, an address', () => {
  expect(METADATA.length).toBeGreaterThan(1000);
  expect(METADATA).toMatch(
    /<IDPSSODescriptor .*<X509Certificate>MII[A-Za-z0-9+/=]+<\/X509Certificate>.*<SingleSignOnService /,
  );
});

test('the trail logs global services into a bucket that only it may write to, and the rule tells the topic', async () => {
  const full = await template('full');
  full.hasResourceProperties('AWS::CloudTrail::Trail', {
    IsLogging: true,
    IncludeGlobalServiceEvents: true,
    EnableLogFileValidation: true,
  });
  full.hasResourceProperties('AWS::S3::Bucket', {
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
  });
  full.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: Match.objectLike({ source: ['aws.iam'] }),
    Targets: [{ Id: 'changes', Arn: { Ref: Match.stringLikeRegexp('^WatchGroundChanges') } }],
  });
});

test('the starter form has the boundary and where a trail may write, and nothing of what the learner is to build', async () => {
  const types = Object.values((await template('starter')).toJSON().Resources as Record<string, { Type: string }>).map(
    ({ Type }) => Type,
  );
  expect(types.sort()).toEqual([
    'AWS::IAM::ManagedPolicy',
    'AWS::S3::Bucket',
    'AWS::S3::BucketPolicy',
    'AWS::SNS::Topic',
    'AWS::SNS::TopicPolicy',
    'AWS::SSM::Parameter',
  ]);
});

test.each([
  [1, '287082'],
  [37037036, '081804'],
  [666666666, '353130'],
])('the code of step %i is that of RFC 6238', (step, expected) => {
  expect(codeOf('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', step)).toBe(expected);
});

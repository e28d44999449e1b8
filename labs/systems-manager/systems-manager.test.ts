import { Match } from 'aws-cdk-lib/assertions';
import { exerciseFor } from '../../lib/plan/match';
import { describeLab } from '../../test/support/describe-lab';
import { exercises } from './exercises';
import lab from './lab';

const template = describeLab('systems-manager', lab);
const PREFIX = 'worklab-abc123';

test('nobody gets in, and the agent gets out over HTTPS alone', async () => {
  for (const form of ['full', 'starter'] as const) {
    (await template(form)).hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: Match.absent(),
      SecurityGroupEgress: [Match.objectLike({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443 })],
    });
    (await template(form)).resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  }
});

test('the machine is small, asks for tokens, encrypts its disk, takes it along, and bursts within its credits', async () => {
  (await template('full')).hasResourceProperties('AWS::EC2::Instance', {
    InstanceType: { Ref: 'InstanceType' },
    MetadataOptions: Match.objectLike({ HttpTokens: 'required' }),
    CreditSpecification: { CPUCredits: 'standard' },
    BlockDeviceMappings: [
      { DeviceName: '/dev/xvda', Ebs: Match.objectLike({ Encrypted: true, DeleteOnTermination: true }) },
    ],
    KeyName: Match.absent(),
  });
});

test('in the starter form the agent has no credentials, and nothing looks after the machine', async () => {
  const starter = await template('starter');
  starter.hasResourceProperties('AWS::EC2::Instance', { IamInstanceProfile: Match.absent() });
  starter.resourceCountIs('AWS::IAM::InstanceProfile', 1);
  expect(JSON.stringify(starter.toJSON().Resources)).not.toMatch(/"AWS::SSM::(?!Parameter)/);
  starter.resourceCountIs('AWS::SSM::Parameter', 0);
});

test('the machine’s role may report and record, and nothing else', async () => {
  const named = { Properties: { RoleName: `${PREFIX}-managed` } };
  const [role] = Object.values((await template('full')).findResources('AWS::IAM::Role', named));
  expect(JSON.stringify(role?.Properties.ManagedPolicyArns)).toContain('AmazonSSMManagedInstanceCore');
  expect(role?.Properties.ManagedPolicyArns).toHaveLength(1);
  const actions = JSON.stringify(role?.Properties.Policies).match(/"[a-z]+:[A-Za-z*]+"/g) ?? [];
  expect(actions.every((action) => action.startsWith('"logs:') && !action.includes('*'))).toBe(true);
});

test('the runbook restarts machines of this run alone, and Systems Manager alone may act in its role', async () => {
  (await template('full')).hasResourceProperties('AWS::IAM::Role', {
    RoleName: `${PREFIX}-automation`,
    AssumeRolePolicyDocument: Match.objectLike({
      Statement: [Match.objectLike({ Principal: { Service: 'ssm.amazonaws.com' } })],
    }),
    Policies: [
      {
        PolicyName: 'restart',
        PolicyDocument: Match.objectLike({
          Statement: [
            Match.objectLike({
              Action: ['ec2:StartInstances', 'ec2:StopInstances'],
              Condition: { StringEquals: { 'aws:ResourceTag/worklab:run': 'abc123' } },
            }),
            Match.objectLike({ Action: ['ec2:DescribeInstances', 'ec2:DescribeInstanceStatus'] }),
          ],
        }),
      },
    ],
  });
});

test('patches are looked for, never installed; the account’s default baseline stays', async () => {
  const full = await template('full');
  const text = JSON.stringify(full.toJSON());
  expect(text).not.toContain('"Install"');
  expect(text.match(/"Operation":\["Scan"\]/g)).toHaveLength(2);
  full.hasResourceProperties('AWS::SSM::PatchBaseline', { DefaultBaseline: false, PatchGroups: [PREFIX] });
});

test('whatever looks after machines aims at the tag of this run', async () => {
  const full = await template('full');
  const aim = [{ Key: 'tag:PatchGroup', Values: [PREFIX] }];
  const aiming = ['AWS::SSM::Association', 'AWS::SSM::MaintenanceWindowTarget'].flatMap((type) =>
    Object.values(full.findResources(type)),
  );
  expect(aiming.map(({ Properties }) => Properties.Targets)).toEqual(aiming.map(() => aim));
  expect(aiming).toHaveLength(4);
});

test('no association waits for a success that a machine on its way up could not give', async () => {
  for (const { Properties } of Object.values((await template('full')).findResources('AWS::SSM::Association'))) {
    expect(Properties.WaitForSuccessTimeoutSeconds).toBeUndefined();
    expect(Properties.ScheduleExpression).toMatch(/^rate\((30 minutes|1 day)\)$/);
  }
});

test('sessions are recorded, and closed when idle; the account’s own preferences are not touched', async () => {
  const full = await template('full');
  full.hasResourceProperties('AWS::SSM::Document', {
    Name: `${PREFIX}-session`,
    DocumentType: 'Session',
    Content: Match.objectLike({ inputs: Match.objectLike({ idleSessionTimeout: '10', runAsEnabled: false }) }),
  });
  expect(JSON.stringify(full.toJSON())).not.toContain('SSM-SessionManagerRunShell');
});

test('only EventBridge’s rule of this account may publish to the topic', async () => {
  (await template('full')).hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: Match.objectLike({
      Statement: [
        Match.objectLike({
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sns:Publish',
          Condition: Match.objectLike({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }),
        }),
      ],
    }),
  });
});

test('no secret stands in a template', async () => {
  expect(JSON.stringify((await template('full')).toJSON())).not.toMatch(/password|SecureString/i);
});

test.each([
  ['Understand Systems Manager architecture and capabilities', 'ssm-1'],
  ['Configure Session Manager for secure instance access', 'ssm-2'],
  ['Set up Run Command for remote command execution', 'ssm-3'],
  ['Implement Patch Manager for automated patching', 'ssm-4'],
  ['Configure State Manager for configuration management', 'ssm-5'],
  ['Set up Parameter Store for configuration data', 'ssm-6'],
  ['Implement Inventory for metadata collection', 'ssm-7'],
  ['Configure Maintenance Windows for scheduled tasks', 'ssm-8'],
  ['Set up Automation for operational tasks', 'ssm-9'],
  ['Monitor compliance and configuration drift', 'ssm-10'],
  ['Chạy lệnh từ xa', 'ssm-3'],
  ['Drink a coffee', undefined],
])('%s asks for %s', (bullet, row) => {
  expect(exerciseFor(bullet, exercises)?.rows[0]).toBe(row);
});

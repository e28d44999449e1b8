import { Capture, Match, Template } from 'aws-cdk-lib/assertions';
import { describeLab } from '../../test/support/describe-lab';
import { synthesizeLab } from '../../test/support/lab-templates';
import { CONNECT_AGENT } from './facts';
import lab from './lab';

const template = describeLab('datasync', lab);

describe('the task between the buckets', () => {
  test('verifies, is limited, logs, reports, and has a schedule that is switched off', async () => {
    (await template('full')).hasResourceProperties('AWS::DataSync::Task', {
      Name: 'worklab-abc123-datasync-buckets',
      Options: { VerifyMode: 'POINT_IN_TIME_CONSISTENT', BytesPerSecond: 1_048_576, LogLevel: 'TRANSFER' },
      Schedule: { ScheduleExpression: 'cron(0 3 ? * SUN *)', Status: 'DISABLED' },
      TaskReportConfig: {
        Destination: { S3: { Subdirectory: '/reports/' } },
        OutputType: 'STANDARD',
        ReportLevel: 'SUCCESSES_AND_ERRORS',
      },
    });
  });

  test('takes the ARN of its log group without what CloudFormation has at the end of it', async () => {
    const tasks = (await template('full')).findResources('AWS::DataSync::Task', {
      Properties: { Name: 'worklab-abc123-datasync-buckets' },
    });
    const [task] = Object.values(tasks) as { Properties: { CloudWatchLogGroupArn: unknown } }[];
    expect(JSON.stringify(task?.Properties.CloudWatchLogGroupArn)).toMatch(/:log-group:worklab-abc123-datasync"/);
  });

  test('copies to a place apart from its reports, which a verification would meet', async () => {
    (await template('full')).hasResourceProperties('AWS::DataSync::LocationS3', { Subdirectory: '/copy/' });
  });
});

test('the role is for this account’s DataSync alone, and for the two buckets alone', async () => {
  const full = await template('full');
  full.hasResourceProperties('AWS::IAM::Role', {
    RoleName: 'worklab-abc123-datasync',
    ManagedPolicyArns: Match.absent(),
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Principal: { Service: 'datasync.amazonaws.com' },
          Condition: {
            StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
            ArnLike: { 'aws:SourceArn': Match.anyValue() },
          },
        },
      ],
    },
  });
  const [role] = Object.values(full.findResources('AWS::IAM::Role')) as { Properties: { Policies: unknown } }[];
  expect(JSON.stringify(role?.Properties.Policies)).not.toContain('"Resource":"*"');
});

test('DataSync is let write to the one log group', async () => {
  const full = await template('full');
  full.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: 'worklab-abc123-datasync', RetentionInDays: 1 });
  const [policy] = Object.values(full.findResources('AWS::Logs::ResourcePolicy'));
  const text = JSON.stringify(policy);
  for (const part of ['datasync.amazonaws.com', 'logs:PutLogEvents', ':log-group:worklab-abc123-datasync:*']) {
    expect(text).toContain(part);
  }
});

test('the file systems are encrypted, not backed up, and reached from their own group over NFS alone', async () => {
  const full = await template('full');
  full.allResourcesProperties('AWS::EFS::FileSystem', { Encrypted: true, BackupPolicy: { Status: 'DISABLED' } });
  full.resourceCountIs('AWS::EFS::FileSystem', 2);
  full.resourceCountIs('AWS::EFS::MountTarget', 2);
  const Group = { 'Fn::GetAtt': [Match.stringLikeRegexp('^FileSystemsGroup'), 'GroupId'] };
  full.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
    GroupId: Group,
    FromPort: 2049,
    ToPort: 2049,
    SourceSecurityGroupId: Group,
  });
  full.hasResource('AWS::DataSync::LocationEFS', {
    Properties: { InTransitEncryption: 'TLS1_2' },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('^FileSystemsTarget0')]),
  });
});

test('the starter form has the ground, and neither locations nor tasks', async () => {
  const starter = await template('starter');
  for (const type of ['Task', 'LocationS3', 'LocationEFS']) starter.resourceCountIs(`AWS::DataSync::${type}`, 0);
  starter.resourceCountIs('AWS::S3::Bucket', 2);
  starter.resourceCountIs('AWS::EFS::MountTarget', 2);
});

describe('the agent', () => {
  test('has no machine unless it is asked for by name, and then one that the user guide supports', async () => {
    (await template('full')).resourceCountIs('AWS::EC2::Instance', 0);
    const { templates } = await synthesizeLab('datasync', lab, 'full', { allowed: new Set([CONNECT_AGENT]) });
    const guarded = Template.fromJSON({ ...templates.datasync });
    guarded.hasResourceProperties('AWS::EC2::Instance', {
      InstanceType: 'm5.2xlarge',
      BlockDeviceMappings: [{ Ebs: { VolumeSize: 80, Encrypted: true, DeleteOnTermination: true } }],
    });
    expect(Object.values(guarded.findParameters('*'))).toContainEqual(
      expect.objectContaining({
        Default: '/aws/service/datasync/ami',
        Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
      }),
    );
  });

  test('gives its key to one address', async () => {
    const full = await template('full');
    full.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 80,
      ToPort: 80,
      CidrIp: { 'Fn::If': [Match.stringLikeRegexp('CallerIsIpv4'), { Ref: 'CallerCidr' }, { Ref: 'AWS::NoValue' }] },
    });
    const pattern = new Capture();
    full.hasParameter('CallerCidr', { AllowedPattern: pattern });
    expect('203.0.113.7/32').toMatch(new RegExp(pattern.asString()));
    expect('0.0.0.0/0').not.toMatch(new RegExp(pattern.asString()));
  });
});

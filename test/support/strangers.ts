// Many things of others in an emulator: what a proof has to read past, page by page.

import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateVolumeCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreatePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mapAtMost } from '../../lib/core/map-at-most';
import { clientConfig } from './client-config';

const AT_ONCE = 6;
const POLICY = (Principal?: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      Principal
        ? { Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }
        : { Effect: 'Allow', Action: 'ec2:Describe*', Resource: '*' },
    ],
  });

/** Makes `number` things of eight kinds in turn, unmarked and tagged as somebody else's. */
export async function makeStrangers(endpoint: string, number: number): Promise<void> {
  const makers = makersOf(clientConfig(endpoint));
  const indexes = Array.from({ length: number }, (_nothing, index) => index);
  await mapAtMost(AT_ONCE, indexes, async (index) => {
    await makers[index % makers.length]?.(`stranger-${index}`);
  });
}

interface Config {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

function makersOf(config: Config): ((name: string) => Promise<unknown>)[] {
  const Tags = [{ Key: 'worklab:run', Value: 'zzzzz9' }];
  const [ec2, iam, logs] = [new EC2Client(config), new IAMClient(config), new CloudWatchLogsClient(config)];
  const [watch, sns, ssm] = [new CloudWatchClient(config), new SNSClient(config), new SSMClient(config)];
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  return [
    () =>
      ec2.send(
        new CreateVolumeCommand({
          AvailabilityZone: 'us-east-1a',
          Size: 1,
          TagSpecifications: [{ ResourceType: 'volume', Tags }],
        }),
      ),
    (RoleName) =>
      iam.send(
        new CreateRoleCommand({ RoleName, Tags, AssumeRolePolicyDocument: POLICY({ Service: 'ec2.amazonaws.com' }) }),
      ),
    (PolicyName) => iam.send(new CreatePolicyCommand({ PolicyName, Tags, PolicyDocument: POLICY() })),
    (name) => logs.send(new CreateLogGroupCommand({ logGroupName: `/aws/${name}` })),
    (AlarmName) =>
      watch.send(
        new PutMetricAlarmCommand({
          AlarmName,
          Namespace: 'AWS/EC2',
          MetricName: 'CPUUtilization',
          ComparisonOperator: 'GreaterThanThreshold',
          EvaluationPeriods: 1,
          Period: 300,
          Statistic: 'Average',
          Threshold: 90,
        }),
      ),
    (Name) => sns.send(new CreateTopicCommand({ Name, Tags })),
    (name) => ssm.send(new PutParameterCommand({ Name: `/${name}/x`, Value: 'v', Type: 'String', Tags })),
    (Bucket) => s3.send(new CreateBucketCommand({ Bucket })),
  ];
}

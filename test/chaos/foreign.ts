// Things of others that look like a run's: other runs, other tags, names that begin or end like it. None may be touched.

import { CloudWatchClient, PutDashboardCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateKeyPairCommand,
  CreatePlacementGroupCommand,
  CreateSecurityGroupCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  CreateVpcCommand,
  EC2Client,
  type ResourceType,
} from '@aws-sdk/client-ec2';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mapAtMost } from '../../lib/core/map-at-most';

type Config = ConstructorParameters<typeof EC2Client>[0] & object;
interface Likeness {
  readonly name: string;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
}

/** How a stranger's thing can resemble the run's. */
const likenesses = (run: string): Likeness[] => [
  { name: `worklab-${run}x-thing`, tags: [{ Key: 'worklab:run', Value: `${run}x` }] },
  { name: `worklab-${run}0`, tags: [{ Key: 'worklab:Run', Value: run }] },
  { name: `my-worklab-${run}-thing`, tags: [{ Key: 'worklab:lab', Value: 'ec2' }] },
  { name: `worklab-zzzzz9-${run}`, tags: [{ Key: 'worklab:run', Value: 'zzzzz9' }] },
];

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const ZONE = 'us-east-1a';

/** Makes 10 kinds of things in 4 likenesses, 40 in all, in the emulator itself. */
export async function makeLookAlikes(config: Config, run: string): Promise<void> {
  const makers = likenesses(run).flatMap((likeness, index) => makersOf(config, likeness, `10.${60 + index}.0.0/24`));
  await mapAtMost(6, makers, (make) => make());
}

function makersOf(config: Config, { name, tags }: Likeness, CidrBlock: string): (() => Promise<unknown>)[] {
  const ec2 = new EC2Client(config);
  const tagged = (ResourceType: ResourceType) => ({
    TagSpecifications: [{ ResourceType, Tags: [...tags, { Key: 'Name', Value: name }] }],
  });
  const volume = () => ec2.send(new CreateVolumeCommand({ AvailabilityZone: ZONE, Size: 1, ...tagged('volume') }));
  return [
    volume,
    async () => ec2.send(new CreateSnapshotCommand({ VolumeId: (await volume()).VolumeId, ...tagged('snapshot') })),
    () => ec2.send(new CreateVpcCommand({ CidrBlock, ...tagged('vpc') })),
    () => ec2.send(new CreateKeyPairCommand({ KeyName: name, ...tagged('key-pair') })),
    () => ec2.send(new CreateSecurityGroupCommand({ GroupName: name, Description: 'd', ...tagged('security-group') })),
    () =>
      ec2.send(new CreatePlacementGroupCommand({ GroupName: name, Strategy: 'spread', ...tagged('placement-group') })),
    () =>
      new SSMClient(config).send(
        new PutParameterCommand({ Name: `/${name}/x`, Value: 'v', Type: 'String', Tags: [...tags] }),
      ),
    () =>
      new IAMClient(config).send(
        new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: TRUST, Tags: [...tags] }),
      ),
    () => new CloudWatchLogsClient(config).send(new CreateLogGroupCommand({ logGroupName: `/aws/${name}` })),
    () =>
      new CloudWatchClient(config).send(
        new PutDashboardCommand({ DashboardName: name, DashboardBody: '{"widgets":[]}' }),
      ),
    () =>
      new CloudWatchClient(config).send(
        new PutMetricAlarmCommand({
          AlarmName: name,
          Namespace: 'AWS/EC2',
          MetricName: 'CPUUtilization',
          ComparisonOperator: 'GreaterThanThreshold',
          EvaluationPeriods: 1,
          Period: 300,
          Statistic: 'Average',
          Threshold: 90,
        }),
      ),
  ];
}

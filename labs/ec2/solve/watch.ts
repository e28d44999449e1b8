// Exercises on what stands beside the machine → alarms, a dashboard, a placement group.

import { CloudWatchClient, PutDashboardCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { CreatePlacementGroupCommand, EC2Client } from '@aws-sdk/client-ec2';
import { type Aws, meets, type RunScope } from '../../../lib/kit';
import { SPREAD } from '../demands';
import { placementGroups } from '../observe/belongings';
import { watch as look } from '../observe/watch';
import { markedAs } from './ground';
import { launch } from './machine';

const FIVE_MINUTES = 300;

export async function watch(aws: Aws, scope: RunScope): Promise<void> {
  const { id } = await launch(aws, scope);
  const { alarms, dashboards } = await look(aws, scope);
  const has = (metric: RegExp): boolean => alarms.some((alarm) => metric.test(alarm.metric));
  if (!has(/^CPUUtilization$/))
    await putAlarm(aws, scope, { id, name: 'cpu-high', metric: 'CPUUtilization', above: 80 });
  if (!has(/^StatusCheckFailed/)) {
    await putAlarm(aws, scope, { id, name: 'status-check-failed', metric: 'StatusCheckFailed', above: 0 });
  }
  if (!dashboards.some(({ shows }) => shows.length > 0)) await putDashboard(aws, scope, id);
}

interface Watched {
  readonly id: string;
  readonly name: string;
  readonly metric: string;
  readonly above: number;
}

async function putAlarm(aws: Aws, { prefix, tag }: RunScope, { id, name, metric, above }: Watched): Promise<void> {
  await aws.client(CloudWatchClient).send(
    new PutMetricAlarmCommand({
      AlarmName: `${prefix}-${name}`,
      Namespace: 'AWS/EC2',
      MetricName: metric,
      Dimensions: [{ Name: 'InstanceId', Value: id }],
      Statistic: above === 0 ? 'Maximum' : 'Average',
      Period: FIVE_MINUTES,
      EvaluationPeriods: 2,
      Threshold: above,
      ComparisonOperator: 'GreaterThanThreshold',
      Tags: [{ Key: tag.key, Value: tag.value }],
    }),
  );
}

async function putDashboard(aws: Aws, { prefix }: RunScope, id: string): Promise<void> {
  const properties = {
    region: aws.region,
    stat: 'Average',
    period: FIVE_MINUTES,
    metrics: [['AWS/EC2', 'CPUUtilization', 'InstanceId', id]],
  };
  const DashboardBody = JSON.stringify({ widgets: [{ type: 'metric', x: 0, y: 0, width: 12, height: 6, properties }] });
  await aws
    .client(CloudWatchClient)
    .send(new PutDashboardCommand({ DashboardName: `${prefix}-machine`, DashboardBody }));
}

export async function spread(aws: Aws, scope: RunScope): Promise<void> {
  if ((await placementGroups(aws, scope)).some((group) => meets(group, SPREAD))) return;
  await aws.client(EC2Client).send(
    new CreatePlacementGroupCommand({
      GroupName: `${scope.prefix}-spread`,
      Strategy: 'spread',
      TagSpecifications: markedAs(scope, 'spread', 'placement-group'),
    }),
  );
}

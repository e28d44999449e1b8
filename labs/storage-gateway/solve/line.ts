// A gateway that runs → its uploads limited during office hours; and an alarm and a dashboard that watch it.

import { CloudWatchClient, PutDashboardCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { StorageGatewayClient, UpdateBandwidthRateLimitScheduleCommand } from '@aws-sdk/client-storage-gateway';
import type { Aws, RunScope } from '../../../lib/kit';
import { isRunning, type Tuned, tuned } from '../observe/gateways';
import { watch as look } from '../observe/watch';
import { gateway } from './gateway';
import { runTag } from './ground';

/** Bits by second: eight of a line's ten megabits stay free for others. */
const OFFICE_HOURS_LIMIT = 2_000_000;
const MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5];

/** A gateway with a cache: one that runs, or a file gateway, which is the cheapest. */
async function anyGateway(aws: Aws, scope: RunScope): Promise<Tuned> {
  const find = async (): Promise<Tuned | undefined> =>
    (await tuned(aws, scope)).find((one) => isRunning(one) && one.cacheBytes > 0);
  const known = await find();
  if (known) return known;
  await gateway(aws, scope, 'file');
  const made = await find();
  if (made === undefined) throw new Error('no gateway of the run has a cache');
  return made;
}

export async function tune(aws: Aws, scope: RunScope): Promise<void> {
  const { arn } = await anyGateway(aws, scope);
  const isLimited = (await tuned(aws, scope)).some(
    (one) => one.cacheBytes > 0 && (one.scheduled.length > 0 || one.limit !== undefined),
  );
  if (isLimited) return;
  await aws.client(StorageGatewayClient).send(
    new UpdateBandwidthRateLimitScheduleCommand({
      GatewayARN: arn,
      BandwidthRateLimitIntervals: [
        {
          StartHourOfDay: 8,
          StartMinuteOfHour: 0,
          EndHourOfDay: 17,
          EndMinuteOfHour: 59,
          DaysOfWeek: MONDAY_TO_FRIDAY,
          AverageUploadRateLimitInBitsPerSec: OFFICE_HOURS_LIMIT,
        },
      ],
    }),
  );
}

export async function watch(aws: Aws, scope: RunScope): Promise<void> {
  const { id, name } = await anyGateway(aws, scope);
  const { alarms, dashboards } = await look(aws, scope);
  const client = aws.client(CloudWatchClient);
  const metric = (MetricName: string) => ['AWS/StorageGateway', MetricName, 'GatewayId', id, 'GatewayName', name];
  if (!alarms.some((alarm) => alarm.metric === 'CachePercentDirty' && alarm.missingData === 'notBreaching')) {
    await client.send(
      new PutMetricAlarmCommand({
        AlarmName: `${scope.prefix}-cache-dirty`,
        AlarmDescription: 'More is written to the gateway than it uploads',
        Namespace: 'AWS/StorageGateway',
        MetricName: 'CachePercentDirty',
        Dimensions: [
          { Name: 'GatewayId', Value: id },
          { Name: 'GatewayName', Value: name },
        ],
        Statistic: 'Average',
        Period: 300,
        EvaluationPeriods: 3,
        Threshold: 80,
        ComparisonOperator: 'GreaterThanThreshold',
        TreatMissingData: 'notBreaching',
        Tags: [runTag(scope)],
      }),
    );
  }
  if (dashboards.length > 0) return;
  const widget = {
    type: 'metric',
    width: 24,
    height: 6,
    properties: {
      region: aws.region,
      metrics: [metric('CachePercentDirty'), metric('CloudBytesUploaded')],
      period: 300,
    },
  };
  await client.send(
    new PutDashboardCommand({
      DashboardName: `${scope.prefix}-gateways`,
      DashboardBody: JSON.stringify({ widgets: [widget] }),
    }),
  );
}

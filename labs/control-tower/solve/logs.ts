// A trail into what the stack gives, a metric filter, an alarm, a dashboard.

import {
  CloudTrailClient,
  CreateTrailCommand,
  StartLoggingCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient, PutDashboardCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, PutMetricFilterCommand } from '@aws-sdk/client-cloudwatch-logs';
import { PutPublicAccessBlockCommand, S3Client } from '@aws-sdk/client-s3';
import { type Aws, meets, type RunScope } from '../../../lib/kit';
import { TRAILS } from '../demands';
import { dashboardBody, METRIC, PERIOD, WORRYING } from '../facts';
import { logging as look } from '../observe/logging';

export async function logs(aws: Aws, scope: RunScope): Promise<void> {
  const { trails } = await look(aws, scope);
  if (trails.some((trail) => meets(trail, TRAILS))) return;
  const Name = `${scope.prefix}-events`;
  const there = trails.find(({ name }) => name === Name);
  if (there === undefined || !meets(there, TRAILS.slice(1, 6))) await putTrail(aws, scope, there !== undefined);
  await aws.client(CloudTrailClient).send(new StartLoggingCommand({ Name }));
  await putFilter(aws, scope);
  await putAlarm(aws, scope);
}

async function putTrail(aws: Aws, { prefix, tag }: RunScope, isThere: boolean): Promise<void> {
  const S3BucketName = `${prefix}-log-archive-${aws.account}`;
  await aws.client(S3Client).send(
    new PutPublicAccessBlockCommand({
      Bucket: S3BucketName,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    }),
  );
  const trail = {
    Name: `${prefix}-events`,
    S3BucketName,
    IsMultiRegionTrail: true,
    IncludeGlobalServiceEvents: true,
    EnableLogFileValidation: true,
    CloudWatchLogsLogGroupArn: `arn:aws:logs:${aws.region}:${aws.account}:log-group:${prefix}-events:*`,
    CloudWatchLogsRoleArn: `arn:aws:iam::${aws.account}:role/${prefix}-trail`,
  };
  const client = aws.client(CloudTrailClient);
  if (isThere) await client.send(new UpdateTrailCommand(trail));
  else await client.send(new CreateTrailCommand({ ...trail, TagsList: [{ Key: tag.key, Value: tag.value }] }));
}

const putFilter = (aws: Aws, { prefix }: RunScope): Promise<unknown> =>
  aws.client(CloudWatchLogsClient).send(
    new PutMetricFilterCommand({
      logGroupName: `${prefix}-events`,
      filterName: `${prefix}-worrying`,
      filterPattern: WORRYING,
      metricTransformations: [
        { metricName: METRIC, metricNamespace: `${prefix}-events`, metricValue: '1', defaultValue: 0 },
      ],
    }),
  );

const putAlarm = (aws: Aws, { prefix, tag }: RunScope): Promise<unknown> =>
  aws.client(CloudWatchClient).send(
    new PutMetricAlarmCommand({
      AlarmName: `${prefix}-worrying`,
      Namespace: `${prefix}-events`,
      MetricName: METRIC,
      Statistic: 'Sum',
      Period: PERIOD,
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      Tags: [{ Key: tag.key, Value: tag.value }],
    }),
  );

export async function dashboard(aws: Aws, scope: RunScope): Promise<void> {
  await logs(aws, scope);
  if ((await look(aws, scope)).dashboards.some(({ shows }) => shows.length > 0)) return;
  const name = `${scope.prefix}-events`;
  const DashboardBody = JSON.stringify(dashboardBody(aws.region, name));
  await aws.client(CloudWatchClient).send(new PutDashboardCommand({ DashboardName: name, DashboardBody }));
}

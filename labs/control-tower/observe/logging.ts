// Where the account's events go, and who is told of the worrying ones: trails, their bucket, metric filters, alarms, dashboards.

import {
  CloudTrailClient,
  type Trail as Described,
  DescribeTrailsCommand,
  GetTrailStatusCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  CloudWatchClient,
  GetDashboardCommand,
  paginateDescribeAlarms,
  paginateListDashboards,
} from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, paginateDescribeMetricFilters } from '@aws-sdk/client-cloudwatch-logs';
import { GetPublicAccessBlockCommand, S3Client } from '@aws-sdk/client-s3';
import { type Aws, collect, isMarked, items, onePage, type RunScope, unlessGone } from '../../../lib/kit';

export interface Filter {
  readonly pattern: string;
  readonly metrics: readonly string[];
  /** Names of the alarms that watch one of its metrics. */
  readonly alarms: readonly string[];
}

export interface Trail {
  readonly name: string;
  readonly multiRegion: boolean;
  readonly globalEvents: boolean;
  readonly validation: boolean;
  readonly logging: boolean;
  readonly bucket: string;
  /** All four blocks of public access are on. */
  readonly bucketClosed: boolean;
  readonly logGroup: string;
  readonly filters: readonly Filter[];
}

export interface Logging {
  readonly trails: readonly Trail[];
  /** Dashboards of the run, and which metrics of the filters each shows. */
  readonly dashboards: readonly { readonly name: string; readonly shows: readonly string[] }[];
}

/** "arn:aws:logs:us-east-1:1:log-group:name:*" → "name" */
const groupOf = (arn: string | undefined): string => /:log-group:([^:]+)/.exec(arn ?? '')?.[1] ?? '';

export async function logging(aws: Aws, scope: RunScope): Promise<Logging> {
  const described = items(
    onePage(aws.client(CloudTrailClient).send(new DescribeTrailsCommand({ includeShadowTrails: false }))),
    (page) => page.trailList,
  );
  const trails: Trail[] = [];
  for await (const trail of described) {
    if (isMarked(scope, { names: [trail.Name] })) trails.push(await trailOf(aws, trail));
  }
  const metrics = trails.flatMap(({ filters }) => filters.flatMap((filter) => filter.metrics));
  return { trails, dashboards: await dashboards(aws, scope, metrics) };
}

async function trailOf(aws: Aws, trail: Described): Promise<Trail> {
  const { IsLogging } = await aws.client(CloudTrailClient).send(new GetTrailStatusCommand({ Name: trail.TrailARN }));
  const logGroup = groupOf(trail.CloudWatchLogsLogGroupArn);
  return {
    name: trail.Name ?? '',
    multiRegion: trail.IsMultiRegionTrail ?? false,
    globalEvents: trail.IncludeGlobalServiceEvents ?? false,
    validation: trail.LogFileValidationEnabled ?? false,
    logging: IsLogging ?? false,
    bucket: trail.S3BucketName ?? '',
    bucketClosed: await isClosed(aws, trail.S3BucketName),
    logGroup,
    filters: logGroup === '' ? [] : await filtersOf(aws, logGroup),
  };
}

async function isClosed(aws: Aws, Bucket: string | undefined): Promise<boolean> {
  let closed = false;
  await unlessGone(['NoSuchPublicAccessBlockConfiguration', 'NoSuchBucket'], async () => {
    const answer = await aws.client(S3Client).send(new GetPublicAccessBlockCommand({ Bucket }));
    const { BlockPublicAcls, BlockPublicPolicy, IgnorePublicAcls, RestrictPublicBuckets } =
      answer.PublicAccessBlockConfiguration ?? {};
    closed = [BlockPublicAcls, BlockPublicPolicy, IgnorePublicAcls, RestrictPublicBuckets].every((on) => on === true);
  });
  return closed;
}

async function filtersOf(aws: Aws, logGroupName: string): Promise<Filter[]> {
  const pages = paginateDescribeMetricFilters({ client: aws.client(CloudWatchLogsClient) }, { logGroupName });
  const filters = await collect(items(pages, (page) => page.metricFilters));
  const watching = paginateDescribeAlarms({ client: aws.client(CloudWatchClient) }, { AlarmTypes: ['MetricAlarm'] });
  const alarms = await collect(items(watching, (page) => page.MetricAlarms));
  return filters.map(({ filterPattern = '', metricTransformations = [] }) => {
    const metrics = metricTransformations.map(({ metricNamespace, metricName }) => `${metricNamespace}/${metricName}`);
    const watched = alarms.filter(({ Namespace, MetricName }) => metrics.includes(`${Namespace}/${MetricName}`));
    return { pattern: filterPattern, metrics, alarms: watched.map(({ AlarmName = '' }) => AlarmName) };
  });
}

async function dashboards(aws: Aws, scope: RunScope, metrics: readonly string[]): Promise<Logging['dashboards']> {
  const client = aws.client(CloudWatchClient);
  const found: { name: string; shows: string[] }[] = [];
  for await (const { DashboardName: name = '' } of items(
    paginateListDashboards({ client }, {}),
    (page) => page.DashboardEntries,
  )) {
    if (!isMarked(scope, { names: [name] })) continue;
    const { DashboardBody = '' } = await client.send(new GetDashboardCommand({ DashboardName: name }));
    found.push({ name, shows: metrics.filter((metric) => DashboardBody.includes(metric.split('/').at(-1) ?? metric)) });
  }
  return found;
}

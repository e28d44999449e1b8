// The run's tasks: by name, tag, or the buckets of the run that they copy between; with their two ends as URIs.

import {
  DescribeLocationS3Command,
  DescribeTaskCommand,
  type DescribeTaskCommandOutput,
  paginateListLocations,
  paginateListTasks,
} from '@aws-sdk/client-datasync';
import { type Aws, isMarked, items, type RunScope } from '../../../lib/kit';
import { datasync, hostOf, isOfRun } from './belonging';

export interface End {
  /** s3, efs, nfs, smb … */
  readonly kind: string;
  readonly uri: string;
  /** The role that a bucket is reached with. */
  readonly role?: string | undefined;
}

export interface Task {
  readonly arn: string;
  readonly name: string;
  readonly status: string;
  readonly source: End;
  readonly target: End;
  readonly verify: string;
  /** -1 is all there is. */
  readonly bytesPerSecond: number;
  readonly logLevel: string;
  readonly logGroup?: string | undefined;
  readonly schedule?: string | undefined;
  readonly report?: { readonly bucket: string; readonly output: string } | undefined;
}

export async function tasks(aws: Aws, scope: RunScope): Promise<Task[]> {
  const { client } = datasync(aws);
  const uris = await locationUris(aws);
  const found: Task[] = [];
  for await (const { TaskArn = '' } of items(paginateListTasks({ client }, {}), (page) => page.Tasks)) {
    const task = await client.send(new DescribeTaskCommand({ TaskArn }));
    const ends = [task.SourceLocationArn, task.DestinationLocationArn].map((arn = '') => uris.get(arn) ?? '');
    const ofRun = isMarked(scope, { names: ends.map(hostOf) }) || (await isOfRun(aws, scope, TaskArn, task.Name));
    if (ofRun) found.push(await taskOf(aws, TaskArn, task, ends));
  }
  return found;
}

export async function locationUris(aws: Aws): Promise<Map<string, string>> {
  const uris = new Map<string, string>();
  const pages = paginateListLocations(datasync(aws), {});
  for await (const { LocationArn, LocationUri } of items(pages, (page) => page.Locations)) {
    if (LocationArn !== undefined && LocationUri !== undefined) uris.set(LocationArn, LocationUri);
  }
  return uris;
}

async function taskOf(
  aws: Aws,
  arn: string,
  task: DescribeTaskCommandOutput,
  [source = '', target = '']: readonly string[],
): Promise<Task> {
  const { Options = {}, Schedule, TaskReportConfig } = task;
  const bucket = TaskReportConfig?.Destination?.S3?.S3BucketArn;
  return {
    arn,
    name: task.Name ?? arn,
    status: task.Status ?? 'unknown',
    source: await endOf(aws, task.SourceLocationArn, source),
    target: await endOf(aws, task.DestinationLocationArn, target),
    verify: Options.VerifyMode ?? 'NONE',
    bytesPerSecond: Options.BytesPerSecond ?? -1,
    logLevel: Options.LogLevel ?? 'OFF',
    logGroup: task.CloudWatchLogGroupArn?.split(':log-group:')[1]?.replace(/:\*$/, ''),
    schedule: Schedule?.ScheduleExpression,
    report: bucket === undefined ? undefined : { bucket, output: TaskReportConfig?.OutputType ?? '' },
  };
}

async function endOf(aws: Aws, LocationArn: string | undefined, uri: string): Promise<End> {
  const kind = uri.split(':')[0]?.toLowerCase() ?? '';
  if (kind !== 's3' || LocationArn === undefined) return { kind, uri };
  const { S3Config } = await datasync(aws).client.send(new DescribeLocationS3Command({ LocationArn }));
  return { kind, uri, role: S3Config?.BucketAccessRoleArn };
}

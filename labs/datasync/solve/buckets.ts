// Exercises on the task between the buckets → two locations, a task, its options, an execution.

import {
  DescribeTaskCommand,
  DescribeTaskExecutionCommand,
  StartTaskExecutionCommand,
  UpdateTaskCommand,
  type UpdateTaskCommandInput,
} from '@aws-sdk/client-datasync';
import { PutObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { type Aws, collect, items, meets, type RunScope, waitUntil } from '../../../lib/kit';
import { COPIES_BUCKETS, MONITORED, THROTTLED, VERIFIES } from '../demands';
import { BYTES_PER_SECOND, COPY, FILES, NAMES, REPORTS, WEEKLY } from '../facts';
import { datasync } from '../observe/belonging';
import { watched } from '../observe/executions';
import { tasks } from '../observe/tasks';
import { bucketArn, bucketLocation, createTask, partition, roleArn } from './ground';

/** Seconds. */
const AN_EXECUTION = 900;

export async function copyBuckets(aws: Aws, scope: RunScope): Promise<void> {
  await bucketTask(aws, scope);
}

/** The ARN of the task between the run's buckets, made if there is none. */
async function bucketTask(aws: Aws, scope: RunScope): Promise<string> {
  const known = (await tasks(aws, scope)).find((task) => meets(task, COPIES_BUCKETS));
  if (known !== undefined) return known.arn;
  return createTask(aws, scope, NAMES.buckets, {
    SourceLocationArn: await bucketLocation(aws, scope, NAMES.source),
    DestinationLocationArn: await bucketLocation(aws, scope, NAMES.target, COPY),
  });
}

export async function verify(aws: Aws, scope: RunScope): Promise<void> {
  if ((await tasks(aws, scope)).some((task) => meets(task, VERIFIES))) return;
  const S3 = {
    S3BucketArn: bucketArn(scope, NAMES.target),
    BucketAccessRoleArn: roleArn(aws, scope),
    Subdirectory: REPORTS,
  };
  await change(aws, await bucketTask(aws, scope), {
    Options: { VerifyMode: 'POINT_IN_TIME_CONSISTENT' },
    TaskReportConfig: { Destination: { S3 }, OutputType: 'STANDARD', ReportLevel: 'SUCCESSES_AND_ERRORS' },
  });
}

export async function throttle(aws: Aws, scope: RunScope): Promise<void> {
  if ((await tasks(aws, scope)).some((task) => meets(task, THROTTLED))) return;
  await change(aws, await bucketTask(aws, scope), {
    Options: { BytesPerSecond: BYTES_PER_SECOND },
    Schedule: { ScheduleExpression: WEEKLY, Status: 'DISABLED' },
  });
}

/** Options are sent with those that the task has: what an update leaves out need not stay as it was. */
async function change(aws: Aws, TaskArn: string, wanted: Omit<UpdateTaskCommandInput, 'TaskArn'>): Promise<void> {
  const { client } = datasync(aws);
  const { Options } = await client.send(new DescribeTaskCommand({ TaskArn }));
  await client.send(new UpdateTaskCommand({ ...wanted, TaskArn, Options: { ...Options, ...wanted.Options } }));
}

export async function monitor(aws: Aws, scope: RunScope): Promise<void> {
  if ((await watched(aws, scope)).some((task) => meets(task, MONITORED))) return;
  const TaskArn = await bucketTask(aws, scope);
  const task = (await tasks(aws, scope)).find(({ arn }) => arn === TaskArn);
  if (task?.logGroup === undefined || task.logLevel === 'OFF') {
    const group = `arn:${partition}:logs:${aws.region}:${aws.account}:log-group:${scope.prefix}-${NAMES.logGroup}`;
    await change(aws, TaskArn, { CloudWatchLogGroupArn: group, Options: { LogLevel: 'TRANSFER' } });
  }
  await fillSource(aws, scope);
  await run(aws, TaskArn);
}

async function fillSource(aws: Aws, { prefix }: RunScope): Promise<void> {
  const client = aws.client(S3Client);
  const Bucket = `${prefix}-${NAMES.source}`;
  const pages = paginateListObjectsV2({ client }, { Bucket });
  // S3 leaves an empty list of objects out.
  const there = await collect(items(pages, (page) => page.Contents, { absentMeansEmpty: true }));
  if (there.length > 0) return;
  for (const Key of FILES) await client.send(new PutObjectCommand({ Bucket, Key, Body: `This is ${Key}.\n` }));
}

/** Everything is transferred, whatever an earlier execution has left there. */
async function run(aws: Aws, TaskArn: string): Promise<void> {
  const { client } = datasync(aws);
  const start = new StartTaskExecutionCommand({ TaskArn, OverrideOptions: { TransferMode: 'ALL' } });
  const { TaskExecutionArn = '' } = await client.send(start);
  await waitUntil(aws, { for: `${TaskExecutionArn} to succeed`, seconds: AN_EXECUTION }, async () => {
    const { Status, Result } = await client.send(new DescribeTaskExecutionCommand({ TaskExecutionArn }));
    if (Status === 'ERROR') throw new Error(`${TaskExecutionArn}: ${Result?.ErrorCode}: ${Result?.ErrorDetail}`);
    return Status === 'SUCCESS';
  });
}

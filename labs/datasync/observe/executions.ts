// What became of the run's tasks: their executions, and whether a line of them stands in the log.

import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTaskExecutionCommand, paginateListTaskExecutions } from '@aws-sdk/client-datasync';
import { type Aws, items, type RunScope } from '../../../lib/kit';
import { SERVICE } from '../facts';
import { datasync } from './belonging';
import { logPolicies } from './log-policies';
import { type Task, tasks } from './tasks';

export interface Execution {
  readonly arn: string;
  readonly status: string;
  readonly transferred: number;
  readonly verified: number;
  /** What DataSync says went wrong. */
  readonly error?: string | undefined;
}

export interface Watched extends Task {
  readonly executions: readonly Execution[];
  /** Whether a resource policy lets DataSync write to CloudWatch Logs. */
  readonly mayLog: boolean;
  /** Whether anything stands in its log group. */
  readonly logged: boolean;
}

export async function watched(aws: Aws, scope: RunScope): Promise<Watched[]> {
  const mayLog = await isAllowedToLog(aws);
  const found: Watched[] = [];
  for (const task of await tasks(aws, scope)) {
    const executions = await executionsOf(aws, task.arn);
    found.push({ ...task, executions, mayLog, logged: await holdsLines(aws, task.logGroup) });
  }
  return found;
}

export async function executionsOf(aws: Aws, TaskArn: string): Promise<Execution[]> {
  const { client } = datasync(aws);
  const found: Execution[] = [];
  const pages = paginateListTaskExecutions({ client }, { TaskArn });
  for await (const { TaskExecutionArn: arn = '' } of items(pages, (page) => page.TaskExecutions)) {
    const one = await client.send(new DescribeTaskExecutionCommand({ TaskExecutionArn: arn }));
    found.push({
      arn,
      status: one.Status ?? 'unknown',
      transferred: one.FilesTransferred ?? 0,
      verified: one.FilesVerified ?? 0,
      error: one.Result?.ErrorDetail ?? one.Result?.ErrorCode,
    });
  }
  return found;
}

async function isAllowedToLog(aws: Aws): Promise<boolean> {
  for await (const { policyDocument = '' } of logPolicies(aws)) {
    if (policyDocument.includes(SERVICE)) return true;
  }
  return false;
}

async function holdsLines(aws: Aws, logGroupName: string | undefined): Promise<boolean> {
  if (logGroupName === undefined) return false;
  const pages = paginateFilterLogEvents({ client: aws.client(CloudWatchLogsClient) }, { logGroupName });
  try {
    for await (const _ of items(pages, (page) => page.events)) return true;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error;
  }
  return false;
}

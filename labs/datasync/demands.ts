// What the exercises ask of tasks, executions and agents. Read by the checks, and by the solutions, which leave alone what
// already meets them. Pure.

import type { Demand } from '../../lib/kit';
import type { Agent } from './observe/agents';
import type { Watched } from './observe/executions';
import type { Task } from './observe/tasks';

const READY = ['AVAILABLE', 'RUNNING', 'QUEUED'];

const leads = (source: readonly string[], target: string, expected: string, hint: string): Demand<Task> => ({
  expected,
  met: (task) => source.includes(task.source.kind) && task.target.kind === target,
  actual: ({ name, source: from, target: to }) => `${name} copies from ${from.uri} to ${to.uri}`,
  hint,
});

const isReady: Demand<Task> = {
  expected: 'a task that can be started',
  met: ({ status }) => READY.includes(status),
  actual: ({ name, status }) => `${name} is ${status.toLowerCase()}`,
  hint: 'a new task is being created for a moment; one that is unavailable has lost a location, a role or an agent',
};

const BETWEEN_BUCKETS = leads(
  ['s3'],
  's3',
  'a task from a bucket to a bucket',
  'a location is made for each end first; a task joins two, and neither can be changed later',
);

export const COPIES_BUCKETS: readonly Demand<Task>[] = [
  BETWEEN_BUCKETS,
  {
    expected: 'two places that do not lie in each other',
    met: ({ source, target }) => !source.uri.startsWith(target.uri) && !target.uri.startsWith(source.uri),
    actual: ({ name, source, target }) => `${name} copies from ${source.uri} to ${target.uri}`,
    hint: 'a copy into its own source grows with each execution: take another bucket, or another prefix',
  },
  isReady,
];

export const VERIFIES: readonly Demand<Task>[] = [
  BETWEEN_BUCKETS,
  {
    expected: 'a task that verifies what it copies',
    met: ({ verify }) => verify === 'POINT_IN_TIME_CONSISTENT' || verify === 'ONLY_FILES_TRANSFERRED',
    actual: ({ name, verify }) => `for ${name} the mode is ${verify}`,
    hint: 'one of three modes looks at all of both ends after the copy, one at what was copied, one at nothing',
  },
  {
    expected: 'a task report into a bucket',
    met: ({ report }) => report !== undefined && report.output !== '',
    actual: ({ name }) => `${name} writes none`,
    hint: 'a report says file by file what was copied and verified; it is a setting of the task, with a bucket and a role',
  },
];

export const THROTTLED: readonly Demand<Task>[] = [
  BETWEEN_BUCKETS,
  {
    expected: 'a limit in bytes for a second',
    met: ({ bytesPerSecond }) => bytesPerSecond > 0,
    actual: ({ name }) => `${name} takes all the bandwidth there is`,
    hint: 'an option of the task; -1, which is what nothing said means, is no limit',
  },
  {
    expected: 'a schedule',
    met: ({ schedule }) => schedule !== undefined,
    actual: ({ name }) => `${name} runs when somebody starts it, and only then`,
    hint: 'an expression with six fields or a rate, an hour apart at least; it can be there and be switched off',
  },
];

const succeeded = ({ executions }: Watched) => executions.filter(({ status }) => status === 'SUCCESS');

export const MONITORED: readonly Demand<Watched>[] = [
  {
    expected: 'a task with a log group',
    met: ({ logGroup }) => logGroup !== undefined,
    actual: ({ name }) => `${name} has none`,
    hint: 'the lab has made a log group of the run; the ARN that the task takes does not end in ":*"',
  },
  {
    expected: 'a log level that says something',
    met: ({ logLevel }) => logLevel !== 'OFF',
    actual: ({ name, logLevel }) => `the level of ${name} is ${logLevel}`,
    hint: 'one level tells of errors, another of each file',
  },
  {
    expected: 'a resource policy of CloudWatch Logs that lets DataSync write',
    met: ({ mayLog }) => mayLog,
    actual: () => 'no policy of the region names datasync.amazonaws.com',
    hint: 'a service writes to a log group by a resource policy of CloudWatch Logs, of which a region may have ten',
  },
  {
    expected: 'an execution that succeeded',
    met: (task) => succeeded(task).length > 0,
    actual: ({ name, executions }) => {
      const last = executions.at(-1);
      if (last === undefined) return `nobody has started ${name}`;
      return `the last of ${name} is ${last.status.toLowerCase()}${last.error === undefined ? '' : `: ${last.error}`}`;
    },
    hint: 'an execution is launched, prepared, transferred and verified: some minutes, even for a few files',
  },
  {
    expected: 'an execution that transferred something',
    met: (task) => succeeded(task).some(({ transferred }) => transferred > 0),
    actual: ({ name }) => `those of ${name} found nothing to copy`,
    hint: 'a task copies what is not at the destination yet: put something into the source and start it again',
  },
  {
    expected: 'lines of it in the log group',
    met: ({ logged }) => logged,
    actual: ({ logGroup }) => `${logGroup} is empty`,
    hint: 'only executions that were started after log group, level and policy were there write to it',
  },
];

export const COPIES_FILES: readonly Demand<Task>[] = [
  leads(
    ['efs'],
    'efs',
    'a task from a file system to a file system',
    'a location of a file system needs a subnet with a mount target and a security group that lets NFS through',
  ),
  isReady,
];

export const SENDS_SHARE: readonly Demand<Task>[] = [
  leads(
    ['nfs', 'smb'],
    's3',
    'a task from a share (NFS or SMB) to a bucket',
    'a share is a location of its own kind, which names the agent that reads it',
  ),
  isReady,
];

export const CONNECTED: readonly Demand<Agent>[] = [
  {
    expected: 'an agent that is online',
    met: ({ status }) => status === 'ONLINE',
    actual: ({ name, status }) => `${name} is ${status.toLowerCase()}`,
    hint: 'an agent is online while its machine runs and reaches its service; one whose machine is gone stays in the list',
  },
  {
    expected: 'a share that is reached through it',
    met: ({ shares }) => shares.length > 0,
    actual: ({ name }) => `no location names ${name}`,
    hint: 'a location for NFS or SMB takes the ARN of the agent, the name of the file server and the path of its export',
  },
];

// Executions that go on, tasks, locations, agents: in this order, since each holds the next.

import {
  CancelTaskExecutionCommand,
  DeleteAgentCommand,
  DeleteLocationCommand,
  DeleteTaskCommand,
  DescribeAgentCommand,
  DescribeTaskCommand,
  DescribeTaskExecutionCommand,
  paginateListAgents,
  paginateListLocations,
  paginateListTaskExecutions,
  paginateListTasks,
} from '@aws-sdk/client-datasync';
import { type Aws, isMarked, items, type Sweeper, type SweepScope, waitUntil } from '../../../lib/kit';
import { datasync, hostOf, isOfRun } from '../observe/belonging';
import { locationUris } from '../observe/tasks';

const OVER = ['SUCCESS', 'ERROR'];

/** DataSync has one error for all that it does not take: what it says of a thing that is gone is that it is not found. */
async function unlessNotFound(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const isGone =
      error instanceof Error && error.name === 'InvalidRequestException' && /not found/i.test(error.message);
    if (!isGone) throw error;
  }
}

const goneWhen = (aws: Aws, what: string, look: () => Promise<unknown>): Promise<void> =>
  waitUntil(aws, { for: `${what} to be deleted`, seconds: 120 }, async () => {
    let there = false;
    await unlessNotFound(async () => {
      await look();
      there = true;
    });
    return !there;
  });

/** By name, tag, stack, or the buckets of the run that it copies between. */
async function* tasksOfRun(aws: Aws, scope: SweepScope): AsyncGenerator<string> {
  const { client } = datasync(aws);
  const uris = await locationUris(aws);
  for await (const { TaskArn: arn = '', Name } of items(paginateListTasks({ client }, {}), (page) => page.Tasks)) {
    if (scope.owned.has(arn) || (await isOfRun(aws, scope, arn, Name))) yield arn;
    else {
      const { SourceLocationArn = '', DestinationLocationArn = '' } = await client.send(
        new DescribeTaskCommand({ TaskArn: arn }),
      );
      if ([SourceLocationArn, DestinationLocationArn].some((end) => isPlaceOfRun(scope, end, uris.get(end) ?? ''))) {
        yield arn;
      }
    }
  }
}

/** A location is the run's with the bucket, or the file system, that it names. */
function isPlaceOfRun(scope: SweepScope, arn: string, uri: string): boolean {
  const host = hostOf(uri);
  return (
    scope.owned.has(arn) || isMarked(scope, { names: [host] }) || host.split('.').some((part) => scope.owned.has(part))
  );
}

export const executions: Sweeper = {
  kind: 'datasync:execution',
  // A task that runs is not deleted, and the stack's deletion would hang on it.
  beforeStacks: true,

  async *list(aws, scope) {
    for await (const TaskArn of tasksOfRun(aws, scope)) {
      const pages = paginateListTaskExecutions(datasync(aws), { TaskArn });
      for await (const { TaskExecutionArn: id, Status = '' } of items(pages, (page) => page.TaskExecutions)) {
        if (id !== undefined && !OVER.includes(Status)) yield { kind: 'datasync:execution', id };
      }
    }
  },

  async remove(aws, { id: TaskExecutionArn }) {
    const { client } = datasync(aws);
    const status = async () => (await client.send(new DescribeTaskExecutionCommand({ TaskExecutionArn }))).Status ?? '';
    await unlessNotFound(async () => {
      if (OVER.includes(await status())) return;
      await client.send(new CancelTaskExecutionCommand({ TaskExecutionArn }));
      const wait = { for: `${TaskExecutionArn} to be cancelled`, seconds: 300 };
      await waitUntil(aws, wait, async () => OVER.includes(await status()));
    });
  },
};

export const tasks: Sweeper = {
  kind: 'datasync:task',
  after: ['datasync:execution'],
  // Its network interfaces are DataSync's own, which nobody else can delete: they leave with it, and the subnet waits for them.
  beforeStacks: true,

  async *list(aws, scope) {
    for await (const id of tasksOfRun(aws, scope)) yield { kind: 'datasync:task', id };
  },

  remove: (aws, { id: TaskArn }) =>
    unlessNotFound(async () => {
      const { client } = datasync(aws);
      await client.send(new DeleteTaskCommand({ TaskArn }));
      await goneWhen(aws, TaskArn, () => client.send(new DescribeTaskCommand({ TaskArn })));
    }),
};

export const locations: Sweeper = {
  kind: 'datasync:location',
  after: ['datasync:task'],

  async *list(aws, scope) {
    const pages = paginateListLocations(datasync(aws), {});
    for await (const { LocationArn: id = '', LocationUri = '' } of items(pages, (page) => page.Locations)) {
      if (isPlaceOfRun(scope, id, LocationUri) || (await isOfRun(aws, scope, id))) {
        yield { kind: 'datasync:location', id };
      }
    }
  },

  remove: (aws, { id: LocationArn }) =>
    unlessNotFound(() => datasync(aws).client.send(new DeleteLocationCommand({ LocationArn }))),
};

/** An agent whose machine is gone stays in the list, offline, for ever. */
export const agents: Sweeper = {
  kind: 'datasync:agent',
  after: ['datasync:location'],

  async *list(aws, scope) {
    const pages = paginateListAgents(datasync(aws), {});
    for await (const { AgentArn: id = '', Name } of items(pages, (page) => page.Agents)) {
      if (scope.owned.has(id) || (await isOfRun(aws, scope, id, Name))) yield { kind: 'datasync:agent', id };
    }
  },

  remove: (aws, { id: AgentArn }) =>
    unlessNotFound(async () => {
      const { client } = datasync(aws);
      await client.send(new DeleteAgentCommand({ AgentArn }));
      await goneWhen(aws, AgentArn, () => client.send(new DescribeAgentCommand({ AgentArn })));
    }),
};

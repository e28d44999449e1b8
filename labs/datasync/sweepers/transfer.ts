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
import { type Aws, isMarked, items, type Sweeper, type SweepScope, taggedArns, waitUntil } from '../../../lib/kit';
import { datasync, hostOf } from '../observe/belonging';
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

const isOfRun = (scope: SweepScope, tagged: ReadonlySet<string>, arn: string, name?: string): boolean =>
  scope.owned.has(arn) || tagged.has(arn) || isMarked(scope, { names: [name] });

/** By name, tag, stack, or the buckets of the run that it copies between: DataSync lists the tasks of a location. */
async function tasksOfRun(aws: Aws, scope: SweepScope): Promise<ReadonlySet<string>> {
  const tagged = await taggedArns(aws, scope, 'datasync');
  const found = new Set<string>();
  for await (const { TaskArn: arn = '', Name } of items(paginateListTasks(datasync(aws), {}), (page) => page.Tasks)) {
    if (isOfRun(scope, tagged, arn, Name)) found.add(arn);
  }
  for (const [place, uri] of await locationUris(aws)) {
    if (!isPlaceOfRun(scope, place, uri)) continue;
    const Filters = [{ Name: 'LocationId' as const, Operator: 'Equals' as const, Values: [place] }];
    const pages = paginateListTasks(datasync(aws), { Filters });
    for await (const { TaskArn = '' } of items(pages, (page) => page.Tasks)) found.add(TaskArn);
  }
  return found;
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
    for (const TaskArn of await tasksOfRun(aws, scope)) {
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
    for (const id of await tasksOfRun(aws, scope)) yield { kind: 'datasync:task', id };
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
    const tagged = await taggedArns(aws, scope, 'datasync');
    const pages = paginateListLocations(datasync(aws), {});
    for await (const { LocationArn: id = '', LocationUri = '' } of items(pages, (page) => page.Locations)) {
      if (isPlaceOfRun(scope, id, LocationUri) || tagged.has(id)) {
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
    const tagged = await taggedArns(aws, scope, 'datasync');
    const pages = paginateListAgents(datasync(aws), {});
    for await (const { AgentArn: id = '', Name } of items(pages, (page) => page.Agents)) {
      if (isOfRun(scope, tagged, id, Name)) yield { kind: 'datasync:agent', id };
    }
  },

  remove: (aws, { id: AgentArn }) =>
    unlessNotFound(async () => {
      const { client } = datasync(aws);
      await client.send(new DeleteAgentCommand({ AgentArn }));
      await goneWhen(aws, AgentArn, () => client.send(new DescribeAgentCommand({ AgentArn })));
    }),
};

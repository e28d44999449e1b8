// The run's stacks: which stand, what they hold, and their deletion, waited for until CloudFormation says that it ended.

import {
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStacksCommand,
  paginateDescribeStackEvents,
  paginateDescribeStacks,
  paginateListStackResources,
  type Stack,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { messageOf } from '../core/errors';
import type { RunScope } from '../core/run';
import { type Aws, collect, items } from '../kit';

/** One stack of the run that is not deleted. */
export interface StandingStack {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly lab: string;
  readonly status: string;
  readonly protected: boolean;
}

/** What a stack made, and how CloudFormation last left it. */
export interface HeldResource {
  /** Its name in the template. */
  readonly name: string;
  /** Its physical id. */
  readonly id: string;
  readonly status: string;
}

const POLL = { local: 200, aws: 3000 } as const;
/** CloudFormation itself gives a resource up to hours; past this a destroy says what it waits for and can be run again. */
const LONGEST_WAIT = 60 * 60 * 1000;

/** Stacks whose name begins with the run's prefix or that carry its tag; nested ones are left to their parents while those stand. */
export async function standingStacks(aws: Aws, scope: RunScope, region: string): Promise<StandingStack[]> {
  const client = aws.client(CloudFormationClient, region);
  const all = await collect(items(paginateDescribeStacks({ client }, {}), (page) => page.Stacks));
  const standing = all.filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
  const ids = new Set(standing.map(({ StackId }) => StackId));
  return standing
    .filter((stack) => (stack.ParentId === undefined || !ids.has(stack.ParentId)) && isOfRun(stack, scope))
    .map((stack) => ({
      id: stack.StackId ?? stack.StackName ?? '',
      name: stack.StackName ?? '',
      region,
      lab: stack.Tags?.find(({ Key }) => Key === 'worklab:lab')?.Value ?? '',
      status: stack.StackStatus ?? '',
      protected: stack.EnableTerminationProtection ?? false,
    }));
}

const isOfRun = ({ StackName = '', Tags = [] }: Stack, { prefix, tag }: RunScope): boolean =>
  StackName.startsWith(`${prefix}-`) || Tags.some(({ Key, Value }) => Key === tag.key && Value === tag.value);

/** Everything that a stack made. */
export async function resourcesOf(aws: Aws, { id, region }: StandingStack): Promise<HeldResource[]> {
  const client = aws.client(CloudFormationClient, region);
  const pages = paginateListStackResources({ client }, { StackName: id });
  const resources = await collect(items(pages, (page) => page.StackResourceSummaries));
  return resources.flatMap(({ LogicalResourceId: name = '', PhysicalResourceId: held, ResourceStatus: status = '' }) =>
    held ? { name, id: held, status } : [],
  );
}

/**
 * What CloudFormation has to be told to let go: it could not delete it, and a sweeper has removed it since. Most handlers
 * take what is gone for deleted; one that does not would keep its stack for good. The proof looks for all of it again.
 */
export const removedSince = (
  { status }: StandingStack,
  resources: readonly HeldResource[],
  removed: ReadonlySet<string>,
): string[] =>
  status === 'DELETE_FAILED'
    ? resources.filter((held) => held.status === 'DELETE_FAILED' && removed.has(held.id)).map(({ name }) => name)
    : [];

interface Deleting {
  /** Names in the template; only for a stack whose deletion has failed. */
  readonly letGo: readonly string[];
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Deletes one stack with everything in it but what it is to let go. Returns undefined when it is gone, else why it is not. */
export async function deleteStack(
  aws: Aws,
  stack: StandingStack,
  { letGo, sleep }: Deleting,
): Promise<string | undefined> {
  const client = aws.client(CloudFormationClient, stack.region);
  const retained = letGo.length === 0 ? {} : { RetainResources: [...letGo] };
  try {
    if (stack.protected) {
      await client.send(
        new UpdateTerminationProtectionCommand({ StackName: stack.id, EnableTerminationProtection: false }),
      );
    }
    await client.send(new DeleteStackCommand({ StackName: stack.id, ...retained }));
    return await untilGone(client, stack, { poll: POLL[aws.target], sleep });
  } catch (error) {
    return isGone(error) ? undefined : messageOf(error);
  }
}

interface Waiting {
  readonly poll: number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

async function untilGone(
  client: CloudFormationClient,
  { id }: StandingStack,
  { poll, sleep }: Waiting,
): Promise<string | undefined> {
  for (let waited = 0; waited < LONGEST_WAIT; waited += poll) {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: id }));
    const status = Stacks[0]?.StackStatus ?? '';
    if (status === 'DELETE_COMPLETE') return undefined;
    if (status === 'DELETE_FAILED') return (await blockers(client, id)) ?? Stacks[0]?.StackStatusReason ?? status;
    await sleep(poll);
  }
  return `still deleting after ${LONGEST_WAIT / 60_000} minutes`;
}

/** What stood in the way of the deletion, newest first, in CloudFormation's words. */
async function blockers(client: CloudFormationClient, id: string): Promise<string | undefined> {
  const events = await collect(
    items(paginateDescribeStackEvents({ client }, { StackName: id }), (page) => page.StackEvents),
  );
  const failed = events.filter(
    ({ ResourceStatus, StackName, LogicalResourceId }) =>
      ResourceStatus === 'DELETE_FAILED' && LogicalResourceId !== StackName,
  );
  const reasons = failed.map(
    ({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId}: ${ResourceStatusReason}`,
  );
  return reasons.length === 0 ? undefined : [...new Set(reasons)].join('; ');
}

/** CloudFormation answers ValidationError "Stack with id … does not exist" for a stack that is gone. */
const isGone = (error: unknown): boolean => /does not exist/.test(messageOf(error));

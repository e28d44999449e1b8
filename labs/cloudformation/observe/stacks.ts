// Stacks → what the exercises look at: the learner's own, and those of this lab. Read from CloudFormation alone.

import {
  CloudFormationClient,
  type Stack as Described,
  paginateDescribeStackEvents,
  paginateDescribeStacks,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';
import { LAB_TAG, OF_A_SET } from '../facts';

export interface Output {
  readonly key: string;
  readonly value: string;
  readonly exportName?: string | undefined;
}

export interface Stack {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  /** The lab that deployed it; undefined where a learner did. */
  readonly lab: string | undefined;
  readonly parent: string | undefined;
  readonly protected: boolean;
  /** The change set that made it what it is, if one did. */
  readonly changeSet: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  readonly outputs: readonly Output[];
  readonly tags: Readonly<Record<string, string>>;
  readonly triggers: readonly string[];
  readonly monitoredMinutes: number;
  readonly drift: string;
  readonly driftCheckedAt: Date | undefined;
}

export const cloudFormation = (aws: Aws): CloudFormationClient => aws.client(CloudFormationClient);

/** Every stack of the run that stands: nested ones and worklab's own included. */
export async function stacksOfRun(aws: Aws, scope: RunScope): Promise<Stack[]> {
  const pages = paginateDescribeStacks({ client: cloudFormation(aws) }, {});
  const all = await collect(items(pages, (page) => page.Stacks));
  return all
    .filter(({ StackName, Tags, StackStatus }) => {
      return StackStatus !== 'DELETE_COMPLETE' && isMarked(scope, { tags: Tags, names: [StackName] });
    })
    .map(stackOf);
}

/** Those that a learner deployed: no nested stack, none of worklab's, of a stack set or of Service Catalog. */
export const learners = (stacks: readonly Stack[]): Stack[] =>
  stacks.filter(({ lab, parent, name }) => lab === undefined && parent === undefined && !isSomebodysTool(name));

const isSomebodysTool = (name: string): boolean => name.startsWith(OF_A_SET) || name.startsWith('SC-');

const stackOf = (stack: Described): Stack => ({
  id: stack.StackId ?? '',
  name: stack.StackName ?? '',
  status: stack.StackStatus ?? '',
  lab: stack.Tags?.find(({ Key }) => Key === LAB_TAG)?.Value,
  parent: stack.ParentId,
  protected: stack.EnableTerminationProtection ?? false,
  changeSet: stack.ChangeSetId,
  parameters: record(stack.Parameters, (one) => [one.ParameterKey, one.ResolvedValue ?? one.ParameterValue]),
  outputs: (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '', ExportName: exportName }) => {
    return { key: OutputKey, value: OutputValue, exportName };
  }),
  tags: record(stack.Tags, ({ Key, Value }) => [Key, Value]),
  triggers: (stack.RollbackConfiguration?.RollbackTriggers ?? []).flatMap(({ Arn }) => Arn ?? []),
  monitoredMinutes: stack.RollbackConfiguration?.MonitoringTimeInMinutes ?? 0,
  drift: stack.DriftInformation?.StackDriftStatus ?? 'NOT_CHECKED',
  driftCheckedAt: stack.DriftInformation?.LastCheckTimestamp,
});

const record = <Item>(
  list: readonly Item[] = [],
  pair: (item: Item) => [string | undefined, string | undefined],
): Record<string, string> =>
  Object.fromEntries(
    list.map((item) => {
      const [key = '', value = ''] = pair(item);
      return [key, value];
    }),
  );

export interface Event {
  readonly logicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  /** Is it the stack's own, rather than a resource's? */
  readonly ofStack: boolean;
}

/** What happened to a stack, oldest first; deleted stacks are known by their id for ninety days. */
export async function eventsOf(aws: Aws, stackId: string): Promise<Event[]> {
  const pages = paginateDescribeStackEvents({ client: cloudFormation(aws) }, { StackName: stackId });
  const newestFirst = await collect(items(pages, (page) => page.StackEvents));
  return newestFirst.reverse().map(eventOf);
}

const eventOf = (event: StackEvent): Event => ({
  logicalId: event.LogicalResourceId ?? '',
  type: event.ResourceType ?? '',
  status: event.ResourceStatus ?? '',
  reason: event.ResourceStatusReason ?? '',
  ofStack: event.PhysicalResourceId !== undefined && event.PhysicalResourceId === event.StackId,
});

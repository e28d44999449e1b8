// Stacks of stacks: parents with their children, and stack sets with their instances.

import {
  paginateListStackInstances,
  paginateListStackSetOperations,
  paginateListStackSets,
} from '@aws-sdk/client-cloudformation';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';
import { cloudFormation, learners, type Stack, stacksOfRun } from './stacks';

export interface Family {
  readonly name: string;
  readonly status: string;
  readonly outputs: Stack['outputs'];
  readonly children: readonly Pick<Stack, 'name' | 'status' | 'parameters' | 'outputs'>[];
}

/** The learner's stacks that have nested ones. */
export async function families(aws: Aws, scope: RunScope): Promise<Family[]> {
  const all = await stacksOfRun(aws, scope);
  return learners(all)
    .map(({ id, name, status, outputs }) => ({
      name,
      status,
      outputs,
      children: all.filter(({ parent }) => parent === id),
    }))
    .filter(({ children }) => children.length > 0);
}

export interface Instance {
  readonly account: string;
  readonly region: string;
  readonly status: string;
  readonly reason: string;
}

export interface StackSet {
  readonly name: string;
  readonly instances: readonly Instance[];
  /** Actions and outcomes, newest first. */
  readonly operations: readonly { readonly action: string; readonly status: string }[];
}

export async function stackSets(aws: Aws, scope: RunScope): Promise<StackSet[]> {
  const client = cloudFormation(aws);
  const found: StackSet[] = [];
  const pages = paginateListStackSets({ client }, { Status: 'ACTIVE' });
  for await (const { StackSetName: name = '' } of items(pages, (page) => page.Summaries)) {
    if (!isMarked(scope, { names: [name] })) continue;
    const [instances, operations] = [await instancesOf(aws, name), await operationsOf(aws, name)];
    found.push({ name, instances, operations });
  }
  return found;
}

async function instancesOf(aws: Aws, name: string): Promise<Instance[]> {
  const pages = paginateListStackInstances({ client: cloudFormation(aws) }, { StackSetName: name });
  const all = await collect(items(pages, (page) => page.Summaries));
  return all.map(({ Account = '', Region = '', Status = '', StatusReason = '' }) => {
    return { account: Account, region: Region, status: Status, reason: StatusReason };
  });
}

async function operationsOf(aws: Aws, name: string): Promise<StackSet['operations']> {
  const pages = paginateListStackSetOperations({ client: cloudFormation(aws) }, { StackSetName: name });
  const all = await collect(items(pages, (page) => page.Summaries));
  return all.map(({ Action = '', Status = '' }) => ({ action: Action, status: Status }));
}

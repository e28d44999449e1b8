// Updates that were previewed: the change set that made each stack what it is, and those that wait.

import {
  type ChangeSetSummary,
  DescribeChangeSetCommand,
  paginateListChangeSets,
} from '@aws-sdk/client-cloudformation';
import { type Aws, collect, items, type RunScope } from '../../../lib/kit';
import { cloudFormation, learners, type Stack, stacksOfRun } from './stacks';

export interface Preview {
  readonly stack: string;
  readonly stackStatus: string;
  /** CREATE_COMPLETE, or FAILED where it holds no changes. */
  readonly status: string;
  readonly reason: string;
  /** EXECUTE_COMPLETE: the stack is what the change set said. */
  readonly execution: string;
  /** Does it revert drift? */
  readonly revertsDrift: boolean;
}

/** The executed change set of each of the learner's stacks, and those that were not executed. */
export async function previews(aws: Aws, scope: RunScope): Promise<Preview[]> {
  const found: Preview[] = [];
  for (const stack of learners(await stacksOfRun(aws, scope))) {
    const executed = await executedOf(aws, stack);
    const waiting = (await waitingOf(aws, stack)).map((one) => previewOf(stack, one));
    found.push(...(executed === undefined ? [] : [executed]), ...waiting);
  }
  return found;
}

async function waitingOf(aws: Aws, { id }: Stack): Promise<ChangeSetSummary[]> {
  const pages = paginateListChangeSets({ client: cloudFormation(aws) }, { StackName: id });
  const all = await collect(items(pages, (page) => page.Summaries));
  return all.filter(({ ExecutionStatus }) => ExecutionStatus !== 'EXECUTE_COMPLETE');
}

/** Undefined where no change set made the stack what it is. */
export async function executedOf(aws: Aws, stack: Stack): Promise<Preview | undefined> {
  if (stack.changeSet === undefined || stack.status === 'REVIEW_IN_PROGRESS') return undefined;
  const asked = new DescribeChangeSetCommand({ ChangeSetName: stack.changeSet, StackName: stack.id });
  try {
    const told = await cloudFormation(aws).send(asked);
    return previewOf(stack, told);
  } catch (error) {
    // Whatever CloudFormation keeps of an executed one: that the stack names it says that it was executed.
    if (error instanceof Error && error.name.startsWith('ChangeSetNotFound')) {
      return previewOf(stack, { Status: 'CREATE_COMPLETE', ExecutionStatus: 'EXECUTE_COMPLETE' });
    }
    throw error;
  }
}

interface Told {
  readonly Status?: string | undefined;
  readonly StatusReason?: string | undefined;
  readonly ExecutionStatus?: string | undefined;
  readonly DeploymentMode?: string | undefined;
}

const previewOf = ({ name, status }: Stack, told: Told): Preview => ({
  stack: name,
  stackStatus: status,
  status: told.Status ?? '',
  reason: told.StatusReason ?? '',
  execution: told.ExecutionStatus ?? '',
  revertsDrift: told.DeploymentMode === 'REVERT_DRIFT',
});

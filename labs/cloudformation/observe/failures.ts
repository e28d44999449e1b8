// Deployments that failed, and what stands now under the same name. CloudFormation remembers deleted stacks for ninety days.

import { paginateListStacks } from '@aws-sdk/client-cloudformation';
import { type Aws, isMarked, items, type RunScope } from '../../../lib/kit';
import { ROOT_CAUSE } from '../facts';
import { cloudFormation, type Event, eventsOf, learners, type Stack, stacksOfRun } from './stacks';

/** The resource that failed first, in CloudFormation's words. */
export interface Cause {
  readonly logicalId: string;
  readonly reason: string;
}

export interface Failure {
  readonly name: string;
  readonly cause: Cause;
  /** What stands under that name now. */
  readonly standing:
    | { readonly status: string; readonly rootCause: string | undefined; readonly complete: readonly string[] }
    | undefined;
}

export async function failures(aws: Aws, scope: RunScope): Promise<Failure[]> {
  const all = await stacksOfRun(aws, scope);
  const mine = new Map(learners(all).map((stack) => [stack.name, stack]));
  const others = new Set(all.filter(({ name }) => !mine.has(name)).map(({ name }) => name));
  const found: Failure[] = [];
  const pages = paginateListStacks({ client: cloudFormation(aws) }, {});
  for await (const { StackId = '', StackName = '', ParentId } of items(pages, (page) => page.StackSummaries)) {
    if (ParentId !== undefined || others.has(StackName)) continue;
    if (!mine.has(StackName) && !isMarked(scope, { names: [StackName] })) continue;
    const cause = firstFailure(await eventsOf(aws, StackId));
    if (cause !== undefined)
      found.push({ name: StackName, cause, standing: await standingOf(aws, mine.get(StackName)) });
  }
  return found;
}

/** What failed before anything was rolled back; what was cancelled because of it did not. */
export function firstFailure(events: readonly Event[]): Cause | undefined {
  const failed = events.find(
    ({ ofStack, status, reason }) => !ofStack && /^(CREATE|UPDATE)_FAILED$/.test(status) && !/cancelled/i.test(reason),
  );
  return failed === undefined ? undefined : { logicalId: failed.logicalId, reason: failed.reason };
}

async function standingOf(aws: Aws, stack: Stack | undefined): Promise<Failure['standing']> {
  if (stack === undefined) return undefined;
  const last = new Map<string, string>();
  for (const { ofStack, logicalId, status } of await eventsOf(aws, stack.id)) if (!ofStack) last.set(logicalId, status);
  const complete = [...last].filter(([, status]) => /^(CREATE|UPDATE)_COMPLETE$/.test(status)).map(([id]) => id);
  return { status: stack.status, rootCause: stack.tags[ROOT_CAUSE], complete };
}

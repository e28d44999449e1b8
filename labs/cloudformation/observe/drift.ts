// What is known of drift: the last result from the stack, the ones before it from those who asked for them.

import { DescribeStackDriftDetectionStatusCommand } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient, paginateLookupEvents } from '@aws-sdk/client-cloudtrail';
import { type Aws, items, type RunScope } from '../../../lib/kit';
import { executedOf } from './changes';
import { cloudFormation, learners, type Stack, stacksOfRun } from './stacks';

export interface Detection {
  /** IN_SYNC or DRIFTED. */
  readonly result: string;
  readonly at: Date;
}

export interface Drift {
  readonly stack: string;
  /** IN_SYNC, DRIFTED or NOT_CHECKED. */
  readonly now: string;
  /** Is the stack what a drift-aware change set made it? */
  readonly reverted: boolean;
  /** Oldest first; CloudTrail tells who looked at which up to fifteen minutes late. */
  readonly detections: readonly Detection[];
}

export async function drifts(aws: Aws, scope: RunScope): Promise<Drift[]> {
  const stacks = learners(await stacksOfRun(aws, scope));
  if (stacks.every(({ drift }) => drift === 'NOT_CHECKED')) return stacks.map((stack) => driftOf(stack, [], false));
  const told = await detectionsOf(aws, stacks);
  const found: Drift[] = [];
  for (const stack of stacks) {
    const executed = stack.drift === 'IN_SYNC' ? await executedOf(aws, stack) : undefined;
    found.push(driftOf(stack, told.get(stack.id) ?? [], executed?.revertsDrift ?? false));
  }
  return found;
}

const driftOf = ({ name, drift }: Stack, detections: readonly Detection[], reverted: boolean): Drift => ({
  stack: name,
  now: drift,
  reverted,
  detections,
});

/** A result is kept under its id, which the stack does not tell; whoever waited for it named it in a call. */
async function detectionsOf(aws: Aws, stacks: readonly Stack[]): Promise<Map<string, Detection[]>> {
  const known = new Set(stacks.map(({ id }) => id));
  const found = new Map<string, Detection[]>();
  for (const id of await idsAskedFor(aws)) {
    const told = await resultOf(aws, id);
    if (told === undefined || !known.has(told.stack)) continue;
    found.set(told.stack, [...(found.get(told.stack) ?? []), told]);
  }
  for (const list of found.values()) list.sort((one, other) => one.at.getTime() - other.at.getTime());
  return found;
}

/** LookupEvents takes two calls a second, fifty events each: what is older than these is not looked at. */
const MOST_IDS = 100;

async function idsAskedFor(aws: Aws): Promise<Set<string>> {
  const LookupAttributes = [
    { AttributeKey: 'EventName', AttributeValue: 'DescribeStackDriftDetectionStatus' } as const,
  ];
  const pages = paginateLookupEvents({ client: aws.client(CloudTrailClient) }, { LookupAttributes });
  const ids = new Set<string>();
  for await (const { CloudTrailEvent = '{}' } of items(pages, (page) => page.Events)) {
    const { requestParameters } = JSON.parse(CloudTrailEvent) as {
      readonly requestParameters?: { readonly stackDriftDetectionId?: string } | null;
    };
    if (requestParameters?.stackDriftDetectionId) ids.add(requestParameters.stackDriftDetectionId);
    if (ids.size >= MOST_IDS) break;
  }
  return ids;
}

type Told = Detection & { readonly stack: string };

/** CloudFormation does not say how long it keeps a result; one that is gone tells nothing. */
async function resultOf(aws: Aws, id: string): Promise<Told | undefined> {
  const asked = new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId: id });
  try {
    const { StackId, StackDriftStatus, DetectionStatus, Timestamp } = await cloudFormation(aws).send(asked);
    if (DetectionStatus !== 'DETECTION_COMPLETE') return undefined;
    return { stack: StackId ?? '', result: StackDriftStatus ?? '', at: Timestamp ?? new Date(0) };
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError') return undefined;
    throw error;
  }
}

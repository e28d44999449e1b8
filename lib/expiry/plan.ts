// Stacks and a time → the schedules that delete them, in the order in which they can go, and what their role may do. Pure.

import { deletableNow } from '../core/deletion-order';
import type { RunScope } from '../core/run';
import type { Permission } from '../kit';

/** A stack and the labs that its own stands on. */
export interface ExpiringStack {
  readonly name: string;
  readonly lab: string;
  readonly region: string;
}

/** One call that EventBridge Scheduler makes at a time, once. */
export interface PlannedSchedule {
  readonly name: string;
  readonly region: string;
  readonly at: Date;
  /** A universal target: arn:aws:scheduler:::aws-sdk:<service>:<operation>. */
  readonly target: string;
  readonly input: Readonly<Record<string, string>>;
}

const MINUTE = 60_000;
/** What a stack's deletion is given before the stacks that it stood on are deleted: RDS needs the longest. */
const PER_WAVE = 30 * MINUTE;
/** IAM and Scheduler keep names of at most 64 characters (their API references, 2026-11-25). */
const LONGEST_NAME = 64;

/** Of the role and of each schedule group. */
export const expiryName = ({ prefix }: RunScope): string => `${prefix}-expiry`;
/** The inline policy whose loss leaves the role without any right. */
export const STACKS_POLICY = 'stacks';

/**
 * A deletion for each stack, those that nothing stands on first; then the role's own policies, the right to take them last.
 * A role cannot delete itself: IAM deletes none that has a policy, and one without a policy may nothing. The empty role is
 * free, and goes with the next destroy.
 */
export function planExpiry(
  scope: RunScope,
  waves: readonly (readonly ExpiringStack[])[],
  {
    expires,
    policyArns,
    home,
  }: { readonly expires: Date; readonly policyArns: readonly string[]; readonly home: string },
): PlannedSchedule[] {
  const deletions = waves.flatMap((wave, index) =>
    wave.map(({ name, region }) => ({
      name: name.slice(0, LONGEST_NAME),
      region,
      at: new Date(expires.getTime() + index * PER_WAVE),
      target: 'arn:aws:scheduler:::aws-sdk:cloudformation:deleteStack',
      input: { StackName: name },
    })),
  );
  const after = expires.getTime() + waves.length * PER_WAVE;
  const RoleName = expiryName(scope);
  const detachments = policyArns.map((PolicyArn, index) => ({
    name: `${RoleName}-detach-${index + 1}`,
    region: home,
    at: new Date(after),
    target: 'arn:aws:scheduler:::aws-sdk:iam:detachRolePolicy',
    input: { RoleName, PolicyArn },
  }));
  const last = {
    name: `${RoleName}-last`,
    region: home,
    at: new Date(after + PER_WAVE),
    target: 'arn:aws:scheduler:::aws-sdk:iam:deleteRolePolicy',
    input: { RoleName, PolicyName: STACKS_POLICY },
  };
  return [...deletions, ...detachments, last];
}

/** Waves of deletion: a stack goes when no stack that needs it stands any more. */
export function deletionWaves(
  stacks: readonly ExpiringStack[],
  needs: (lab: string) => readonly string[],
): ExpiringStack[][] {
  const waves: ExpiringStack[][] = [];
  for (let standing = stacks; standing.length > 0; ) {
    const wave = deletableNow(standing, needs);
    if (wave.length === 0) throw new Error('labs need each other in a circle');
    waves.push(wave);
    standing = standing.filter((stack) => !wave.includes(stack));
  }
  return waves;
}

/** What makes something: no part of a deletion. */
const MAKES =
  /:(?:Create|Run|Allocate|Pass|Start|Attach|Associate|Authorize|Import|Register|Copy|Restore|Tag|Add|Enable|Purchase|Invite|Accept|Assume|Send|Generate|Simulate|Reset|Rotate)/;

/** What the labs' deletion needs, and only while CloudFormation asks for it (aws:CalledVia). */
export const throughCloudFormation = (permissions: readonly Permission[]): Permission[] =>
  permissions
    .map(({ actions, ...rest }) => ({ ...rest, actions: actions.filter((action) => !MAKES.test(action)) }))
    .filter(({ actions }) => actions.length > 0)
    .map(({ conditions = {}, ...rest }) => ({
      ...rest,
      conditions: {
        ...conditions,
        'ForAnyValue:StringEquals': {
          ...conditions['ForAnyValue:StringEquals'],
          'aws:CalledVia': ['cloudformation.amazonaws.com'],
        },
      },
    }));

// On AWS: the run's stacks are deleted when its time is up, by EventBridge Scheduler, whether the laptop is on or off.

import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  GetPolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  CreateScheduleGroupCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { messageOf } from '../core/errors';
import type { RunScope } from '../core/run';
import { type Aws, unlessGone } from '../kit';
import { type ExpiringStack, expiryName, type PlannedSchedule, planExpiry, STACKS_POLICY } from './plan';

export interface Expiring {
  readonly aws: Aws;
  readonly scope: RunScope;
  readonly waves: readonly (readonly ExpiringStack[])[];
  readonly expires: Date;
  /** What the deletion of the stacks needs, in documents that IAM takes. */
  readonly documents: readonly object[];
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** IAM's names for what is there already. */
const THERE = ['EntityAlreadyExistsException', 'EntityAlreadyExists', 'ConflictException'];
/** The default for a role (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, 2026-11-25). */
const MOST_POLICIES = 10;
/** A new role is not known to Scheduler for some seconds. */
const ROLE_TRIES = 12;
const ROLE_PAUSE = { local: 100, aws: 5000 } as const;

/** Makes role, group and schedules, or moves those that are there to another time. Returns the number of schedules. */
export async function scheduleExpiry(expiring: Expiring): Promise<number> {
  const { aws, scope, waves, expires, documents } = expiring;
  if (documents.length > MOST_POLICIES) {
    throw new Error(
      `the rights to delete these labs need ${documents.length} policies, and a role holds ${MOST_POLICIES}`,
    );
  }
  const { RoleArn, policyArns } = await makeRole(expiring);
  const schedules = planExpiry(scope, waves, { expires, policyArns, home: aws.region });
  for (const region of new Set(schedules.map((schedule) => schedule.region))) {
    const group = new CreateScheduleGroupCommand({ Name: expiryName(scope), Tags: [tagOf(scope)] });
    await unlessGone(THERE, () => aws.client(SchedulerClient, region).send(group));
  }
  for (const schedule of schedules) await put(expiring, schedule, RoleArn);
  return schedules.length;
}

const tagOf = ({ tag }: RunScope) => ({ Key: tag.key, Value: tag.value });

/** One-time schedules remove themselves; "at" is without a zone, and means UTC (Scheduler user guide, 2026-11-25). */
const inputOf = (scope: RunScope, { name, at, target, input }: PlannedSchedule, RoleArn: string) =>
  ({
    Name: name,
    GroupName: expiryName(scope),
    ScheduleExpression: `at(${at.toISOString().slice(0, 19)})`,
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'DELETE',
    Target: {
      Arn: target,
      RoleArn,
      Input: JSON.stringify(input),
      RetryPolicy: { MaximumRetryAttempts: 20, MaximumEventAgeInSeconds: 3600 },
    },
  }) satisfies CreateScheduleCommandInput;

async function put(expiring: Expiring, schedule: PlannedSchedule, RoleArn: string): Promise<void> {
  const client = expiring.aws.client(SchedulerClient, schedule.region);
  const input = inputOf(expiring.scope, schedule, RoleArn);
  try {
    await onceRoleIsKnown(expiring, () => client.send(new CreateScheduleCommand(input)));
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ConflictException') throw error;
    await client.send(new UpdateScheduleCommand(input));
  }
}

async function onceRoleIsKnown({ aws, sleep }: Expiring, create: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await create();
      return;
    } catch (error) {
      if (!/execution role/i.test(messageOf(error)) || attempt === ROLE_TRIES) throw error;
      await sleep(ROLE_PAUSE[aws.target]);
    }
  }
}

interface MadeRole {
  readonly RoleArn: string;
  readonly policyArns: readonly string[];
}

/** A role for the schedules of this run alone, that can delete this run's stacks alone, and what they hold through them. */
async function makeRole({ aws, scope, documents }: Expiring): Promise<MadeRole> {
  const client = aws.client(IAMClient);
  const RoleName = expiryName(scope);
  await unlessGone(THERE, () =>
    client.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: JSON.stringify(trust(aws, scope)),
        Description: `Deletes the stacks of run ${scope.run} when its time is up`,
        Tags: [tagOf(scope)],
      }),
    ),
  );
  const policyArns = await Promise.all(documents.map((document, index) => makePolicy(aws, scope, document, index + 1)));
  const PolicyDocument = JSON.stringify(stacksPolicy(aws, scope));
  await client.send(new PutRolePolicyCommand({ RoleName, PolicyName: STACKS_POLICY, PolicyDocument }));
  for (const PolicyArn of policyArns) await client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  return { RoleArn: `arn:aws:iam::${aws.account}:role/${RoleName}`, policyArns };
}

async function makePolicy(aws: Aws, scope: RunScope, document: object, number: number): Promise<string> {
  const client = aws.client(IAMClient);
  const PolicyName = `${expiryName(scope)}-${number}`;
  const PolicyArn = `arn:aws:iam::${aws.account}:policy/${PolicyName}`;
  await unlessGone(THERE, () =>
    client.send(
      new CreatePolicyCommand({ PolicyName, PolicyDocument: JSON.stringify(document), Tags: [tagOf(scope)] }),
    ),
  );
  await client.send(new GetPolicyCommand({ PolicyArn }));
  return PolicyArn;
}

const trust = ({ account }: Aws, scope: RunScope) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'scheduler.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: { 'aws:SourceArn': `arn:aws:scheduler:*:${account}:schedule-group/${expiryName(scope)}` },
      },
    },
  ],
});

const stacksPolicy = ({ account }: Aws, scope: RunScope) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'cloudformation:DeleteStack',
      Resource: `arn:aws:cloudformation:*:${account}:stack/${scope.prefix}-*/*`,
    },
    {
      Effect: 'Allow',
      Action: ['iam:DeleteRolePolicy', 'iam:DetachRolePolicy'],
      Resource: `arn:aws:iam::${account}:role/${expiryName(scope)}`,
    },
  ],
});

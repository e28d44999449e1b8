// What guards a stack: triggers, a policy, protection from deletion; and whether an update was taken back without a failure.

import { GetStackPolicyCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { type Aws, collect, items, type RunScope } from '../../../lib/kit';
import { cloudFormation, type Event, eventsOf, learners, stacksOfRun } from './stacks';

export interface Guarded {
  readonly stack: string;
  readonly status: string;
  /** How many alarms it rolls back on, and how many of them are there. */
  readonly triggers: number;
  readonly alarms: number;
  readonly monitoredMinutes: number;
  readonly policy: string | undefined;
  readonly protected: boolean;
  /** Was an update rolled back though no resource had failed? */
  readonly rolledBack: boolean;
}

export async function guarded(aws: Aws, scope: RunScope): Promise<Guarded[]> {
  const pages = paginateDescribeAlarms({ client: aws.client(CloudWatchClient) }, { AlarmTypes: ['MetricAlarm'] });
  const alarms = new Set((await collect(items(pages, (page) => page.MetricAlarms))).map(({ AlarmArn }) => AlarmArn));
  const found: Guarded[] = [];
  for (const stack of learners(await stacksOfRun(aws, scope))) {
    if (stack.status === 'REVIEW_IN_PROGRESS') continue;
    const { StackPolicyBody: policy } = await cloudFormation(aws).send(
      new GetStackPolicyCommand({ StackName: stack.id }),
    );
    found.push({
      stack: stack.name,
      status: stack.status,
      triggers: stack.triggers.length,
      alarms: stack.triggers.filter((arn) => alarms.has(arn)).length,
      monitoredMinutes: stack.monitoredMinutes,
      policy,
      protected: stack.protected,
      rolledBack: stack.triggers.length > 0 && rolledBackUnharmed(await eventsOf(aws, stack.id)),
    });
  }
  return found;
}

/** An update that ends in a rollback without a resource that failed was called off: by a trigger, or by somebody. */
export function rolledBackUnharmed(events: readonly Event[]): boolean {
  let failed = false;
  for (const { ofStack, status } of events) {
    if (ofStack && status === 'UPDATE_IN_PROGRESS') failed = false;
    if (!ofStack && status.endsWith('_FAILED')) failed = true;
    if (ofStack && status === 'UPDATE_ROLLBACK_IN_PROGRESS' && !failed) return true;
  }
  return false;
}

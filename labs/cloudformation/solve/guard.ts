// The exercise on guards → a stack with a trigger, a policy and protection, and an update that its alarm takes back.

import {
  DescribeStacksCommand,
  SetStackPolicyCommand,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { type Aws, meets, type RunScope, waitUntil } from '../../../lib/kit';
import { guarded } from '../observe/guards';
import { cloudFormation, eventsOf, type Stack } from '../observe/stacks';
import { GUARDED } from '../operations-demands';
import { parametersOf, stackFrom } from './stack';

const WAIT = 900;
const MINUTES = 1;

/** Everything may be changed; nothing may be replaced or deleted by an update. */
const POLICY = {
  Statement: [
    { Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' },
    { Effect: 'Deny', Action: ['Update:Replace', 'Update:Delete'], Principal: '*', Resource: '*' },
  ],
};

export async function guard(aws: Aws, scope: RunScope): Promise<void> {
  if ((await guarded(aws, scope)).some((one) => meets(one, GUARDED))) return;
  const alarm = `${scope.prefix}-brake`;
  const RollbackConfiguration = {
    RollbackTriggers: [{ Arn: await arnOf(aws, alarm), Type: 'AWS::CloudWatch::Alarm' }],
    MonitoringTimeInMinutes: MINUTES,
  };
  const more = { RollbackConfiguration, StackPolicyBody: JSON.stringify(POLICY), EnableTerminationProtection: true };
  const stack = await stackFrom(aws, scope, { thing: 'guarded', file: 'settings.yaml', more });
  await complete(aws, stack);
  await cloudFormation(aws).send(
    new UpdateStackCommand({
      StackName: stack.id,
      UsePreviousTemplate: true,
      Parameters: parametersOf({ Greeting: 'a bad idea' }),
      RollbackConfiguration,
    }),
  );
  await pullTheBrake(aws, stack, alarm);
}

/** What a stack that was made without guards still lacks. */
async function complete(aws: Aws, { id, protected: isProtected }: Stack): Promise<void> {
  const client = cloudFormation(aws);
  if (!isProtected) {
    await client.send(new UpdateTerminationProtectionCommand({ StackName: id, EnableTerminationProtection: true }));
  }
  await client.send(new SetStackPolicyCommand({ StackName: id, StackPolicyBody: JSON.stringify(POLICY) }));
}

async function arnOf(aws: Aws, name: string): Promise<string> {
  const { MetricAlarms = [] } = await aws
    .client(CloudWatchClient)
    .send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
  const arn = MetricAlarms[0]?.AlarmArn;
  if (arn === undefined) throw new Error(`the alarm ${name} is not there`);
  return arn;
}

/** Once every resource is changed, and before the watch is over. */
async function pullTheBrake(aws: Aws, { id }: Stack, AlarmName: string): Promise<void> {
  const set = (StateValue: 'ALARM' | 'OK') =>
    aws.client(CloudWatchClient).send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'by hand' }));
  await waitUntil(aws, { for: 'the update to change its resource', seconds: WAIT }, async () => {
    const events = await eventsOf(aws, id);
    return events.some(({ ofStack, status }) => !ofStack && status === 'UPDATE_COMPLETE');
  });
  await set('ALARM');
  try {
    await waitUntil(aws, { for: 'the update to be rolled back', seconds: WAIT }, async () => {
      const { Stacks = [] } = await cloudFormation(aws).send(new DescribeStacksCommand({ StackName: id }));
      const status = Stacks[0]?.StackStatus ?? '';
      if (status === 'UPDATE_COMPLETE') throw new Error('the update was complete before the alarm was seen');
      return status === 'UPDATE_ROLLBACK_COMPLETE';
    });
  } finally {
    await set('OK');
  }
}

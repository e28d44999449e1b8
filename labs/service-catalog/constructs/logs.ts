// What the product is: a log group; from the second version on, with a topic for alerts. Empty, both cost nothing.

import { CfnOutput, CfnParameter, Stack } from 'aws-cdk-lib';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { RETENTION } from '../facts';

export class Logs extends Construct {
  constructor(parent: Construct, id: string, { alerts }: { readonly alerts: boolean }) {
    super(parent, id);
    const stack = Stack.of(this);
    const days = new CfnParameter(stack, RETENTION.parameter, {
      type: 'Number',
      description: 'Days for which the log group keeps what is written to it',
      default: RETENTION.allowed[0],
      // Those that CloudWatch Logs takes up to a year; the catalogue lets fewer of them pass.
      allowedValues: ['1', '3', '5', '7', '14', '30', '60', '90', '120', '150', '180', '365'],
    });
    // No names: whoever launches the product twice gets two.
    const group = new CfnLogGroup(this, 'Group', { retentionInDays: days.valueAsNumber });
    new CfnOutput(stack, 'LogGroup', { value: group.ref, description: 'Where programs write to' });
    if (!alerts) return;
    const topic = new CfnTopic(this, 'Alerts', {});
    new CfnOutput(stack, 'AlertTopic', { value: topic.ref, description: 'Who subscribes is told what goes wrong' });
  }
}

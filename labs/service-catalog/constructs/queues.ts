// What the product is: a queue; from the second version on, with a second one for what cannot be worked on. Costs nothing.

import { CfnOutput, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { VISIBILITY } from '../facts';

const KEPT = Duration.days(1).toSeconds();

export class Queues extends Construct {
  constructor(parent: Construct, id: string, { deadLetters }: { readonly deadLetters: boolean }) {
    super(parent, id);
    const stack = Stack.of(this);
    const seconds = new CfnParameter(stack, VISIBILITY.parameter, {
      type: 'Number',
      description: 'How long a message that was read stays hidden from other readers',
      default: Number(VISIBILITY.allowed[0]),
      minValue: 0,
      maxValue: 43_200,
    });
    // No names: whoever launches the product twice gets two queues.
    const dead = deadLetters ? new CfnQueue(this, 'Dead', { messageRetentionPeriod: KEPT, ...ENCRYPTED }) : undefined;
    const queue = new CfnQueue(this, 'Queue', {
      visibilityTimeout: seconds.valueAsNumber,
      messageRetentionPeriod: KEPT,
      ...ENCRYPTED,
      ...(dead === undefined ? {} : { redrivePolicy: { deadLetterTargetArn: dead.attrArn, maxReceiveCount: 3 } }),
    });
    new CfnOutput(stack, 'QueueUrl', { value: queue.ref, description: 'Where messages are sent to' });
  }
}

const ENCRYPTED = { sqsManagedSseEnabled: true };

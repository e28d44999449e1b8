// A queue that differs by stage: parameters with limits, one that is never shown, a condition, an output that others import.

import { CfnCondition, CfnOutput, CfnParameter, Fn, Token } from 'aws-cdk-lib';
import { CfnSubscription, CfnTopic } from 'aws-cdk-lib/aws-sns';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface OrdersProps {
  /** The name under which other stacks import the queue's ARN. */
  readonly export: string;
}

const DAY = 86_400;
const NOBODY = 'none';

export class Orders extends Construct {
  constructor(parent: Construct, id: string, props: OrdersProps) {
    super(parent, id);
    const stage = new CfnParameter(this, 'Stage', {
      description: 'Where this queue is used; in prod it keeps messages longer',
      default: 'dev',
      allowedValues: ['dev', 'test', 'prod'],
    });
    const isProd = new CfnCondition(this, 'IsProd', { expression: Fn.conditionEquals(stage, 'prod') });
    const queue = new CfnQueue(this, 'Queue', {
      messageRetentionPeriod: Token.asNumber(Fn.conditionIf(isProd.logicalId, 14 * DAY, 4 * DAY)),
      sqsManagedSseEnabled: true,
    });
    this.tellSomebody(new CfnTopic(this, 'News'));
    new CfnOutput(this, 'QueueArn', {
      description: 'What other stacks import',
      value: queue.attrArn,
      exportName: props.export,
    });
  }

  private tellSomebody({ ref: topicArn }: CfnTopic): void {
    const contact = new CfnParameter(this, 'Contact', {
      description: 'An e-mail address that hears of each message, or none; never shown',
      default: NOBODY,
      noEcho: true,
    });
    const has = new CfnCondition(this, 'HasContact', {
      expression: Fn.conditionNot(Fn.conditionEquals(contact, NOBODY)),
    });
    const subscription = new CfnSubscription(this, 'Subscription', {
      topicArn,
      protocol: 'email',
      endpoint: contact.valueAsString,
    });
    subscription.cfnOptions.condition = has;
  }
}

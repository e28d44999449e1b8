// What Systems Manager does is told: EventBridge sees commands end, and passes it on to a topic.

import { Stack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export class Telling extends Construct {
  constructor(parent: Construct, id: string, named: (thing: string) => string) {
    super(parent, id);
    const topic = new CfnTopic(this, 'Topic', { topicName: named('commands') });
    const rule = new CfnRule(this, 'Rule', {
      name: named('commands'),
      description: 'Commands that Run Command has seen to an end',
      eventPattern: {
        source: ['aws.ssm'],
        'detail-type': ['EC2 Command Status-change Notification'],
        detail: { status: ['Success', 'Failed', 'TimedOut', 'Cancelled'] },
      },
      targets: [{ id: 'topic', arn: topic.ref }],
    });
    new CfnTopicPolicy(this, 'TopicPolicy', {
      topics: [topic.ref],
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sns:Publish',
            Resource: topic.ref,
            Condition: {
              ArnEquals: { 'aws:SourceArn': rule.attrArn },
              StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
            },
          },
        ],
      },
    });
  }
}

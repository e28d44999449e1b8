// What tells of the database: a topic, events that go there, alarms and a dashboard.

import { Stack } from 'aws-cdk-lib';
import { CfnAlarm, CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnEventSubscription } from 'aws-cdk-lib/aws-rds';
import { CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { ALARMS, EVENTS } from '../facts';

const FIVE_MINUTES = 300;

/** A topic that nobody is subscribed to yet; RDS and CloudWatch of this account may write to it. */
export class Notices extends Construct {
  readonly topic: CfnTopic;

  constructor(parent: Construct, id: string, name: string) {
    super(parent, id);
    this.topic = new CfnTopic(this, 'Topic', { topicName: name });
    const services = ['events.rds.amazonaws.com', 'cloudwatch.amazonaws.com'];
    new CfnTopicPolicy(this, 'Policy', {
      topics: [this.topic.ref],
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: services },
            Action: 'sns:Publish',
            Resource: this.topic.ref,
            Condition: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
          },
        ],
      },
    });
  }
}

export interface WatchProps {
  readonly database: string;
  readonly topicArn: string;
  readonly named: (thing: string) => string;
}

export class Watch extends Construct {
  constructor(parent: Construct, id: string, { database, topicArn, named }: WatchProps) {
    super(parent, id);
    for (const { metric, name, threshold, comparison } of ALARMS) {
      new CfnAlarm(this, metric, {
        alarmName: named(name),
        alarmDescription: `${metric} of the database, for ten minutes`,
        namespace: 'AWS/RDS',
        metricName: metric,
        dimensions: [{ name: 'DBInstanceIdentifier', value: database }],
        statistic: 'Average',
        period: FIVE_MINUTES,
        evaluationPeriods: 2,
        threshold,
        comparisonOperator: comparison,
        alarmActions: [topicArn],
      });
    }
    new CfnEventSubscription(this, 'Events', {
      subscriptionName: named('database'),
      snsTopicArn: topicArn,
      sourceType: 'db-instance',
      sourceIds: [database],
      eventCategories: [...EVENTS],
      enabled: true,
    });
    const { region } = Stack.of(this);
    new CfnDashboard(this, 'Dashboard', {
      dashboardName: named('database'),
      dashboardBody: Stack.of(this).toJsonString({
        widgets: ALARMS.map(({ metric }, index) => ({
          type: 'metric',
          x: index * 8,
          y: 0,
          width: 8,
          height: 6,
          properties: {
            title: metric,
            region,
            stat: 'Average',
            period: FIVE_MINUTES,
            metrics: [['AWS/RDS', metric, 'DBInstanceIdentifier', database]],
          },
        })),
      }),
    });
  }
}

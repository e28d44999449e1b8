// What watches the machine: two alarms and a dashboard. Basic monitoring, five minutes apart, is free.

import { Stack } from 'aws-cdk-lib';
import { CfnAlarm, CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';

export interface WatchProps {
  readonly instanceId: string;
  readonly named: (thing: string) => string;
}

const FIVE_MINUTES = 300;

export class Watch extends Construct {
  constructor(parent: Construct, id: string, { instanceId, named }: WatchProps) {
    super(parent, id);
    const { partition, region } = Stack.of(this);
    const onInstance = {
      namespace: 'AWS/EC2',
      dimensions: [{ name: 'InstanceId', value: instanceId }],
      period: FIVE_MINUTES,
      evaluationPeriods: 2,
      comparisonOperator: 'GreaterThanThreshold',
    };
    new CfnAlarm(this, 'CpuHigh', {
      ...onInstance,
      alarmName: named('cpu-high'),
      alarmDescription: 'The machine has been busy for ten minutes',
      metricName: 'CPUUtilization',
      statistic: 'Average',
      threshold: 80,
    });
    new CfnAlarm(this, 'StatusCheckFailed', {
      ...onInstance,
      alarmName: named('status-check-failed'),
      alarmDescription: 'The host under the machine is broken; EC2 moves it to another',
      // Recovery is offered for the system check only, not for StatusCheckFailed as a whole.
      metricName: 'StatusCheckFailed_System',
      statistic: 'Maximum',
      threshold: 0,
      alarmActions: [`arn:${partition}:automate:${region}:ec2:recover`],
    });
    new CfnDashboard(this, 'Dashboard', {
      dashboardName: named('machine'),
      dashboardBody: Stack.of(this).toJsonString({ widgets: [widget('CPUUtilization', 0), widget('NetworkIn', 12)] }),
    });

    function widget(metric: string, x: number): object {
      return {
        type: 'metric',
        x,
        y: 0,
        width: 12,
        height: 6,
        properties: {
          title: metric,
          region,
          stat: 'Average',
          period: FIVE_MINUTES,
          metrics: [['AWS/EC2', metric, 'InstanceId', instanceId]],
        },
      };
    }
  }
}

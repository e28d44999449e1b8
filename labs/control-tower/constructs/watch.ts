// The trail, what is counted in its log group, the alarm on it, and a page that shows it.

import { Stack } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { CfnAlarm, CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnMetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { dashboardBody, METRIC, PERIOD, WORRYING } from '../facts';
import type { Archive } from './archive';

export interface WatchProps {
  readonly archive: Archive;
  readonly named: (thing: string) => string;
}

export class Watch extends Construct {
  constructor(parent: Construct, id: string, { archive, named }: WatchProps) {
    super(parent, id);
    const { bucket, policy, group, role } = archive;
    const trail = new CfnTrail(this, 'Trail', {
      trailName: named('events'),
      s3BucketName: bucket.ref,
      isLogging: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      cloudWatchLogsLogGroupArn: group.attrArn,
      cloudWatchLogsRoleArn: role.attrArn,
    });
    // CloudTrail tries to write as the trail is made.
    trail.addResourceDependency(policy);
    const metricNamespace = named('events');
    new CfnMetricFilter(this, 'Worrying', {
      filterName: named('worrying'),
      logGroupName: group.ref,
      filterPattern: WORRYING,
      metricTransformations: [{ metricName: METRIC, metricNamespace, metricValue: '1', defaultValue: 0 }],
    });
    new CfnAlarm(this, 'Alarm', {
      alarmName: named('worrying'),
      alarmDescription: 'The root user did something, or somebody logged in without a second factor',
      namespace: metricNamespace,
      metricName: METRIC,
      statistic: 'Sum',
      period: PERIOD,
      evaluationPeriods: 1,
      threshold: 0,
      comparisonOperator: 'GreaterThanThreshold',
      treatMissingData: 'notBreaching',
    });
    new CfnDashboard(this, 'Dashboard', {
      dashboardName: named('events'),
      dashboardBody: JSON.stringify(dashboardBody(Stack.of(this).region, metricNamespace)),
    });
  }
}

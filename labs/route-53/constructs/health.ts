// Whether the site is up: an alarm on a metric, a health check on the alarm, and an alarm on the health check.

import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnHealthCheck } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { HOME, SITE_DOWN } from '../facts';

export interface HealthProps {
  readonly run: string;
  readonly named: (thing: string) => string;
}

const MINUTE = 60;

export class Health extends Construct {
  readonly check: CfnHealthCheck;

  constructor(parent: Construct, id: string, { run, named }: HealthProps) {
    super(parent, id);
    const down = new CfnAlarm(this, 'SiteDown', {
      alarmName: named('site-down'),
      alarmDescription: 'Somebody reported that the site is down',
      namespace: SITE_DOWN.namespace,
      metricName: SITE_DOWN.metric,
      dimensions: [{ name: 'Run', value: run }],
      statistic: 'Maximum',
      period: MINUTE,
      evaluationPeriods: 1,
      threshold: 0,
      comparisonOperator: 'GreaterThanThreshold',
      treatMissingData: 'notBreaching',
    });
    // A check on an alarm needs no endpoint, and costs the same whatever it watches.
    this.check = new CfnHealthCheck(this, 'Check', {
      healthCheckConfig: {
        type: 'CLOUDWATCH_METRIC',
        alarmIdentifier: { name: down.ref, region: HOME },
        insufficientDataHealthStatus: 'Healthy',
      },
      healthCheckTags: [{ key: 'Name', value: named('site') }],
    });
    new CfnAlarm(this, 'Unhealthy', {
      alarmName: named('site-unhealthy'),
      alarmDescription: 'The health check of the site fails: the zone answers with the secondary',
      namespace: 'AWS/Route53',
      metricName: 'HealthCheckStatus',
      dimensions: [{ name: 'HealthCheckId', value: this.check.ref }],
      statistic: 'Minimum',
      period: MINUTE,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: 'LessThanThreshold',
      treatMissingData: 'notBreaching',
    });
  }
}

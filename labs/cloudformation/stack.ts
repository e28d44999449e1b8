// What the exercises need: a bucket for templates, an alarm to roll back on, the roles of a stack set. In full, two are solved.

import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { CLOSED_BUCKET, LabStack, type LabStackProps } from '../../lib/kit/stack';
import { Orders } from './constructs/orders';
import { Regional } from './constructs/regional';

export class CloudFormationStack extends LabStack {
  constructor(parent: Construct, id: string, props: LabStackProps) {
    super(parent, id, props);
    const full = this.form === 'full';
    this.templatesBucket();
    this.brake();
    new Regional(this, 'Regional', { named: (thing) => this.named(thing), prefix: this.run.prefix, deployed: full });
    if (full) new Orders(this, 'Orders', { export: this.named('orders-queue-arn') });
  }

  /** A nested stack's template is fetched from S3. */
  private templatesBucket(): void {
    new CfnBucket(this, 'Templates', {
      ...CLOSED_BUCKET,
      bucketName: this.named('templates'),
    });
  }

  /** Nothing writes its metric, and missing data leave it as it is: its state is what somebody sets it to. */
  private brake(): void {
    new CfnAlarm(this, 'Brake', {
      alarmName: this.named('brake'),
      alarmDescription: 'Set to ALARM by hand, while an update is watched',
      namespace: this.named('practice'),
      metricName: 'Errors',
      statistic: 'Sum',
      period: 60,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      treatMissingData: 'ignore',
    });
  }
}

// A bucket that AWS Backup's reports may be put into, and the plan that has them written once a day.

import { Aws, Stack } from 'aws-cdk-lib';
import { CfnReportPlan } from 'aws-cdk-lib/aws-backup';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { reportPlanName } from '../facts';

/** The role that AWS Backup makes for itself when the account's first report plan is made. */
const WRITER = 'role/aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports';

export class ReportBucket extends Construct {
  readonly bucket: CfnBucket;

  constructor(parent: Construct, id: string, name: string) {
    super(parent, id);
    this.bucket = new CfnBucket(this, 'Bucket', {
      // Names of buckets are shared by all accounts.
      bucketName: `${name}-${Aws.ACCOUNT_ID}`,
      publicAccessBlockConfiguration: {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
    });
    new CfnBucketPolicy(this, 'BucketPolicy', {
      bucket: this.bucket.ref,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: `arn:${Stack.of(this).partition}:iam::${Aws.ACCOUNT_ID}:${WRITER}` },
            Action: 's3:PutObject',
            Resource: `${this.bucket.attrArn}/*`,
            Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
          },
        ],
      },
    });
  }
}

export const reportPlan = (parent: Construct, prefix: string, bucket: CfnBucket): CfnReportPlan =>
  new CfnReportPlan(parent, 'ReportPlan', {
    reportPlanName: reportPlanName(prefix),
    reportPlanDescription: 'What the backup jobs of the account did',
    reportSetting: { ReportTemplate: 'BACKUP_JOB_REPORT' },
    reportDeliveryChannel: { S3BucketName: bucket.ref, Formats: ['CSV'] },
  });

// A versioned bucket, and the plan that can bring it back as it was at any second of its retention.

import { Aws, Stack } from 'aws-cdk-lib';
import { CfnBackupPlan, CfnBackupSelection } from 'aws-cdk-lib/aws-backup';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CLOSED_BUCKET } from '../../../lib/kit/stack';
import { BACKS_UP_BUCKETS, DAILY, KEPT_DAYS, RESTORES_BUCKETS, TIME_ZONE } from '../facts';
import { trustedBy } from './ground';

/** What is to be kept, and the role for it: S3's policies are not those of volumes. */
export class Archive extends Construct {
  readonly bucket: CfnBucket;
  readonly role: CfnRole;

  constructor(parent: Construct, id: string, named: (thing: string) => string) {
    super(parent, id);
    this.bucket = new CfnBucket(this, 'Bucket', {
      // Names of buckets are shared by all accounts.
      bucketName: `${named('documents')}-${Aws.ACCOUNT_ID}`,
      versioningConfiguration: { status: 'Enabled' },
      publicAccessBlockConfiguration: CLOSED_BUCKET.publicAccessBlockConfiguration,
    });
    this.role = new CfnRole(this, 'Role', {
      roleName: named('backup-s3'),
      description: 'AWS Backup keeps and restores the bucket of the lab with it',
      assumeRolePolicyDocument: trustedBy('backup.amazonaws.com'),
      managedPolicyArns: [BACKS_UP_BUCKETS, RESTORES_BUCKETS].map(
        (policy) => `arn:${Stack.of(this).partition}:iam::aws:policy/${policy}`,
      ),
    });
  }
}

export interface ContinuousProps {
  readonly named: (thing: string) => string;
  readonly vault: string;
  readonly archive: Archive;
}

export class Continuous extends Construct {
  constructor(parent: Construct, id: string, { named, vault, archive }: ContinuousProps) {
    super(parent, id);
    const plan = new CfnBackupPlan(this, 'Plan', {
      backupPlan: {
        backupPlanName: named('continuous'),
        backupPlanRule: [
          {
            ruleName: 'continuous',
            targetBackupVault: vault,
            scheduleExpression: DAILY,
            scheduleExpressionTimezone: TIME_ZONE,
            enableContinuousBackup: true,
            lifecycle: { deleteAfterDays: KEPT_DAYS },
          },
        ],
      },
    });
    new CfnBackupSelection(this, 'Documents', {
      backupPlanId: plan.attrBackupPlanId,
      backupSelection: {
        selectionName: named('documents'),
        iamRoleArn: archive.role.attrArn,
        resources: [archive.bucket.attrArn],
      },
    });
  }
}

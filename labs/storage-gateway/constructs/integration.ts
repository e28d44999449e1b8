// What a file share needs of the cloud: a bucket, the role that the gateway takes on to reach it, a place for its audit log.

import { Fn } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CLOSED_BUCKET } from '../../../lib/kit/stack';
import { ARCHIVE_AFTER, ARCHIVE_CLASS, accessPolicy, tlsPolicy, trustPolicy } from '../facts';

export interface IntegrationProps {
  readonly account: string;
  readonly bucketName: string;
  readonly roleName: string;
  readonly logGroupName: string;
}

export class Integration extends Construct {
  constructor(parent: Construct, id: string, { account, bucketName, roleName, logGroupName }: IntegrationProps) {
    super(parent, id);
    const bucket = this.bucket(bucketName);
    const objects = Fn.join('', [bucket.attrArn, '/*']);
    new CfnBucketPolicy(this, 'TlsOnly', { bucket: bucket.ref, policyDocument: tlsPolicy(bucket.attrArn, objects) });
    new CfnRole(this, 'Role', {
      roleName,
      description: 'What the file shares of the Storage Gateway lab may do with their bucket',
      assumeRolePolicyDocument: trustPolicy(account),
      policies: [{ policyName: 'bucket', policyDocument: accessPolicy(bucket.attrArn, objects) }],
    });
    new CfnLogGroup(this, 'AuditLog', { logGroupName, retentionInDays: 7 });
  }

  private bucket(bucketName: string): CfnBucket {
    return new CfnBucket(this, 'Bucket', {
      bucketName,
      // A file that is overwritten through the share can be brought back.
      versioningConfiguration: { status: 'Enabled' },
      publicAccessBlockConfiguration: CLOSED_BUCKET.publicAccessBlockConfiguration,
      bucketEncryption: CLOSED_BUCKET.bucketEncryption,
      lifecycleConfiguration: {
        rules: [
          {
            id: 'archive',
            status: 'Enabled',
            prefix: '',
            transitions: [{ storageClass: ARCHIVE_CLASS, transitionInDays: ARCHIVE_AFTER }],
            noncurrentVersionExpiration: { noncurrentDays: 7 },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          },
        ],
      },
    });
  }
}

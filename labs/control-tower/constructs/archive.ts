// Where a trail writes: a bucket that only this trail may write to, a log group, and the role that writes there.

import { Stack } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CLOSED_BUCKET } from '../../../lib/kit/stack';

const DAYS = 30;

export class Archive extends Construct {
  readonly bucket: CfnBucket;
  readonly policy: CfnBucketPolicy;
  readonly group: CfnLogGroup;
  readonly role: CfnRole;

  constructor(parent: Construct, id: string, { named }: { readonly named: (thing: string) => string }) {
    super(parent, id);
    const { account, partition, region } = Stack.of(this);
    this.bucket = new CfnBucket(this, 'Bucket', {
      ...CLOSED_BUCKET,
      bucketName: `${named('log-archive')}-${account}`,
      lifecycleConfiguration: {
        rules: [
          {
            id: 'expire',
            status: 'Enabled',
            expirationInDays: DAYS,
            noncurrentVersionExpiration: { noncurrentDays: DAYS },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
          },
        ],
      },
      versioningConfiguration: { status: 'Enabled' },
    });
    const trail = `arn:${partition}:cloudtrail:${region}:${account}:trail/${named('events')}`;
    this.policy = new CfnBucketPolicy(this, 'BucketPolicy', {
      bucket: this.bucket.ref,
      policyDocument: { Version: '2012-10-17', Statement: statements(this.bucket.attrArn, account, trail) },
    });
    this.group = new CfnLogGroup(this, 'Group', { logGroupName: named('events'), retentionInDays: 7 });
    this.role = new CfnRole(this, 'Role', {
      roleName: named('trail'),
      description: 'Writes the events of a trail into its log group',
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'cloudtrail.amazonaws.com' },
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'aws:SourceArn': trail } },
          },
        ],
      },
      policies: [
        {
          policyName: 'write',
          policyDocument: {
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: this.group.attrArn },
            ],
          },
        },
      ],
    });
  }
}

/** CloudTrail asks for the ACL and then writes; nobody comes without TLS. */
function statements(bucket: string, account: string, trail: string): object[] {
  const byTheTrail = {
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
  };
  const ofTheTrail = { 'aws:SourceArn': trail };
  return [
    { ...byTheTrail, Action: 's3:GetBucketAcl', Resource: bucket, Condition: { StringEquals: ofTheTrail } },
    {
      ...byTheTrail,
      Action: 's3:PutObject',
      Resource: `${bucket}/AWSLogs/${account}/*`,
      Condition: { StringEquals: { ...ofTheTrail, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    },
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [bucket, `${bucket}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ];
}

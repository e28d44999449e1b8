// The cloud's side of a file share → a bucket, a role and a log group as the exercise wants them.

import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
  waitUntilBucketExists,
} from '@aws-sdk/client-s3';
import { type Aws, meets, patience, type RunScope } from '../../../lib/kit';
import { BUCKETS, rolesFor } from '../demands';
import {
  ARCHIVE_AFTER,
  ARCHIVE_CLASS,
  accessPolicy,
  bucketName,
  logGroupName,
  NAMES,
  tlsPolicy,
  trustPolicy,
} from '../facts';
import { type Bucket, integration } from '../observe/integration';
import { runTag } from './ground';

export async function integrate(aws: Aws, scope: RunScope): Promise<void> {
  const seen = await integration(aws, scope);
  const bucket = seen.buckets.find((one) => meets(one, BUCKETS))?.name ?? (await makeBucket(aws, scope, seen.buckets));
  const sound = (await integration(aws, scope)).buckets.filter(({ name }) => name === bucket);
  if (!seen.roles.some((role) => meets(role, rolesFor(sound)))) await makeRole(aws, scope, bucket);
  if (seen.logGroups.length === 0) await makeLogGroup(aws, scope);
}

/** A new bucket, or one that is there and lacks something. */
async function makeBucket(aws: Aws, scope: RunScope, known: readonly Bucket[]): Promise<string> {
  const client = aws.client(S3Client);
  const Bucket = known[0]?.name ?? bucketName(scope.prefix, aws.account);
  if (known.length === 0) {
    const elsewhere = { LocationConstraint: aws.region as BucketLocationConstraint };
    const place = aws.region === 'us-east-1' ? {} : { CreateBucketConfiguration: elsewhere };
    await client.send(new CreateBucketCommand({ Bucket, ...place }));
    await waitUntilBucketExists({ client, ...patience(aws, 60) }, { Bucket });
    await client.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [runTag(scope)] } }));
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  }
  const everyBlock = {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  };
  await client.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: everyBlock }));
  const arn = `arn:aws:s3:::${Bucket}`;
  await client.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(tlsPolicy(arn, `${arn}/*`)) }));
  await client.send(
    new PutBucketLifecycleConfigurationCommand({
      Bucket,
      LifecycleConfiguration: {
        Rules: [
          {
            ID: 'archive',
            Status: 'Enabled',
            Filter: { Prefix: '' },
            Transitions: [{ Days: ARCHIVE_AFTER, StorageClass: ARCHIVE_CLASS }],
            NoncurrentVersionExpiration: { NoncurrentDays: 7 },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
          },
        ],
      },
    }),
  );
  return Bucket;
}

async function makeRole(aws: Aws, scope: RunScope, bucket: string): Promise<void> {
  const client = aws.client(IAMClient);
  const RoleName = `${scope.prefix}-${NAMES.role}`;
  const trust = JSON.stringify(trustPolicy(aws.account));
  const command = new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust, Tags: [runTag(scope)] });
  try {
    await client.send(command);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'EntityAlreadyExistsException') throw error;
    await client.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust }));
  }
  const arn = `arn:aws:s3:::${bucket}`;
  const PolicyDocument = JSON.stringify(accessPolicy(arn, `${arn}/*`));
  await client.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'bucket', PolicyDocument }));
}

async function makeLogGroup(aws: Aws, scope: RunScope): Promise<void> {
  const client = aws.client(CloudWatchLogsClient);
  const name = logGroupName(scope.prefix);
  const { key, value } = scope.tag;
  await client.send(new CreateLogGroupCommand({ logGroupName: name, tags: { [key]: value } }));
  await client.send(new PutRetentionPolicyCommand({ logGroupName: name, retentionInDays: 7 }));
}

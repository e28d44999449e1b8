// A bucket of the run by its name: the stack's, or one made here as the stack would.

import {
  CreateBucketCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  waitUntilBucketExists,
} from '@aws-sdk/client-s3';
import { type Aws, patience, type RunScope } from '../../../lib/kit';
import { type Bucket, bucketsOfRun, s3 } from '../observe/buckets';

const CLOSED = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };

export async function bucketNamed(aws: Aws, scope: RunScope, thing: string, withLock = false): Promise<Bucket> {
  const name = `${scope.prefix}-${thing}`;
  const known = (await bucketsOfRun(aws, scope)).find((bucket) => bucket.name === name);
  return known ?? createBucket(aws, scope, { name, region: aws.region }, withLock);
}

async function createBucket(aws: Aws, { tag }: RunScope, bucket: Bucket, withLock: boolean): Promise<Bucket> {
  const client = s3(aws, bucket);
  const named = { Bucket: bucket.name };
  await client.send(
    new CreateBucketCommand({
      ...named,
      ObjectLockEnabledForBucket: withLock,
      // us-east-1 is the one region that S3 does not want to be told.
      ...(bucket.region === 'us-east-1'
        ? {}
        : { CreateBucketConfiguration: { LocationConstraint: bucket.region as 'EU' } }),
    }),
  );
  await waitUntilBucketExists({ client, ...patience(aws, 60) }, named);
  await client.send(
    new PutBucketTaggingCommand({ ...named, Tagging: { TagSet: [{ Key: tag.key, Value: tag.value }] } }),
  );
  await client.send(new PutPublicAccessBlockCommand({ ...named, PublicAccessBlockConfiguration: CLOSED }));
  await client.send(new PutBucketVersioningCommand({ ...named, VersioningConfiguration: { Status: 'Enabled' } }));
  return bucket;
}

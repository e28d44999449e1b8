// Exercises on locks → a bucket that locks what is put into it, and one version that outlives its deletion.

import { DeleteObjectCommand, PutObjectCommand, PutObjectLockConfigurationCommand } from '@aws-sdk/client-s3';
import { type Aws, meets, type RunScope } from '../../../lib/kit';
import { LOCKED, PROVEN } from '../demands';
import { LOCK_DAYS } from '../facts';
import { type Bucket, s3 } from '../observe/buckets';
import { lockedVersions, locks } from '../observe/locks';
import { bucketNamed } from './bucket';

const AN_HOUR = 3_600_000;

export async function lock(aws: Aws, scope: RunScope): Promise<void> {
  await lockedBucket(aws, scope);
}

async function lockedBucket(aws: Aws, scope: RunScope): Promise<Bucket> {
  const done = (await locks(aws, scope)).find((one) => meets(one, LOCKED));
  if (done !== undefined) return { name: done.bucket, region: aws.region };
  const bucket = await bucketNamed(aws, scope, 'locked', true);
  await s3(aws, bucket).send(
    new PutObjectLockConfigurationCommand({
      Bucket: bucket.name,
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: LOCK_DAYS } },
      },
    }),
  );
  return bucket;
}

export async function proveLock(aws: Aws, scope: RunScope): Promise<void> {
  if ((await lockedVersions(aws, scope)).some((version) => meets(version, PROVEN))) return;
  const bucket = await lockedBucket(aws, scope);
  const object = { Bucket: bucket.name, Key: 'record.txt' };
  const retention = {
    ObjectLockMode: 'GOVERNANCE',
    ObjectLockRetainUntilDate: new Date(Date.now() + AN_HOUR),
  } as const;
  await s3(aws, bucket).send(new PutObjectCommand({ ...object, ...retention, Body: 'What was written stays.\n' }));
  // Without a version this only hides the key. Naming the version would be refused.
  await s3(aws, bucket).send(new DeleteObjectCommand(object));
}

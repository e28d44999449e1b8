// The exercise on bringing objects back → three small objects put straight into archive classes, and asked back.

import { PutObjectCommand, RestoreObjectCommand } from '@aws-sdk/client-s3';
import { type Aws, type RunScope, unlessGone, waitUntil } from '../../../lib/kit';
import { RETRIEVALS } from '../facts';
import { type Bucket, s3 } from '../observe/buckets';
import { type Archived, archived } from '../observe/restorations';
import { bucketNamed } from './bucket';

/** Restored copies go again after a day. */
const Days = 1;
const BODY = 'A few bytes, so that the minimum of 90 or 180 days costs next to nothing.\n';

export async function retrieve(aws: Aws, scope: RunScope): Promise<void> {
  const bucket = await bucketNamed(aws, scope, 'archive');
  const before = await inBucket(aws, scope, bucket);
  for (const { key, storageClass, tier } of RETRIEVALS) {
    const known = before.find((one) => one.key === key);
    if (known === undefined) {
      const put = new PutObjectCommand({ Bucket: bucket.name, Key: key, Body: BODY, StorageClass: storageClass });
      await s3(aws, bucket).send(put);
    }
    if (known === undefined || known.restoration === 'none') await ask(aws, bucket, key, tier);
  }
  const asked = async () => (await inBucket(aws, scope, bucket)).filter(({ restoration }) => restoration !== 'none');
  const wait = { for: 'three restorations to be under way', seconds: 60 };
  await waitUntil(aws, wait, async () => (await asked()).length >= RETRIEVALS.length);
}

async function inBucket(aws: Aws, scope: RunScope, { name }: Bucket): Promise<Archived[]> {
  return (await archived(aws, scope)).filter(({ bucket }) => bucket === name);
}

/** "RestoreAlreadyInProgress": somebody has asked meanwhile. */
const ask = (aws: Aws, bucket: Bucket, Key: string, Tier: (typeof RETRIEVALS)[number]['tier']): Promise<void> =>
  unlessGone(['RestoreAlreadyInProgress'], () =>
    s3(aws, bucket).send(
      new RestoreObjectCommand({ Bucket: bucket.name, Key, RestoreRequest: { Days, GlacierJobParameters: { Tier } } }),
    ),
  );

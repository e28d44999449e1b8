// Exercises on how objects move by themselves → rules and a configuration of the archive bucket, beside those that it has.

import {
  type LifecycleRule,
  PutBucketIntelligentTieringConfigurationCommand,
  PutBucketLifecycleConfigurationCommand,
} from '@aws-sdk/client-s3';
import { type Aws, meets, type RunScope } from '../../../lib/kit';
import { ARCHIVED_BY_RULE, TIERED } from '../demands';
import { LOGS, MOVES, SHARED, TIERS } from '../facts';
import { type Bucket, s3 } from '../observe/buckets';
import { paths, rulesOf, tierings } from '../observe/lifecycle';
import { bucketNamed } from './bucket';

const ARCHIVE_LOGS: LifecycleRule = {
  ID: 'archive-logs',
  Status: 'Enabled',
  Filter: { Prefix: LOGS },
  Transitions: MOVES.map(({ to, days }) => ({ StorageClass: to, Days: days })),
};
const ABORT_UPLOADS: LifecycleRule = {
  ID: 'abort-uploads',
  Status: 'Enabled',
  Filter: { Prefix: '' },
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
};
const TIER_SHARED: LifecycleRule = {
  ID: 'tier-shared',
  Status: 'Enabled',
  Filter: { Prefix: SHARED },
  Transitions: [{ StorageClass: 'INTELLIGENT_TIERING', Days: 0 }],
};

export async function archive(aws: Aws, scope: RunScope): Promise<void> {
  if ((await paths(aws, scope)).some((path) => meets(path, ARCHIVED_BY_RULE))) return;
  await putRules(aws, await bucketNamed(aws, scope, 'archive'), [ARCHIVE_LOGS, ABORT_UPLOADS]);
}

export async function tier(aws: Aws, scope: RunScope): Promise<void> {
  if ((await tierings(aws, scope)).some((one) => meets(one, TIERED))) return;
  const bucket = await bucketNamed(aws, scope, 'archive');
  await putRules(aws, bucket, [TIER_SHARED]);
  const Id = 'archive-shared';
  await s3(aws, bucket).send(
    new PutBucketIntelligentTieringConfigurationCommand({
      Bucket: bucket.name,
      Id,
      IntelligentTieringConfiguration: {
        Id,
        Status: 'Enabled',
        Filter: { Prefix: SHARED },
        Tierings: TIERS.map(({ tier: AccessTier, days: Days }) => ({ AccessTier, Days })),
      },
    }),
  );
}

/** S3 takes a bucket's rules all at once: what is there under another name stays. */
async function putRules(aws: Aws, bucket: Bucket, wanted: readonly LifecycleRule[]): Promise<void> {
  const names = new Set(wanted.map(({ ID }) => ID));
  const others = (await rulesOf(aws, bucket)).filter(({ ID }) => !names.has(ID));
  const Rules = [...others, ...wanted];
  await s3(aws, bucket).send(
    new PutBucketLifecycleConfigurationCommand({ Bucket: bucket.name, LifecycleConfiguration: { Rules } }),
  );
}

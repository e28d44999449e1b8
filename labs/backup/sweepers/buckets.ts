// Buckets: reports are in one, and documents with all their versions may be in the other. S3 deletes none that is not empty.

import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type ObjectIdentifier,
  S3Client,
} from '@aws-sdk/client-s3';
import { type Aws, items, type Sweeper, unlessGone } from '../../../lib/kit';
import { bucketNames } from '../observe/buckets';

const GONE = ['NoSuchBucket'];
/** As many as one request deletes. */
const AT_ONCE = 1000;

export const buckets: Sweeper = {
  kind: 's3:bucket',
  // A stack's bucket that is not empty refuses the stack.
  beforeStacks: true,
  // What AWS Backup still writes to it goes first.
  after: ['backup:report-plan', 'backup:backup-plan'],

  async *list(aws, scope) {
    for await (const id of bucketNames(aws, scope, scope.owned)) yield { kind: 's3:bucket', id };
  },

  remove: (aws, { id: Bucket }) =>
    unlessGone(GONE, async () => {
      await empty(aws, Bucket);
      await aws.client(S3Client).send(new DeleteBucketCommand({ Bucket }));
    }),
};

async function empty(aws: Aws, Bucket: string): Promise<void> {
  let batch: ObjectIdentifier[] = [];
  // S3 leaves either list out when it is empty.
  const everything = items(versions(aws, Bucket), ({ Versions = [], DeleteMarkers = [] }) => [
    ...Versions,
    ...DeleteMarkers,
  ]);
  for await (const { Key, VersionId } of everything) {
    batch.push({ Key, VersionId });
    if (batch.length === AT_ONCE) {
      await deleteAll(aws, Bucket, batch);
      batch = [];
    }
  }
  await deleteAll(aws, Bucket, batch);
}

/** The SDK has no paginator for it: a page names the key and the version that the next one begins after. */
async function* versions(aws: Aws, Bucket: string): AsyncGenerator<ListObjectVersionsCommandOutput> {
  let after: { readonly KeyMarker?: string | undefined; readonly VersionIdMarker?: string | undefined } = {};
  for (let more = true; more; ) {
    const page = await aws.client(S3Client).send(new ListObjectVersionsCommand({ Bucket, ...after }));
    yield page;
    more = page.IsTruncated === true;
    after = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
}

/** The answer names what could not be deleted, in a request that succeeds. */
async function deleteAll(aws: Aws, Bucket: string, Objects: ObjectIdentifier[]): Promise<void> {
  if (Objects.length === 0) return;
  const command = new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } });
  const { Errors = [] } = await aws.client(S3Client).send(command);
  const [first] = Errors;
  if (first !== undefined) throw new Error(`${Bucket}/${first.Key}: ${first.Code} ${first.Message}`);
}

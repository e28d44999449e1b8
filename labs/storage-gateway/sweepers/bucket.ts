// Buckets of the run with all that lies in them: every version, every delete marker, every upload that was begun.

import {
  AbortMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type ObjectIdentifier,
  paginateListBuckets,
  S3Client,
  waitUntilBucketNotExists,
} from '@aws-sdk/client-s3';
import { type Aws, isMarked, items, patience, type Sweeper, unlessGone } from '../../../lib/kit';

/** S3 leaves the lists of an empty bucket out of its answers (API reference, ListObjectVersions, 2026-11-22). */
const LEFT_OUT = { absentMeansEmpty: true };
/** So many objects go with one request (API reference, DeleteObjects, 2026-11-22). */
const AT_ONCE = 1000;

export const buckets: Sweeper = {
  kind: 's3:bucket',
  // What a gateway still uploads would come after the bucket had been emptied.
  after: ['storagegateway:share', 'storagegateway:gateway'],
  // CloudFormation does not delete a bucket that holds anything.
  beforeStacks: true,

  async *list(aws, scope) {
    const pages = paginateListBuckets({ client: aws.client(S3Client) }, { BucketRegion: aws.region });
    for await (const { Name: id } of items(pages, (page) => page.Buckets)) {
      if (id !== undefined && (isMarked(scope, { names: [id] }) || scope.owned.has(id)))
        yield { kind: 's3:bucket', id };
    }
  },

  remove: (aws, { id: Bucket }) =>
    unlessGone(['NoSuchBucket'], async () => {
      const client = aws.client(S3Client);
      await empty(aws, Bucket);
      await client.send(new DeleteBucketCommand({ Bucket }));
      await waitUntilBucketNotExists({ client, ...patience(aws, 120) }, { Bucket });
    }),
};

async function empty(aws: Aws, Bucket: string): Promise<void> {
  const client = aws.client(S3Client);
  for await (const { Key, UploadId } of items(uploadsOf(client, Bucket), ({ Uploads }) => Uploads, LEFT_OUT)) {
    const abort = new AbortMultipartUploadCommand({ Bucket, Key, UploadId });
    await unlessGone(['NoSuchUpload'], () => client.send(abort));
  }
  let some: ObjectIdentifier[] = [];
  for await (const { Key, VersionId } of items(versionsOf(client, Bucket), everyVersion)) {
    some.push({ Key, VersionId });
    if (some.length === AT_ONCE) {
      await deleteAll(client, Bucket, some);
      some = [];
    }
  }
  if (some.length > 0) await deleteAll(client, Bucket, some);
}

/** The SDK has no paginator for these two: a page that is not the last says where the next one begins. */
async function* uploadsOf(client: S3Client, Bucket: string): AsyncGenerator<ListMultipartUploadsCommandOutput> {
  let next: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } = {};
  for (;;) {
    const page = await client.send(new ListMultipartUploadsCommand({ Bucket, ...next }));
    yield page;
    if (page.IsTruncated !== true) return;
    next = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
  }
}

async function* versionsOf(client: S3Client, Bucket: string): AsyncGenerator<ListObjectVersionsCommandOutput> {
  let next: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (;;) {
    const page = await client.send(new ListObjectVersionsCommand({ Bucket, ...next }));
    yield page;
    if (page.IsTruncated !== true) return;
    next = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
}

const everyVersion = ({ Versions = [], DeleteMarkers = [] }: ListObjectVersionsCommandOutput) => [
  ...Versions,
  ...DeleteMarkers,
];

/** This operation answers 200 even when it refused: what it refused is in the answer. */
async function deleteAll(client: S3Client, Bucket: string, Objects: ObjectIdentifier[]): Promise<void> {
  const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
  const [first] = Errors;
  if (first) throw new Error(`${first.Code}: ${first.Message} (${first.Key})`);
}

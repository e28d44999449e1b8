// Buckets of the run, emptied first: a trail's files keep CloudFormation from deleting theirs.

import {
  AbortMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  paginateListBuckets,
  S3Client,
} from '@aws-sdk/client-s3';
import { isMarked, items, type Sweeper, unlessGone } from '../../../lib/kit';
import { HOME } from '../facts';

export const buckets: Sweeper = {
  kind: 's3:bucket',
  after: ['cloudtrail:trail'],
  regions: [HOME],

  async *list(aws, scope) {
    const pages = paginateListBuckets({ client: aws.client(S3Client) }, { BucketRegion: HOME });
    for await (const { Name: id } of items(pages, (page) => page.Buckets)) {
      if (id !== undefined && (isMarked(scope, { names: [id] }) || scope.owned.has(id)))
        yield { kind: 's3:bucket', id };
    }
  },

  remove: (aws, { id: Bucket }) =>
    unlessGone(['NoSuchBucket'], async () => {
      const client = aws.client(S3Client);
      await abortUploads(client, Bucket);
      await removeVersions(client, Bucket);
      await client.send(new DeleteBucketCommand({ Bucket }));
    }),
};

/** A page of versions is deleted, and the first page is asked for again, until there is none. */
async function removeVersions(client: S3Client, Bucket: string): Promise<void> {
  for (;;) {
    // S3 leaves the lists out that are empty.
    const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
    const [refused] = Errors;
    if (refused) throw new Error(`${refused.Key} in ${Bucket}: ${refused.Message ?? refused.Code}`);
  }
}

/** Aborting takes what was listed away, so that asking again lists the rest. */
async function abortUploads(client: S3Client, Bucket: string): Promise<void> {
  for (;;) {
    const { Uploads = [], IsTruncated } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
    for (const { Key, UploadId } of Uploads) {
      const abort = new AbortMultipartUploadCommand({ Bucket, Key, UploadId });
      await unlessGone(['NoSuchUpload'], () => client.send(abort));
    }
    if (IsTruncated !== true) return;
  }
}

// The run's buckets and what is in them: copies, reports, versions where somebody switched them on, uploads that go on.

import {
  AbortMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  GetBucketTaggingCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  paginateListBuckets,
  S3Client,
} from '@aws-sdk/client-s3';
import { type Aws, collect, isMarked, items, type Sweeper, type SweepScope, unlessGone } from '../../../lib/kit';

const NO_BUCKET = ['NoSuchBucket'];
/** What S3 deletes in one request. */
const AT_ONCE = 1000;
const s3 = (aws: Aws): S3Client => aws.client(S3Client);

/** The run's buckets of this region, by name, stack or tag; and, with the reason, those whose tags may not be read. */
async function* candidates(aws: Aws, scope: SweepScope): AsyncGenerator<Candidate> {
  const pages = paginateListBuckets({ client: s3(aws), pageSize: AT_ONCE }, {});
  for await (const { Name: name = '', BucketRegion = aws.region } of items(pages, (page) => page.Buckets)) {
    if (BucketRegion !== aws.region) continue;
    const known = scope.owned.has(name) || isMarked(scope, { names: [name] });
    const ofRun = known || (await isTagged(aws, scope, name));
    if (ofRun === undefined) yield { name, why: 'its tags may not be read' };
    else if (ofRun) yield { name };
  }
}

interface Candidate {
  readonly name: string;
  readonly why?: string;
}

async function isTagged(aws: Aws, scope: SweepScope, Bucket: string): Promise<boolean | undefined> {
  try {
    const { TagSet } = await s3(aws).send(new GetBucketTaggingCommand({ Bucket }));
    return isMarked(scope, { tags: TagSet });
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'NoSuchTagSet' || name === 'NoSuchBucket') return false;
    if (name === 'AccessDenied') return undefined;
    throw error;
  }
}

async function* ofRun(aws: Aws, scope: SweepScope): AsyncGenerator<string> {
  for await (const { name, why } of candidates(aws, scope)) if (why === undefined) yield name;
}

/** The SDK has no paginators for these two. */
async function* versionPages(aws: Aws, Bucket: string): AsyncGenerator<ListObjectVersionsCommandOutput> {
  let page: ListObjectVersionsCommandOutput | undefined;
  do {
    const from = { KeyMarker: page?.NextKeyMarker, VersionIdMarker: page?.NextVersionIdMarker };
    page = await s3(aws).send(new ListObjectVersionsCommand({ Bucket, ...from }));
    yield page;
  } while (page.IsTruncated && page.NextKeyMarker !== undefined);
}

async function* uploadPages(aws: Aws, Bucket: string): AsyncGenerator<ListMultipartUploadsCommandOutput> {
  let page: ListMultipartUploadsCommandOutput | undefined;
  do {
    const from = { KeyMarker: page?.NextKeyMarker, UploadIdMarker: page?.NextUploadIdMarker };
    page = await s3(aws).send(new ListMultipartUploadsCommand({ Bucket, ...from }));
    yield page;
  } while (page.IsTruncated && page.NextKeyMarker !== undefined);
}

/** S3 leaves empty lists out, but never the bucket's name: an answer without that is no listing. */
const versions = (aws: Aws, bucket: string) =>
  items(versionPages(aws, bucket), ({ Name, Versions = [], DeleteMarkers = [] }) =>
    Name === undefined
      ? undefined
      : [...Versions, ...DeleteMarkers].map(({ Key = '', VersionId = '' }) => ({ Key, VersionId })),
  );

export const uploads: Sweeper = {
  kind: 's3:multipart-upload',
  // What copies goes on beginning new ones.
  after: ['datasync:task'],

  async *list(aws, scope) {
    for await (const parent of ofRun(aws, scope)) {
      const all = items(uploadPages(aws, parent), (page) =>
        page.Bucket === undefined ? undefined : (page.Uploads ?? []),
      );
      for await (const { Key, UploadId } of all) {
        yield { kind: 's3:multipart-upload', id: `${parent}/${Key}?uploadId=${UploadId}`, parent };
      }
    }
  },

  remove: (aws, { id, parent = '' }) => {
    const at = id.lastIndexOf('?uploadId=');
    const [Key, UploadId] = [id.slice(parent.length + 1, at), id.slice(at + '?uploadId='.length)];
    const abort = new AbortMultipartUploadCommand({ Bucket: parent, Key, UploadId });
    return unlessGone(['NoSuchUpload', ...NO_BUCKET], () => s3(aws).send(abort));
  },
};

/** All that a bucket holds as one residue: there may be thousands. */
export const contents: Sweeper = {
  kind: 's3:object',
  after: ['datasync:task', 's3:multipart-upload'],

  async *list(aws, scope) {
    for await (const parent of ofRun(aws, scope)) {
      for await (const _ of versions(aws, parent)) {
        yield { kind: 's3:object', id: `${parent}/*`, parent };
        break;
      }
    }
  },

  remove: (aws, { parent: Bucket = '' }) =>
    unlessGone(NO_BUCKET, async () => {
      const all = await collect(versions(aws, Bucket));
      for (let at = 0; at < all.length; at += AT_ONCE) {
        const Delete = { Objects: all.slice(at, at + AT_ONCE), Quiet: true };
        // This operation answers 200 even where it refused: what it refused is in the answer.
        const { Errors: [refused] = [] } = await s3(aws).send(new DeleteObjectsCommand({ Bucket, Delete }));
        if (refused) throw new Error(`${Bucket}/${refused.Key}: ${refused.Code}: ${refused.Message}`);
      }
    }),
};

export const buckets: Sweeper = {
  kind: 's3:bucket',
  after: ['s3:multipart-upload', 's3:object', 'datasync:location'],

  async *list(aws, scope) {
    for await (const { name: id, why } of candidates(aws, scope)) {
      yield { kind: 's3:bucket', id, ...(why === undefined ? {} : { why }) };
    }
  },

  remove: (aws, { id }) => unlessGone(NO_BUCKET, () => s3(aws).send(new DeleteBucketCommand({ Bucket: id }))),
};

// Buckets of the run: uploads that were not completed, then every version and marker, past governance locks, then the bucket.

import {
  AbortMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  GetObjectLockConfigurationCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type ObjectIdentifier,
  PutObjectLegalHoldCommand,
  paginateListBuckets,
  S3Client,
} from '@aws-sdk/client-s3';
import { type Aws, collect, isMarked, items, type Sweeper, type SweepScope, unlessGone } from '../../kit';
import { taggedArns } from './by-tag';

/** S3 leaves the lists of an empty bucket out of its answers (API reference, ListObjectVersions, 2026-11-22). */
const LEFT_OUT = { absentMeansEmpty: true };
/** So many objects go with one request (API reference, DeleteObjects, 2026-11-22). */
const AT_ONCE = 1000;
const NO_BUCKET = ['NoSuchBucket'];

/** The buckets of one region; S3 lists those of the others too unless told. */
async function* bucketsOf(aws: Aws, scope: SweepScope): AsyncGenerator<string> {
  const tagged = new Set(await collect(taggedArns(aws, scope, 's3')));
  const pages = paginateListBuckets({ client: aws.client(S3Client) }, { BucketRegion: aws.region });
  for await (const { Name } of items(pages, (page) => page.Buckets)) {
    if (Name === undefined) continue;
    if (scope.owned.has(Name) || isMarked(scope, { names: [Name] }) || tagged.has(`arn:aws:s3:::${Name}`)) yield Name;
  }
}

/** The listing of objects does not show uploads that were begun, and they cost. */
export const uploads: Sweeper = {
  kind: 's3:multipart-upload',
  beforeStacks: true,

  async *list(aws, scope) {
    for await (const bucket of bucketsOf(aws, scope)) {
      for (const { Key, UploadId } of await ifThere(() => collect(uploadsIn(aws, bucket)))) {
        yield { kind: 's3:multipart-upload', id: `${bucket}/${Key}?uploadId=${UploadId}`, parent: bucket };
      }
    }
  },

  async remove(aws, { id, parent: Bucket = '' }) {
    const at = id.lastIndexOf('?uploadId=');
    const [Key, UploadId] = [id.slice(Bucket.length + 1, at), id.slice(at + '?uploadId='.length)];
    const abort = new AbortMultipartUploadCommand({ Bucket, Key, UploadId });
    await unlessGone(['NoSuchUpload', ...NO_BUCKET], () => aws.client(S3Client).send(abort));
  },
};

/** All versions and markers of a bucket are one residue: there may be thousands. CloudFormation deletes no bucket that holds any. */
export const contents: Sweeper = {
  kind: 's3:object',
  beforeStacks: true,

  async *list(aws, scope) {
    for await (const bucket of bucketsOf(aws, scope)) {
      const [any] = await ifThere(() => firstOf(versionsIn(aws, bucket)));
      if (any !== undefined) yield { kind: 's3:object', id: `${bucket}/*`, parent: bucket };
    }
  },

  remove: (aws, { parent: Bucket = '' }) => unlessGone(NO_BUCKET, () => empty(aws, Bucket)),
};

export const buckets: Sweeper = {
  kind: 's3:bucket',
  after: ['s3:multipart-upload', 's3:object'],

  async *list(aws, scope) {
    for await (const id of bucketsOf(aws, scope)) yield { kind: 's3:bucket', id };
  },

  // What was written since it was emptied (a log, a report) would keep it.
  remove: (aws, { id: Bucket }) =>
    unlessGone(NO_BUCKET, async () => {
      await empty(aws, Bucket);
      await aws.client(S3Client).send(new DeleteBucketCommand({ Bucket }));
    }),
};

async function empty(aws: Aws, Bucket: string): Promise<void> {
  const all = await collect(versionsIn(aws, Bucket));
  const locked = await hasLock(aws, Bucket);
  for (let at = 0; at < all.length; at += AT_ONCE) await deleteAll(aws, Bucket, all.slice(at, at + AT_ONCE), locked);
}

/** What is refused although governance mode is bypassed may be under a legal hold, which is lifted, once. */
async function deleteAll(aws: Aws, Bucket: string, all: ObjectIdentifier[], locked: boolean): Promise<void> {
  const refused = await deleteOnce(aws, Bucket, all, locked);
  if (refused.length === 0) return;
  for (const { Key, VersionId } of locked ? refused : []) {
    const lift = new PutObjectLegalHoldCommand({ Bucket, Key, VersionId, LegalHold: { Status: 'OFF' } });
    await unlessGone(['NoSuchKey', 'NoSuchVersion', 'MethodNotAllowed'], () => aws.client(S3Client).send(lift));
  }
  const [stays] = await deleteOnce(aws, Bucket, refused, locked);
  if (stays) throw new Error(`${Bucket}/${stays.Key}: ${stays.reason}`);
}

interface Refused extends ObjectIdentifier {
  readonly reason: string;
}

/** This operation answers 200 even where it refused: what it refused is in the answer. */
async function deleteOnce(
  aws: Aws,
  Bucket: string,
  all: readonly ObjectIdentifier[],
  BypassGovernanceRetention: boolean,
): Promise<Refused[]> {
  const Objects = all.map(({ Key, VersionId }) => ({ Key, VersionId }));
  const { Errors = [] } = await aws.client(S3Client).send(
    new DeleteObjectsCommand({
      Bucket,
      Delete: { Objects, Quiet: true },
      ...(BypassGovernanceRetention ? { BypassGovernanceRetention } : {}),
    }),
  );
  return Errors.map(({ Key, VersionId, Code, Message }) => ({ Key, VersionId, reason: `${Code}: ${Message}` }));
}

async function hasLock(aws: Aws, Bucket: string): Promise<boolean> {
  let enabled = false;
  await unlessGone(['ObjectLockConfigurationNotFoundError'], async () => {
    const answer = await aws.client(S3Client).send(new GetObjectLockConfigurationCommand({ Bucket }));
    enabled = answer.ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled';
  });
  return enabled;
}

/** The SDK has no paginator for these two. */
const uploadsIn = (aws: Aws, Bucket: string) =>
  items(
    pagesOf<ListMultipartUploadsCommandOutput>((last) =>
      aws.client(S3Client).send(
        new ListMultipartUploadsCommand({
          Bucket,
          ...(last && { KeyMarker: last.NextKeyMarker, UploadIdMarker: last.NextUploadIdMarker }),
        }),
      ),
    ),
    ({ Uploads }) => Uploads,
    LEFT_OUT,
  );

const versionsIn = (aws: Aws, Bucket: string) =>
  items(
    pagesOf<ListObjectVersionsCommandOutput>((last) =>
      aws.client(S3Client).send(
        new ListObjectVersionsCommand({
          Bucket,
          ...(last && { KeyMarker: last.NextKeyMarker, VersionIdMarker: last.NextVersionIdMarker }),
        }),
      ),
    ),
    ({ Versions = [], DeleteMarkers = [] }): ObjectIdentifier[] =>
      [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId })),
  );

async function* pagesOf<Page extends { IsTruncated?: boolean | undefined }>(
  ask: (last: Page | undefined) => Promise<Page>,
): AsyncGenerator<Page> {
  for (let last: Page | undefined; ; ) {
    last = await ask(last);
    yield last;
    if (last.IsTruncated !== true) return;
  }
}

async function firstOf<Item>(all: AsyncIterable<Item>): Promise<Item[]> {
  for await (const item of all) return [item];
  return [];
}

/** A bucket that went while it was looked into holds nothing. */
async function ifThere<Item>(look: () => Promise<Item[]>): Promise<Item[]> {
  let found: Item[] = [];
  await unlessGone(NO_BUCKET, async () => {
    found = await look();
  });
  return found;
}

// Uploads that were not completed, then versions and markers, whatever locks them, then the buckets.

import {
  AbortMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  PutObjectLegalHoldCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { type Aws, collect, isMarked, type Sweeper, type SweepScope, unlessGone } from '../../../lib/kit';
import { type Bucket, everyBucket, orNone, s3, tagsOf } from '../observe/buckets';
import { lockOf } from '../observe/locks';
import { uploads as uploadsIn, type Version, versions } from '../observe/versions';

const NO_BUCKET = ['NoSuchBucket'];

interface Candidate extends Bucket {
  /** Set when nobody can tell whether it is the run's. */
  readonly why?: string;
}

/** The run's buckets by name, tag or what its stacks hold; and those whose tags may not be read. */
async function* candidates(aws: Aws, scope: SweepScope): AsyncGenerator<Candidate> {
  for await (const bucket of everyBucket(aws)) {
    if (scope.owned.has(bucket.name) || isMarked(scope, { names: [bucket.name] })) yield bucket;
    else {
      const tags = await orNone(['AccessDenied'], () => tagsOf(aws, bucket));
      if (tags === undefined) yield { ...bucket, why: 'its tags may not be read' };
      else if (isMarked(scope, { tags })) yield bucket;
    }
  }
}

async function* ofRun(aws: Aws, scope: SweepScope): AsyncGenerator<Bucket> {
  for await (const bucket of candidates(aws, scope)) if (bucket.why === undefined) yield bucket;
}

/** A bucket by its name alone, with the region that it stands in; undefined when it is gone. */
async function find(aws: Aws, name: string): Promise<Bucket | undefined> {
  const command = new GetBucketLocationCommand({ Bucket: name });
  const answer = await orNone(NO_BUCKET, () => s3(aws, { name, region: aws.region }).send(command));
  if (answer === undefined) return undefined;
  // S3 says nothing for us-east-1, and "EU" for buckets of eu-west-1 from before 2008.
  const place = answer.LocationConstraint ?? 'us-east-1';
  return { name, region: place === 'EU' ? 'eu-west-1' : place };
}

export const uploads: Sweeper = {
  kind: 's3:multipart-upload',

  // The listing of objects does not show them, and they cost.
  async *list(aws, scope) {
    for await (const bucket of ofRun(aws, scope)) {
      for await (const { Key, UploadId } of uploadsIn(aws, bucket)) {
        yield { kind: 's3:multipart-upload', id: `${bucket.name}/${Key}?uploadId=${UploadId}`, parent: bucket.name };
      }
    }
  },

  async remove(aws, { id, parent = '' }) {
    const bucket = await find(aws, parent);
    if (bucket === undefined) return;
    const at = id.lastIndexOf('?uploadId=');
    const [Key, UploadId] = [id.slice(parent.length + 1, at), id.slice(at + '?uploadId='.length)];
    const abort = new AbortMultipartUploadCommand({ Bucket: parent, Key, UploadId });
    await unlessGone(['NoSuchUpload', ...NO_BUCKET], () => s3(aws, bucket).send(abort));
  },
};

/** All versions and markers of a bucket as one residue: there may be thousands, and S3 takes a thousand at once. */
export const contents: Sweeper = {
  kind: 's3:object',

  async *list(aws, scope) {
    for await (const bucket of ofRun(aws, scope)) {
      for await (const _ of versions(aws, bucket)) {
        yield { kind: 's3:object', id: `${bucket.name}/*`, parent: bucket.name };
        break;
      }
    }
  },

  async remove(aws, { parent = '' }) {
    const bucket = await find(aws, parent);
    if (bucket === undefined) return;
    const { enabled: locked } = await lockOf(aws, bucket);
    const all = await collect(versions(aws, bucket));
    for (let at = 0; at < all.length; at += AT_ONCE) {
      await deleteAll(s3(aws, bucket), bucket.name, all.slice(at, at + AT_ONCE), locked);
    }
  },
};

/** What S3 deletes in one request. */
const AT_ONCE = 1000;

/** Past governance mode where there is a lock; what is refused all the same may be under a legal hold, which is lifted first. */
async function deleteAll(client: S3Client, Bucket: string, all: readonly Version[], locked: boolean): Promise<void> {
  const refused = await deleteOnce(client, Bucket, all, locked);
  if (refused.length === 0) return;
  const keys = new Set(refused.map(({ key }) => key));
  const again = all.filter(({ key }) => keys.has(key));
  for (const { key: Key, id: VersionId } of again.filter(({ marker }) => locked && !marker)) {
    const lift = new PutObjectLegalHoldCommand({ Bucket, Key, VersionId, LegalHold: { Status: 'OFF' } });
    await unlessGone(['NoSuchKey', 'NoSuchVersion'], () => client.send(lift));
  }
  const [stays] = await deleteOnce(client, Bucket, again, locked);
  if (stays) throw new Error(`${Bucket}/${stays.key}: ${stays.reason}`);
}

interface Refusal {
  readonly key: string | undefined;
  readonly reason: string;
}

/** This operation answers 200 even where it refused: what it refused is in the answer. */
async function deleteOnce(
  client: S3Client,
  Bucket: string,
  all: readonly Version[],
  locked: boolean,
): Promise<Refusal[]> {
  const { Errors = [] } = await client.send(
    new DeleteObjectsCommand({
      Bucket,
      Delete: { Objects: all.map(({ key, id }) => ({ Key: key, VersionId: id })), Quiet: true },
      ...(locked ? { BypassGovernanceRetention: true } : {}),
    }),
  );
  return Errors.map(({ Key, Code, Message }) => ({ key: Key, reason: `${Code}: ${Message}` }));
}

export const buckets: Sweeper = {
  kind: 's3:bucket',
  after: ['s3:multipart-upload', 's3:object'],

  async *list(aws, scope) {
    for await (const { name: id, why } of candidates(aws, scope)) {
      yield { kind: 's3:bucket', id, ...(why === undefined ? {} : { why }) };
    }
  },

  async remove(aws, { id }) {
    const bucket = await find(aws, id);
    if (bucket === undefined) return;
    await unlessGone(NO_BUCKET, () => s3(aws, bucket).send(new DeleteBucketCommand({ Bucket: id })));
  },
};

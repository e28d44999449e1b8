// Buckets of the run: uploads that were not completed, then every version and marker, past governance locks, then the bucket.

import { AbortMultipartUploadCommand, DeleteBucketCommand, paginateListBuckets, S3Client } from '@aws-sdk/client-s3';
import { type Aws, collect, isMarked, items, type Sweeper, type SweepScope, taggedArns, unlessGone } from '../../kit';
import { inRegion } from '../../kit/aws';
import { empty, holdsAny, NO_BUCKET, uploadsIn } from './bucket-contents';

interface Bucket {
  readonly name: string;
  readonly region: string;
}

/** S3 has one list for all regions, and says the region of each only if some parameter is given (ListBuckets, 2026-11-25). */
const ALL = { MaxBuckets: 1000 };

/**
 * One listing for all regions: a bucket is the run's by its name wherever it stands, or by its tag in one of `regions`, since
 * each region tells its own tags alone.
 */
export function bucketSweepers(regions: readonly string[]): readonly Sweeper[] {
  const bucketsOf = async (aws: Aws, scope: SweepScope): Promise<Bucket[]> => {
    const tagged = new Set<string>();
    for (const region of regions) {
      for (const arn of await taggedArns(inRegion(aws, region), scope, 's3')) tagged.add(arn);
    }
    const all = await collect(buckets(aws));
    return all.filter(
      ({ name }) => scope.owned.has(name) || isMarked(scope, { names: [name] }) || tagged.has(`arn:aws:s3:::${name}`),
    );
  };
  return [uploads, contents, theBuckets].map((sweeper) => sweeper(bucketsOf));
}

async function* buckets(aws: Aws, name?: string): AsyncGenerator<Bucket> {
  const pages = paginateListBuckets({ client: aws.client(S3Client) }, { ...ALL, ...(name && { Prefix: name }) });
  for await (const { Name, BucketRegion: region = aws.region } of items(pages, (page) => page.Buckets)) {
    if (Name !== undefined) yield { name: Name, region };
  }
}

/** The client of a bucket's own region, the only one in which it can be changed; undefined when it is gone. */
async function clientFor(aws: Aws, name: string): Promise<S3Client | undefined> {
  for await (const bucket of buckets(aws, name)) {
    if (bucket.name === name) return aws.client(S3Client, bucket.region);
  }
  return undefined;
}

type BucketsOf = (aws: Aws, scope: SweepScope) => Promise<readonly Bucket[]>;

/** The listing of objects does not show uploads that were begun, and they cost. */
const uploads = (bucketsOf: BucketsOf): Sweeper => ({
  kind: 's3:multipart-upload',
  regions: ['us-east-1'],
  beforeStacks: true,

  async *list(aws, scope) {
    for (const { name, region } of await bucketsOf(aws, scope)) {
      for (const { Key, UploadId } of await uploadsIn(aws.client(S3Client, region), name)) {
        yield { kind: 's3:multipart-upload', id: `${name}/${Key}?uploadId=${UploadId}`, parent: name };
      }
    }
  },

  async remove(aws, { id, parent: Bucket = '' }) {
    const client = await clientFor(aws, Bucket);
    const at = id.lastIndexOf('?uploadId=');
    const [Key, UploadId] = [id.slice(Bucket.length + 1, at), id.slice(at + '?uploadId='.length)];
    const abort = new AbortMultipartUploadCommand({ Bucket, Key, UploadId });
    await unlessGone(['NoSuchUpload', ...NO_BUCKET], async () => client?.send(abort));
  },
});

/** All versions and markers of a bucket are one residue: there may be thousands. CloudFormation deletes no bucket that holds any. */
const contents = (bucketsOf: BucketsOf): Sweeper => ({
  kind: 's3:object',
  regions: ['us-east-1'],
  beforeStacks: true,
  // A trail that is not stopped writes on.
  after: ['cloudtrail:trail'],

  async *list(aws, scope) {
    for (const { name, region } of await bucketsOf(aws, scope)) {
      if (await holdsAny(aws.client(S3Client, region), name)) {
        yield { kind: 's3:object', id: `${name}/*`, parent: name };
      }
    }
  },

  async remove(aws, { parent: Bucket = '' }) {
    const client = await clientFor(aws, Bucket);
    if (client) await unlessGone(NO_BUCKET, () => empty(client, Bucket));
  },
});

const theBuckets = (bucketsOf: BucketsOf): Sweeper => ({
  kind: 's3:bucket',
  regions: ['us-east-1'],
  after: ['s3:multipart-upload', 's3:object'],

  async *list(aws, scope) {
    for (const { name: id } of await bucketsOf(aws, scope)) yield { kind: 's3:bucket', id };
  },

  // What was written since it was emptied (a log, a report) would keep it.
  async remove(aws, { id: Bucket }) {
    const client = await clientFor(aws, Bucket);
    if (client === undefined) return;
    await unlessGone(NO_BUCKET, async () => {
      await empty(client, Bucket);
      await client.send(new DeleteBucketCommand({ Bucket }));
    });
  },
});

// The run's buckets, by name or tag, wherever they stand: the listing of buckets is one for all regions.

import { GetBucketTaggingCommand, paginateListBuckets, S3Client } from '@aws-sdk/client-s3';
import { type Aws, isMarked, items, type RunScope } from '../../../lib/kit';

export interface Bucket {
  readonly name: string;
  readonly region: string;
}

/** A page size makes S3 say each bucket's region. */
const A_PAGE = 1000;

/** The client for a bucket: S3 answers for it in its own region alone. */
export const s3 = (aws: Aws, { region }: Bucket): S3Client => aws.client(S3Client, region);

export async function* everyBucket(aws: Aws): AsyncGenerator<Bucket> {
  const pages = paginateListBuckets({ client: aws.client(S3Client), pageSize: A_PAGE }, {});
  for await (const { Name: name, BucketRegion: region = aws.region } of items(pages, (page) => page.Buckets)) {
    if (name !== undefined) yield { name, region };
  }
}

export async function bucketsOfRun(aws: Aws, scope: RunScope): Promise<Bucket[]> {
  const found: Bucket[] = [];
  for await (const bucket of everyBucket(aws)) {
    const named = isMarked(scope, { names: [bucket.name] });
    // Another's bucket may forbid that its tags are read: then it is not the learner's work.
    if (named || isMarked(scope, { tags: (await orNone(['AccessDenied'], () => tagsOf(aws, bucket))) ?? [] }))
      found.push(bucket);
  }
  return found;
}

export type Tags = readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[];

/** A bucket's tags; S3 calls none an error. */
export async function tagsOf(aws: Aws, bucket: Bucket): Promise<Tags> {
  const command = new GetBucketTaggingCommand({ Bucket: bucket.name });
  const answer = await orNone(['NoSuchTagSet', 'NoSuchBucket'], () => s3(aws, bucket).send(command));
  return answer?.TagSet ?? [];
}

/** S3 says by an error that a setting is not there; any other error stays one. */
export async function orNone<Answer>(
  absent: readonly string[],
  ask: () => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && absent.includes(error.name)) return undefined;
    throw error;
  }
}

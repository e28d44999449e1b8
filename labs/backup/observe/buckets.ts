// The run's buckets in its region, and whether they keep versions.

import { GetBucketVersioningCommand, paginateListBuckets, S3Client } from '@aws-sdk/client-s3';
import { type Aws, isMarked, items, type RunScope } from '../../../lib/kit';

export interface Bucket {
  readonly name: string;
  readonly arn: string;
  readonly versioned: boolean;
}

export async function buckets(aws: Aws, scope: RunScope): Promise<Bucket[]> {
  const found: Bucket[] = [];
  const pages = paginateListBuckets({ client: aws.client(S3Client) }, { BucketRegion: aws.region });
  // By name: the list of buckets carries no tags.
  for await (const { Name: name = '' } of items(pages, (page) => page.Buckets)) {
    if (!isMarked(scope, { names: [name] })) continue;
    const { Status } = await aws.client(S3Client).send(new GetBucketVersioningCommand({ Bucket: name }));
    found.push({ name, arn: `arn:aws:s3:::${name}`, versioned: Status === 'Enabled' });
  }
  return found;
}

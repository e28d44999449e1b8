// Aliases of the run's public zones, and what stands behind those that lead to an S3 website.

import { GetBucketLocationCommand, GetBucketWebsiteCommand, paginateListBuckets, S3Client } from '@aws-sdk/client-s3';
import { type Aws, collect, items, type RunScope } from '../../../lib/kit';
import { quietZones } from './zones';

export interface Alias {
  readonly name: string;
  readonly type: string;
  readonly target: string;
  /** "record": of a zone of the run; "website": of S3; "other": some other resource of AWS. */
  readonly kind: 'record' | 'website' | 'other';
  /** The bucket of the same name, for a website. */
  readonly bucket?: { readonly region: string; readonly isWebsite: boolean } | undefined;
  /** The region that the website endpoint is of. */
  readonly endpointRegion?: string | undefined;
}

/** s3-website-us-east-1.amazonaws.com, and s3-website.eu-central-1.amazonaws.com. */
const WEBSITE = /^s3-website[.-]([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\.$/;

export async function aliases(aws: Aws, scope: RunScope): Promise<readonly Alias[]> {
  const own = await quietZones(aws, scope);
  const ids = own.map(({ id }) => id);
  const buckets = await bucketNames(aws);
  const found: Alias[] = [];
  for (const { name, type, alias } of own.filter((zone) => !zone.isPrivate).flatMap((zone) => zone.records)) {
    if (alias === undefined) continue;
    const endpointRegion = WEBSITE.exec(alias.name)?.[1];
    const kind = ids.includes(alias.zoneId) ? 'record' : endpointRegion === undefined ? 'other' : 'website';
    const bucketName = name.replace(/\.$/, '');
    const bucket = kind === 'website' && buckets.has(bucketName) ? await bucketOf(aws, bucketName) : undefined;
    found.push({ name, type, target: alias.name, kind, bucket, endpointRegion });
  }
  return found;
}

async function bucketNames(aws: Aws): Promise<ReadonlySet<string>> {
  const pages = paginateListBuckets({ client: aws.client(S3Client) }, { MaxBuckets: 1000 });
  const all = await collect(items(pages, (page) => page.Buckets, { absentMeansEmpty: true }));
  return new Set(all.map(({ Name = '' }) => Name));
}

async function bucketOf(aws: Aws, Bucket: string): Promise<Alias['bucket']> {
  const { LocationConstraint } = await aws.client(S3Client).send(new GetBucketLocationCommand({ Bucket }));
  // S3 says nothing for Virginia.
  const region =
    LocationConstraint === undefined || String(LocationConstraint) === '' ? 'us-east-1' : LocationConstraint;
  return { region, isWebsite: await isWebsite(aws, Bucket, region) };
}

async function isWebsite(aws: Aws, Bucket: string, region: string): Promise<boolean> {
  try {
    const answer = await aws.client(S3Client, region).send(new GetBucketWebsiteCommand({ Bucket }));
    return answer.IndexDocument !== undefined || answer.RedirectAllRequestsTo !== undefined;
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchWebsiteConfiguration') return false;
    throw error;
  }
}

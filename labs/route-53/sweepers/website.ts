// The bucket behind a website, and the domains of the run, which go on being paid for.

import {
  DisableDomainAutoRenewCommand,
  GetDomainDetailCommand,
  Route53DomainsClient,
} from '@aws-sdk/client-route-53-domains';
import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  ListObjectVersionsCommand,
  paginateListBuckets,
  S3Client,
} from '@aws-sdk/client-s3';
import { type Aws, isMarked, items, type Sweeper, unlessGone } from '../../../lib/kit';
import { HOME } from '../facts';
import { domainNames } from '../observe/domains';

const regions = [HOME];
const NO_BUCKET = ['NoSuchBucket', 'NotFound'];

/** Named like the zone, since S3 finds a website by the name that was asked for. */
export const buckets: Sweeper = {
  kind: 's3:bucket',
  regions,

  async *list(aws, scope) {
    const pages = paginateListBuckets({ client: aws.client(S3Client) }, { MaxBuckets: 1000 });
    for await (const { Name: id = '' } of items(pages, (page) => page.Buckets)) {
      if (isMarked(scope, { names: [id] }) || scope.owned.has(id)) yield { kind: 's3:bucket', id };
    }
  },

  remove: (aws, { id: Bucket }) =>
    unlessGone(NO_BUCKET, async () => {
      const client = await at(aws, Bucket);
      await empty(client, Bucket);
      await client.send(new DeleteBucketCommand({ Bucket }));
    }),
};

/** A bucket is changed in its own region only; S3 says nothing for Virginia. */
async function at(aws: Aws, Bucket: string): Promise<S3Client> {
  const { LocationConstraint } = await aws.client(S3Client).send(new GetBucketLocationCommand({ Bucket }));
  return aws.client(S3Client, LocationConstraint || HOME);
}

/** Versions and their markers too, a page at a time, as long as each page leaves fewer. */
async function empty(client: S3Client, Bucket: string): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    // This operation answers 200 even where it refused.
    const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
    const [refused] = Errors;
    if (refused) throw new Error(`${Bucket}/${refused.Key}: ${refused.Code}: ${refused.Message}`);
  }
}

/**
 * A domain is its buyer's until its time is over, and no deletion brings the money back: it is told, and left. What a run can
 * leave behind is the renewal.
 */
export const domains: Sweeper = {
  kind: 'route53domains:domain',
  regions,

  async *list(aws, scope) {
    for (const DomainName of await domainNames(aws, scope)) {
      const detail = await aws.client(Route53DomainsClient, HOME).send(new GetDomainDetailCommand({ DomainName }));
      if (detail.AutoRenew === true) yield { kind: 'route53domains:domain', id: DomainName };
      else
        yield {
          kind: 'route53domains:domain',
          id: DomainName,
          why: `paid for until ${day(detail.ExpirationDate)}; it does not renew`,
        };
    }
  },

  remove: async (aws, { id: DomainName }) => {
    await aws.client(Route53DomainsClient, HOME).send(new DisableDomainAutoRenewCommand({ DomainName }));
  },
};

const day = (date: Date | undefined): string => date?.toISOString().slice(0, 10) ?? 'a day that Route 53 does not tell';

// Exercises on records → the records, each where it is not there yet.

import {
  CreateBucketCommand,
  GetBucketWebsiteCommand,
  PutBucketTaggingCommand,
  PutBucketWebsiteCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { type Aws, meets, type RunScope } from '../../../lib/kit';
import { HOSTED, plainOf, ROUTED, TYPED } from '../demands';
import { TO_AWS, TO_RECORD } from '../demands-beside';
import { ADDRESS, CERTIFICATES, HOME, NO_MAIL, SPF, sipAt, WEBSITE } from '../facts';
import { aliases } from '../observe/aliases';
import { zones } from '../observe/zones';
import { alias, publicZone, record, upsert } from './zone';

const openZones = async (aws: Aws, scope: RunScope) => (await zones(aws, scope)).filter(({ isPrivate }) => !isPrivate);

export async function hostRecords(aws: Aws, scope: RunScope): Promise<void> {
  if ((await openZones(aws, scope)).some((zone) => meets(zone, HOSTED))) return;
  const { id, name } = await publicZone(aws, scope);
  await upsert(aws, id, [
    record(`app.${name}`, 'A', ADDRESS.app),
    record(`www.${name}`, 'CNAME', `app.${name}`),
    record(name, 'TXT', SPF),
  ]);
}

export async function serveTypes(aws: Aws, scope: RunScope): Promise<void> {
  if ((await openZones(aws, scope)).some((zone) => meets(zone, TYPED))) return;
  const zone = await publicZone(aws, scope);
  const all = [
    record(`app.${zone.name}`, 'AAAA', ADDRESS.app6),
    record(zone.name, 'MX', NO_MAIL),
    record(zone.name, 'CAA', CERTIFICATES),
    record(`_sip._tcp.${zone.name}`, 'SRV', sipAt(zone.name)),
  ];
  await upsert(
    aws,
    zone.id,
    all.filter(({ Type = 'A' }) => plainOf(zone, Type).length === 0),
  );
}

export async function routeByPolicy(aws: Aws, scope: RunScope): Promise<void> {
  if ((await openZones(aws, scope)).some((zone) => meets(zone, ROUTED))) return;
  const { id, name } = await publicZone(aws, scope);
  await upsert(aws, id, [
    record(`app.${name}`, 'A', ADDRESS.app),
    record(`shop.${name}`, 'A', ADDRESS.stable, { SetIdentifier: 'stable', Weight: 90 }),
    record(`shop.${name}`, 'A', ADDRESS.canary, { SetIdentifier: 'canary', Weight: 10 }),
    record(`near.${name}`, 'A', ADDRESS.virginia, { SetIdentifier: 'virginia', Region: 'us-east-1' }),
    record(`near.${name}`, 'A', ADDRESS.ireland, { SetIdentifier: 'ireland', Region: 'eu-west-1' }),
  ]);
}

export async function aliasToAws(aws: Aws, scope: RunScope): Promise<void> {
  const seen = await aliases(aws, scope);
  const zone = await publicZone(aws, scope);
  if (!seen.some((one) => meets(one, TO_AWS))) {
    await website(aws, scope, zone.name.replace(/\.$/, ''));
    await upsert(aws, zone.id, [alias(zone.name, WEBSITE)]);
  }
  if (!seen.some((one) => meets(one, TO_RECORD))) {
    // The target has to be there first.
    const app = record(`app.${zone.name}`, 'A', ADDRESS.app);
    const twin = alias(`twin.${zone.name}`, { hostedZoneId: zone.id, dnsName: `app.${zone.name}` });
    await upsert(aws, zone.id, [app, twin]);
  }
}

/** An empty bucket with the name of the zone, that nobody but the account can read. */
async function website(aws: Aws, { tag }: RunScope, Bucket: string): Promise<void> {
  const client = aws.client(S3Client, HOME);
  if (await isWebsite(client, Bucket)) return;
  try {
    await client.send(new CreateBucketCommand({ Bucket }));
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'BucketAlreadyOwnedByYou') throw error;
  }
  await client.send(
    new PutPublicAccessBlockCommand({
      Bucket,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    }),
  );
  const Tagging = { TagSet: [{ Key: tag.key, Value: tag.value }] };
  await client.send(new PutBucketTaggingCommand({ Bucket, Tagging }));
  const WebsiteConfiguration = { IndexDocument: { Suffix: 'index.html' } };
  await client.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration }));
}

async function isWebsite(client: S3Client, Bucket: string): Promise<boolean> {
  try {
    return (await client.send(new GetBucketWebsiteCommand({ Bucket }))).IndexDocument !== undefined;
  } catch (error) {
    if (error instanceof Error && /^NoSuch(?:Bucket|WebsiteConfiguration)$/.test(error.name)) return false;
    throw error;
  }
}

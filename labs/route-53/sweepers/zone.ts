// What lives in the run's zones, and the zones: signatures and records before the zone that holds them.

import {
  ChangeResourceRecordSetsCommand,
  DeactivateKeySigningKeyCommand,
  DeleteHostedZoneCommand,
  DeleteKeySigningKeyCommand,
  DeleteQueryLoggingConfigCommand,
  DeleteVPCAssociationAuthorizationCommand,
  DisableHostedZoneDNSSECCommand,
  GetDNSSECCommand,
  paginateListQueryLoggingConfigs,
  type ResourceRecordSet,
  Route53Client,
  waitUntilResourceRecordSetsChanged,
} from '@aws-sdk/client-route-53';
import { type Aws, collect, items, patience, type Sweeper, type SweepScope, unlessGone } from '../../../lib/kit';
import { HOME } from '../facts';
import { authorizationPages, recordPages } from '../observe/pages';
import { bareId, canonical, isOwn, recordOf, zoneIds } from '../observe/zones';

/** Route 53 is one for all regions: listed once. */
const regions = [HOME];
const ZONE_GONE = ['NoSuchHostedZone'];
const KEY_GONE = [...ZONE_GONE, 'NoSuchKeySigningKey'];
const SPREADING = 300;
/** Records in one batch: at most 1,000. */
const BATCH = 100;

const zonesOf = (aws: Aws, scope: SweepScope) => zoneIds(aws, scope, scope.owned);

export const queryLoggingConfigs: Sweeper = {
  kind: 'route53:queryloggingconfig',
  regions,

  async *list(aws, scope) {
    const own = new Set((await zonesOf(aws, scope)).map(({ id }) => id));
    const pages = paginateListQueryLoggingConfigs({ client: aws.client(Route53Client) }, {});
    for await (const { Id: id = '', HostedZoneId = '' } of items(pages, (page) => page.QueryLoggingConfigs)) {
      if (own.has(bareId(HostedZoneId))) yield { kind: 'route53:queryloggingconfig', id };
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['NoSuchQueryLoggingConfig'], () =>
      aws.client(Route53Client).send(new DeleteQueryLoggingConfigCommand({ Id: id })),
    ),
};

/** Under the id that CloudFormation gives it: zone|name. A zone with such a key cannot be deleted. */
export const keySigningKeys: Sweeper = {
  kind: 'route53:keysigningkey',
  regions,

  async *list(aws, scope) {
    for (const zone of await zonesOf(aws, scope)) {
      if (zone.isPrivate) continue;
      const answer = await aws.client(Route53Client).send(new GetDNSSECCommand({ HostedZoneId: zone.id }));
      for (const { Name = '' } of answer.KeySigningKeys ?? []) {
        yield { kind: 'route53:keysigningkey', id: `${zone.id}|${Name}` };
      }
    }
  },

  remove: (aws, { id }) =>
    unlessGone(KEY_GONE, async () => {
      const [HostedZoneId, Name] = id.split('|');
      const client = aws.client(Route53Client);
      const { Status, KeySigningKeys = [] } = await client.send(new GetDNSSECCommand({ HostedZoneId }));
      // The last active key of a zone that signs cannot be put to rest.
      if (Status?.ServeSignature !== 'NOT_SIGNING') {
        await unlessGone(['DNSSECNotFound'], async () =>
          untilSpread(aws, (await client.send(new DisableHostedZoneDNSSECCommand({ HostedZoneId }))).ChangeInfo?.Id),
        );
      }
      if (KeySigningKeys.find((key) => key.Name === Name)?.Status !== 'INACTIVE') {
        const { ChangeInfo } = await client.send(new DeactivateKeySigningKeyCommand({ HostedZoneId, Name }));
        await untilSpread(aws, ChangeInfo?.Id);
      }
      await client.send(new DeleteKeySigningKeyCommand({ HostedZoneId, Name }));
    }),
};

async function untilSpread(aws: Aws, Id: string | undefined): Promise<void> {
  const client = aws.client(Route53Client);
  await waitUntilResourceRecordSetsChanged({ client, ...patience(aws, SPREADING) }, { Id: Id ?? '' });
}

/**
 * Records that somebody made by hand, since the stack cannot delete its zone while they are there. What bears the name of a
 * record of a stack is left to the stack: CloudFormation knows records by their names alone.
 */
export const records: Sweeper = {
  kind: 'route53:resourcerecordset',
  regions,
  after: ['route53:trafficpolicyinstance'],

  async *list(aws, scope) {
    const owned = new Set([...scope.owned].map(canonical));
    for (const zone of await zonesOf(aws, scope)) {
      const isOfStack = stackRecords(owned, zone.name);
      for await (const set of items(recordPages(aws, zone.id), (page) => page.list)) {
        const record = recordOf(set);
        if (isOwn(record, zone.name) || isOfStack(record.name) || set.TrafficPolicyInstanceId !== undefined) continue;
        yield { kind: 'route53:resourcerecordset', id: idOf(zone.id, set), parent: zone.id };
      }
    }
  },

  remove: (aws, { id, parent = '' }) =>
    unlessGone(ZONE_GONE, async () => {
      const all = await collect(items(recordPages(aws, parent), (page) => page.list));
      const those = all.filter((set) => idOf(parent, set) === id);
      await deleteRecords(aws, parent, those);
    }),
};

/** The zone's own name is a bucket's as well: it tells of a record only where other records of the zone are owned. */
function stackRecords(owned: ReadonlySet<string>, zone: string): (name: string) => boolean {
  const holdsRecords = [...owned].some((name) => name.endsWith(`.${zone}`));
  return (name) => owned.has(name) && (name !== zone || holdsRecords);
}

const idOf = (zone: string, { Name = '', Type, SetIdentifier }: ResourceRecordSet): string =>
  `${zone}|${[canonical(Name), Type ?? '', SetIdentifier ?? ''].join(' ').trim()}`;

/** A record is deleted by naming it whole. Aliases go first, since others are what they lead to. */
async function deleteRecords(aws: Aws, HostedZoneId: string, sets: readonly ResourceRecordSet[]): Promise<void> {
  const order = [...sets.filter(({ AliasTarget }) => AliasTarget), ...sets.filter(({ AliasTarget }) => !AliasTarget)];
  for (let start = 0; start < order.length; start += BATCH) {
    const Changes = order
      .slice(start, start + BATCH)
      .map((ResourceRecordSet) => ({ Action: 'DELETE' as const, ResourceRecordSet }));
    const command = new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } });
    await aws.client(Route53Client).send(command);
  }
}

export const hostedZones: Sweeper = {
  kind: 'route53:hostedzone',
  regions,
  after: [
    'route53:trafficpolicyinstance',
    'route53:queryloggingconfig',
    'route53:keysigningkey',
    'route53:resourcerecordset',
  ],

  async *list(aws, scope) {
    for (const { id } of await zonesOf(aws, scope)) yield { kind: 'route53:hostedzone', id };
  },

  // What is left in it goes with it. The networks that may ask it are let go of by the deletion itself.
  remove: (aws, { id: HostedZoneId }) =>
    unlessGone(ZONE_GONE, async () => {
      const client = aws.client(Route53Client);
      for await (const VPC of items(authorizationPages(aws, HostedZoneId), (page) => page.list)) {
        const command = new DeleteVPCAssociationAuthorizationCommand({ HostedZoneId, VPC });
        await unlessGone(['VPCAssociationAuthorizationNotFound'], () => client.send(command));
      }
      const all = await collect(items(recordPages(aws, HostedZoneId), (page) => page.list));
      const apex = canonical(all.find(({ Type }) => Type === 'SOA')?.Name ?? '');
      await deleteRecords(
        aws,
        HostedZoneId,
        all.filter((set) => !isOwn(recordOf(set), apex)),
      );
      await client.send(new DeleteHostedZoneCommand({ Id: HostedZoneId }));
    }),
};

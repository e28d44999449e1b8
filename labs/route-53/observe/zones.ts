// The run's hosted zones with their records, and what they answer: asked of Route 53, and on AWS of their own name servers too.

import {
  GetHostedZoneCommand,
  ListTagsForResourcesCommand,
  paginateListHostedZones,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';
import { type Answer, answersOf } from './answers';
import { recordPages } from './pages';

/** One set of records: a name, a type, and the way it is chosen among others of that name and type. */
export interface DnsRecord {
  /** With its last dot, in lower case. */
  readonly name: string;
  readonly type: string;
  readonly values: readonly string[];
  readonly set?: string | undefined;
  readonly weight?: number | undefined;
  readonly region?: string | undefined;
  readonly failover?: string | undefined;
  /** By place, by bias, by network, several at once: kinds of routing that no exercise asks for. */
  readonly otherRouting: boolean;
  readonly healthCheck?: string | undefined;
  readonly alias?: { readonly zoneId: string; readonly name: string } | undefined;
}

export interface Zone {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly nameServers: readonly string[];
  readonly vpcs: readonly string[];
  /** Without the zone's own NS and SOA. */
  readonly records: readonly DnsRecord[];
  readonly answers: readonly Answer[];
}

/** "/hostedzone/Z1" → "Z1": the form that CloudFormation gives, and that every operation takes. */
export const bareId = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

export const canonical = (name: string): string => `${name.replace(/\.$/, '').toLowerCase().replaceAll('\\052', '*')}.`;

export interface ZoneId {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
}

const TAGS_AT_ONCE = 10;

/** Zones under the run's name or tag; `owned` are known to be the run's whatever they are called. */
export async function zoneIds(
  aws: Aws,
  scope: RunScope,
  owned: ReadonlySet<string> = new Set(),
): Promise<readonly ZoneId[]> {
  const client = aws.client(Route53Client);
  const all = await collect(items(paginateListHostedZones({ client }, {}), (page) => page.HostedZones));
  // Zones of Cloud Map belong to its namespaces, and go with them.
  const zones = all
    .filter(({ LinkedService }) => LinkedService === undefined)
    .map(({ Id = '', Name = '', Config }) => ({
      id: bareId(Id),
      name: canonical(Name),
      isPrivate: Config?.PrivateZone === true,
    }));
  const surely = (zone: ZoneId): boolean => owned.has(zone.id) || isMarked(scope, { names: [zone.name] });
  const tagged = await taggedOnes(
    aws,
    scope,
    zones.filter((zone) => !surely(zone)),
  );
  return zones.filter((zone) => surely(zone) || tagged.has(zone.id));
}

/** The list of zones carries no tags: ten zones are asked at once. */
async function taggedOnes(aws: Aws, scope: RunScope, zones: readonly ZoneId[]): Promise<ReadonlySet<string>> {
  const tagged = new Set<string>();
  for (let start = 0; start < zones.length; start += TAGS_AT_ONCE) {
    const ResourceIds = zones.slice(start, start + TAGS_AT_ONCE).map(({ id }) => id);
    const command = new ListTagsForResourcesCommand({ ResourceType: 'hostedzone', ResourceIds });
    const { ResourceTagSets = [] } = await aws.client(Route53Client).send(command);
    for (const { ResourceId = '', Tags } of ResourceTagSets)
      if (isMarked(scope, { tags: Tags })) tagged.add(ResourceId);
  }
  return tagged;
}

/** Every zone of the run, with what the public ones answer. */
export async function zones(aws: Aws, scope: RunScope): Promise<readonly Zone[]> {
  const found: Zone[] = [];
  for (const zone of await quietZones(aws, scope)) {
    found.push(zone.isPrivate ? zone : { ...zone, answers: await answersOf(aws, zone) });
  }
  return found;
}

/** The same, without a question asked: each costs a call. */
export async function quietZones(aws: Aws, scope: RunScope): Promise<readonly Zone[]> {
  const found: Zone[] = [];
  for (const zone of await zoneIds(aws, scope)) found.push(await looked(aws, zone));
  return found;
}

async function looked(aws: Aws, { id, name, isPrivate }: ZoneId): Promise<Zone> {
  const { DelegationSet, VPCs = [] } = await aws.client(Route53Client).send(new GetHostedZoneCommand({ Id: id }));
  const all = (await collect(items(recordPages(aws, id), (page) => page.list))).map(recordOf);
  return {
    id,
    name,
    isPrivate,
    nameServers: DelegationSet?.NameServers ?? [],
    vpcs: VPCs.flatMap(({ VPCId }) => VPCId ?? []),
    records: all.filter((record) => !isOwn(record, name)),
    answers: [],
  };
}

export const isOwn = ({ name, type }: Pick<DnsRecord, 'name' | 'type'>, zone: string): boolean =>
  name === zone && (type === 'NS' || type === 'SOA');

export function recordOf(set: ResourceRecordSet): DnsRecord {
  const { Name = '', Type = '', ResourceRecords = [], AliasTarget } = set;
  return {
    name: canonical(Name),
    type: Type,
    values: ResourceRecords.map(({ Value = '' }) => Value),
    set: set.SetIdentifier,
    weight: set.Weight,
    region: set.Region,
    failover: set.Failover,
    otherRouting: Boolean(
      set.GeoLocation ?? set.GeoProximityLocation ?? set.MultiValueAnswer ?? set.CidrRoutingConfig ?? false,
    ),
    healthCheck: set.HealthCheckId,
    alias: AliasTarget && {
      zoneId: AliasTarget.HostedZoneId ?? '',
      name: canonical(AliasTarget.DNSName ?? ''),
    },
  };
}

// What the exercises ask of aliases, traffic policies, signatures, logs, endpoints and domains. Pure.

import type { Demand } from '../../lib/kit';
import type { Alias } from './observe/aliases';
import type { Domain } from './observe/domains';
import type { Endpoint, Hybrid } from './observe/hybrid';
import type { LoggedZone } from './observe/logging';
import type { SignedZone } from './observe/signing';
import type { TrafficPolicy } from './observe/traffic';

// ---------------------------------------------------------------- aliases

export const TO_AWS: readonly Demand<Alias>[] = [
  {
    expected: 'an alias that leads to a resource of AWS',
    met: ({ kind }) => kind !== 'record',
    actual: ({ name, target }) => `${name} leads to ${target}, another record of the zone`,
    hint: 'the target of such an alias is in a hosted zone of the service, for example that of S3 websites',
  },
  {
    expected: 'a bucket with the name of the record',
    met: ({ kind, bucket }) => kind !== 'website' || bucket !== undefined,
    actual: ({ name }) => `the account has no bucket named ${name.replace(/\.$/, '')}`,
    hint: 'S3 finds the bucket by the name that was asked for: the two have to be the same, letter for letter',
  },
  {
    expected: 'the website endpoint of the region of the bucket',
    met: ({ kind, bucket, endpointRegion }) => kind !== 'website' || bucket?.region === endpointRegion,
    actual: ({ bucket, endpointRegion }) => `the bucket is in ${bucket?.region}, the endpoint in ${endpointRegion}`,
    hint: 'each region has a website endpoint, with a hosted zone id of its own',
  },
  {
    expected: 'a bucket that serves a website',
    met: ({ kind, bucket }) => kind !== 'website' || bucket?.isWebsite === true,
    actual: ({ name }) => `the bucket ${name.replace(/\.$/, '')} has no website configuration`,
    hint: 'a bucket answers at the website endpoint once it has an index document',
  },
];

export const TO_RECORD: readonly Demand<Alias>[] = [
  {
    expected: 'an alias that leads to another record of the zone',
    met: ({ kind }) => kind === 'record',
    actual: ({ name, target }) => `${name} leads to ${target}`,
    hint: 'such an alias names the id of its own zone',
  },
];

// ---------------------------------------------------------------- traffic policies

interface Rule {
  readonly RuleType?: string;
  readonly Items?: readonly unknown[];
  readonly Locations?: readonly unknown[];
  readonly GeoproximityLocations?: readonly unknown[];
  readonly Regions?: readonly unknown[];
  readonly Primary?: unknown;
  readonly Secondary?: unknown;
}

/** Rules of a document that choose between two ways at least. */
export function choices(document: string): readonly string[] {
  try {
    const { Rules = {} } = JSON.parse(document) as { Rules?: Readonly<Record<string, Rule>> };
    return Object.values(Rules)
      .filter((rule) => ways(rule) >= 2)
      .map(({ RuleType = '' }) => RuleType);
  } catch {
    return [];
  }
}

const ways = ({ Items, Locations, GeoproximityLocations, Regions, Primary, Secondary }: Rule): number =>
  (Items ?? Locations ?? GeoproximityLocations ?? Regions ?? []).length +
  [Primary, Secondary].filter((way) => way !== undefined).length;

export const STEERED: readonly Demand<TrafficPolicy>[] = [
  {
    expected: 'a rule in its latest version that chooses between two endpoints at least',
    met: ({ document }) => choices(document).length > 0,
    actual: ({ name, latest }) => `version ${latest} of ${name} has no such rule`,
    hint: 'a document without a rule leads everybody to its start endpoint',
  },
  {
    expected: 'two versions',
    met: ({ versions }) => versions.length >= 2,
    actual: ({ name, versions }) => `${name} has ${versions.length}`,
    hint: 'a version cannot be changed: another document is another version of the same policy, not a policy of its own',
  },
];

// ---------------------------------------------------------------- DNSSEC

export const SIGNED: readonly Demand<SignedZone>[] = [
  {
    expected: 'a key-signing key in the zone',
    met: ({ keys }) => keys.length > 0,
    actual: ({ name }) => `${name} has none`,
    hint: 'it rests on an asymmetric key of KMS in us-east-1, of the kind ECC_NIST_P256, whose policy lets Route 53 sign',
  },
  {
    expected: 'a key-signing key that is active',
    met: ({ keys }) => keys.some(({ status }) => status === 'ACTIVE'),
    actual: ({ keys }) => keys.map(({ name, status }) => `${name} is ${status}`).join(', '),
    hint: 'a key is made active or inactive, and can be activated later',
  },
  {
    expected: 'a key of KMS behind it that is enabled',
    met: ({ keys }) => keys.some(({ status, keyState }) => status === 'ACTIVE' && keyState === 'Enabled'),
    actual: ({ keys }) => keys.map(({ kmsArn, keyState }) => `${kmsArn} is ${keyState ?? 'gone'}`).join(', '),
    hint: 'a zone that is signed with a key which is disabled or about to go stops answering to who validates',
  },
  {
    expected: 'a zone that signs what it answers',
    met: ({ status }) => status === 'SIGNING',
    actual: ({ name, status, message }) => `${name} is ${status}${message === '' ? '' : `: ${message}`}`,
    hint: 'making the key is one step, enabling DNSSEC for the zone another',
  },
];

// ---------------------------------------------------------------- query logs

export const LOGGED: readonly Demand<LoggedZone>[] = [
  {
    expected: 'a query logging configuration of the zone',
    met: ({ group }) => group !== undefined,
    actual: ({ name }) => `${name} has none`,
    hint: 'the log group has to be in us-east-1, and let Route 53 write into it first',
  },
  {
    expected: 'a log group that is there',
    met: ({ groupExists }) => groupExists,
    actual: ({ group }) => `${group} does not exist in us-east-1`,
    hint: 'a configuration stays when its log group is deleted, and then logs nothing',
  },
  {
    expected: 'a resource policy of CloudWatch Logs that lets Route 53 write into the log group',
    met: ({ mayWrite }) => mayWrite,
    actual: ({ group }) => `no policy of us-east-1 lets it write into ${group}`,
    hint: 'the principal is route53.amazonaws.com, the actions are logs:CreateLogStream and logs:PutLogEvents',
  },
  {
    expected: 'a log group that forgets',
    met: ({ retentionDays }) => retentionDays !== undefined,
    actual: ({ group }) => `${group} keeps everything for ever`,
    hint: 'a log group has a retention in days, which is set after it was made',
  },
];

// ---------------------------------------------------------------- the resolver

const towards = (endpoints: readonly Endpoint[], direction: string): readonly Endpoint[] =>
  endpoints.filter((endpoint) => endpoint.direction === direction);

const endpointDemand = (direction: 'INBOUND' | 'OUTBOUND', hint: string): Demand<Hybrid> => ({
  expected: `an ${direction.toLowerCase()} endpoint that is operational, with addresses in two subnets`,
  met: ({ endpoints }) => towards(endpoints, direction).some(isReady),
  actual: ({ endpoints }) =>
    towards(endpoints, direction)
      .map(({ id, status, subnets }) => `${id} is ${status}, in ${new Set(subnets).size} subnets`)
      .join(', ') || 'none',
  hint,
});

const isReady = ({ status, subnets }: Endpoint): boolean => status === 'OPERATIONAL' && new Set(subnets).size >= 2;

const forwards = ({ rules, endpoints }: Hybrid) =>
  rules.filter(
    ({ type, endpoint, targets }) =>
      type === 'FORWARD' && targets.length > 0 && towards(endpoints, 'OUTBOUND').some(({ id }) => id === endpoint),
  );

export const HYBRID: readonly Demand<Hybrid>[] = [
  endpointDemand(
    'INBOUND',
    'it is the way in: names of the network, asked from elsewhere; two addresses are the least',
  ),
  endpointDemand('OUTBOUND', 'it is the way out: questions of the network, to be answered elsewhere'),
  {
    expected: 'a rule of the type FORWARD that leads through the outbound endpoint to an address',
    met: (seen) => forwards(seen).length > 0,
    actual: ({ rules }) => rules.map(({ domain, type }) => `${domain} is ${type}`).join(', ') || 'no rule',
    hint: 'a rule says which domain is asked where: a domain, target addresses, and the endpoint to go through',
  },
  {
    expected: 'the rule associated with the network',
    met: (seen) => forwards(seen).some(({ vpcs }) => seen.endpoints.some(({ vpc }) => vpcs.includes(vpc))),
    actual: (seen) =>
      `${forwards(seen)
        .map(({ domain }) => domain)
        .join(', ')} is associated with no network of an endpoint`,
    hint: 'a rule changes nothing for a network until the two are associated',
  },
  {
    expected: 'the queries of the network logged',
    met: ({ loggedVpcs, endpoints }) => endpoints.some(({ vpc }) => loggedVpcs.includes(vpc)),
    actual: ({ loggedVpcs }) =>
      loggedVpcs.length === 0 ? 'no configuration is associated' : 'those of another network are',
    hint: "the resolver's query logging is another one than that of a public zone: it hangs on the network",
  },
];

// ---------------------------------------------------------------- domains

export const REGISTERED: readonly Demand<Domain>[] = [
  {
    expected: 'a domain that does not renew by itself',
    met: ({ autoRenew }) => !autoRenew,
    actual: ({ name }) => `${name} renews, and is paid for again, every year`,
    hint: 'automatic renewal is on unless the registration says otherwise, and can be switched off at any time',
  },
  {
    expected: 'every contact hidden',
    met: ({ isPrivate }) => isPrivate,
    actual: ({ name }) => `WHOIS shows a contact of ${name}`,
    hint: 'privacy protection is set for the administrative, the registrant and the technical contact',
  },
  {
    expected: 'a public zone of the same name in this account',
    met: ({ zoneServers }) => zoneServers !== undefined,
    actual: ({ name }) => `there is none for ${name}`,
    hint: 'Route 53 makes one with the registration; without it nobody answers for the domain',
  },
  {
    expected: 'the name servers of that zone as the name servers of the domain',
    met: ({ nameServers, zoneServers = [] }) =>
      nameServers.length === 0 || zoneServers.every((server) => nameServers.includes(server)),
    actual: ({ name, nameServers }) => `${name} is delegated to ${nameServers.join(', ')}`,
    hint: 'a zone that was made again has other name servers than the one before',
  },
];

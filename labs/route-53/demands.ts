// What the exercises ask of zones and their records. Read by the checks, and by the solutions, which leave alone what already
// meets them. Pure.

import type { Demand } from '../../lib/kit';
import type { Answer } from './observe/answers';
import type { FailoverPair } from './observe/health';
import type { PrivateZone } from './observe/private';
import type { DnsRecord, Zone } from './observe/zones';

// ---------------------------------------------------------------- looking at records

const isPlain = ({ set, alias }: DnsRecord): boolean => set === undefined && alias === undefined;

export const plainOf = ({ records }: Pick<Zone, 'records'>, type: string): readonly DnsRecord[] =>
  records.filter((record) => record.type === type && isPlain(record));

/** Records that share a name and a type, where the picked property says how one of them is chosen. */
export function sharing(
  { records }: Pick<Zone, 'records'>,
  pick: (record: DnsRecord) => string | number | undefined,
): readonly (readonly DnsRecord[])[] {
  const groups = new Map<string, DnsRecord[]>();
  for (const record of records.filter((one) => pick(one) !== undefined)) {
    const key = `${record.name} ${record.type}`;
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return [...groups.values()];
}

const answerTo = ({ answers }: Pick<Zone, 'answers'>, { name, type }: DnsRecord): Answer | undefined =>
  answers.find((answer) => answer.name === name && answer.type === type);

/** Whether an answer is one of the values, as far as anybody could tell; over the internet too, where it was asked there. */
export function answersWith(answer: Answer | undefined, values: readonly string[]): boolean {
  if (answer === undefined) return true;
  const among = (data: readonly string[]): boolean => data.length > 0 && data.every((one) => values.includes(one));
  const tested = answer.code === undefined || (answer.code === 'NOERROR' && among(answer.data));
  return tested && (answer.live === undefined || among(answer.live));
}

const saidOf = (answer: Answer | undefined): string =>
  answer === undefined
    ? 'nothing'
    : `${answer.code ?? 'nothing'} ${[...answer.data, ...(answer.live ?? [])].join(' ')}`.trim();

const namesOf = (records: readonly DnsRecord[]): string =>
  records.length === 0 ? 'none' : records.map(({ name, type }) => `${name} ${type}`).join(', ');

/** "app.zone.zone.": the console adds the zone's name to what is typed, and so does who gives the whole name. */
const isDoubled = (name: string, zone: string): boolean => name.endsWith(`.${zone}${zone}`);

// ---------------------------------------------------------------- records

export const HOSTED: readonly Demand<Zone>[] = [
  {
    expected: 'records whose names end in the name of the zone once',
    met: ({ name, records }) => records.every((record) => !isDoubled(record.name, name)),
    actual: ({ name, records }) => namesOf(records.filter((record) => isDoubled(record.name, name))),
    hint: 'the console adds the name of the zone to what you type: give the first label alone there',
  },
  {
    expected: 'an A record with an IPv4 address',
    met: (zone) => plainOf(zone, 'A').length > 0,
    actual: ({ records }) => `the zone has ${namesOf(records)}`,
    hint: 'a record needs a name in the zone, a type, a time to live and a value',
  },
  {
    expected: 'a CNAME record that leads to a name of the zone',
    met: (zone) => plainOf(zone, 'CNAME').some(({ values }) => values.some((value) => isUnder(value, zone.name))),
    actual: (zone) =>
      plainOf(zone, 'CNAME').length === 0
        ? 'no CNAME record'
        : plainOf(zone, 'CNAME')
            .map(({ name, values }) => `${name} leads to ${values.join(' ')}`)
            .join(', '),
    hint: 'the value of a CNAME is a whole name: a single label is a name at the root of the DNS',
  },
  {
    expected: 'a TXT record',
    met: (zone) => plainOf(zone, 'TXT').length > 0,
    actual: ({ records }) => `the zone has ${namesOf(records)}`,
    hint: 'a text is given within quotation marks; the zone itself may have one',
  },
  {
    expected: 'the zone answers with the value of its A record',
    met: (zone) => plainOf(zone, 'A').every((record) => answersWith(answerTo(zone, record), record.values)),
    actual: (zone) =>
      plainOf(zone, 'A')
        .filter((record) => !answersWith(answerTo(zone, record), record.values))
        .map((record) => `${record.name}: ${saidOf(answerTo(zone, record))}`)
        .join(', '),
    hint: 'a change takes up to a minute to reach every name server',
  },
];

const isUnder = (value: string, zone: string): boolean => {
  const name = `${value.replace(/\.$/, '').toLowerCase()}.`;
  return name === zone || name.endsWith(`.${zone}`);
};

const TYPES = ['AAAA', 'MX', 'SRV', 'CAA'];

export const TYPED: readonly Demand<Zone>[] = [
  {
    expected: `a record of each of the types ${TYPES.join(', ')}`,
    met: ({ records }) => TYPES.every((type) => records.some((record) => record.type === type)),
    actual: ({ records }) =>
      `missing: ${TYPES.filter((type) => !records.some((record) => record.type === type)).join(', ')}`,
    hint: 'each type has a form of its own: MX has two fields, CAA three, SRV four, AAAA an IPv6 address',
  },
];

// ---------------------------------------------------------------- routing

const weights = (zone: Zone) => sharing(zone, ({ weight }) => weight);
const regions = (zone: Zone) => sharing(zone, ({ region }) => region);

const serves = (zone: Zone, groups: readonly (readonly DnsRecord[])[]): boolean =>
  groups.every(([first, ...rest]) => {
    if (first === undefined || first.alias !== undefined) return true;
    return answersWith(
      answerTo(zone, first),
      [first, ...rest].flatMap(({ values }) => values),
    );
  });

export const ROUTED: readonly Demand<Zone>[] = [
  {
    expected: 'a record with the simple routing policy',
    met: ({ records }) => records.some(({ set }) => set === undefined),
    actual: ({ records }) => `the zone has ${namesOf(records)}`,
    hint: 'simple is what a record has that says nothing else',
  },
  {
    expected: 'two records of one name and type with weights',
    met: (zone) => weights(zone).some((group) => group.length >= 2),
    actual: (zone) => `weighted: ${namesOf(weights(zone).flat())}`,
    hint: 'records of one name are told apart by a set identifier, and each has a weight',
  },
  {
    expected: 'weights above 0 for two of them',
    met: (zone) => weights(zone).some((group) => group.filter(({ weight = 0 }) => weight > 0).length >= 2),
    actual: (zone) =>
      weights(zone)
        .flat()
        .map(({ name, set, weight }) => `${name} ${set}: ${weight}`)
        .join(', '),
    hint: 'a record with the weight 0 is never given out while another has more',
  },
  {
    expected: 'two records of one name and type for the latency to two regions',
    met: (zone) => regions(zone).some((group) => new Set(group.map(({ region }) => region)).size >= 2),
    actual: (zone) => `by latency: ${namesOf(regions(zone).flat())}`,
    hint: 'each record of the name says the region where what it leads to stands',
  },
  {
    expected: 'answers that are among the values of those records',
    met: (zone) => serves(zone, weights(zone)) && serves(zone, regions(zone)),
    actual: (zone) => zone.answers.map((answer) => `${answer.name}: ${saidOf(answer)}`).join(', '),
    hint: 'a change takes up to a minute to reach every name server',
  },
];

// ---------------------------------------------------------------- failover

const valuesOf = ({ primary, secondary }: FailoverPair): readonly string[] => [
  ...(primary?.values ?? []),
  ...(secondary?.values ?? []),
];

export const FAILING_OVER: readonly Demand<FailoverPair>[] = [
  {
    expected: 'a primary and a secondary record of one name and type',
    met: ({ primary, secondary }) => primary !== undefined && secondary !== undefined,
    actual: ({ name, primary }) => `${name} has only a ${primary === undefined ? 'secondary' : 'primary'} one`,
    hint: 'the two share a name and a type, and differ in their set identifier',
  },
  {
    expected: 'a secondary that leads elsewhere than the primary',
    met: ({ primary, secondary }) =>
      primary?.alias !== undefined ||
      secondary?.alias !== undefined ||
      primary?.values.join() !== secondary?.values.join(),
    actual: ({ name, primary }) => `both of ${name} lead to ${primary?.values.join(' ')}`,
    hint: 'what fails at one place has to be served from another',
  },
  {
    expected: 'a health check on the primary record',
    met: ({ check }) => check !== undefined,
    actual: ({ name, primary }) =>
      primary?.healthCheck === undefined
        ? `the primary of ${name} has none`
        : `the health check ${primary.healthCheck} of ${name} does not exist`,
    hint: 'without a health check Route 53 takes the primary for healthy, always',
  },
  {
    expected: 'a health check that is switched on',
    met: ({ check }) => check?.disabled === false,
    actual: ({ check }) => `${check?.id} is disabled`,
    hint: 'a disabled health check counts as healthy, whatever happens',
  },
  {
    expected: 'a health check whose alarm is there',
    met: ({ check }) => check?.watches === true,
    actual: ({ check }) => `the CloudWatch alarm that ${check?.id} watches is gone`,
    hint: 'the alarm has to be in the region that the health check names',
  },
  {
    expected: 'an answer that is one of the two',
    met: (pair) => pair.primary?.alias !== undefined || answersWith(pair.answer, valuesOf(pair)),
    actual: ({ answer }) => saidOf(answer),
    hint: 'a change takes up to a minute to reach every name server',
  },
];

// ---------------------------------------------------------------- inside

export const INSIDE: readonly Demand<PrivateZone>[] = [
  {
    expected: "a private zone that the run's network may ask",
    met: ({ vpcs }) => vpcs.length > 0,
    actual: ({ name }) => `${name} is associated with no network of the run`,
    hint: 'a private zone answers the networks that it is associated with, and nobody else',
  },
  {
    expected: 'a network where DNS support and DNS hostnames are on',
    met: ({ vpcs }) => vpcs.some(({ resolvesNames }) => resolvesNames),
    actual: ({ vpcs }) => `they are not both on for ${vpcs.map(({ id }) => id).join(', ')}`,
    hint: 'both are attributes of the network (VPC)',
  },
  {
    expected: 'a record in it',
    met: ({ records }) => records.length > 0,
    actual: ({ name }) => `${name} has none but its own NS and SOA`,
    hint: 'a private address is a good value here',
  },
];

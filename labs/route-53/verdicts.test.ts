// Each exercise: done, it passes; with a learner's mistake in it, it fails and the hint names the mistake. Plain objects.

import type { Verdict } from '../../lib/kit';
import * as inZone from './exercises/records';
import type { Alias } from './observe/aliases';
import type { FailoverPair } from './observe/health';
import type { DnsRecord, Zone } from './observe/zones';

const ZONE = 'worklab-abc123.test.';
const under = (label: string): string => (label === '' ? ZONE : `${label}.${ZONE}`);

const record = (label: string, type: string, value: string, rest: Partial<DnsRecord> = {}): DnsRecord => ({
  name: under(label),
  type,
  values: [value],
  otherRouting: false,
  ...rest,
});

const RECORDS = [
  record('app', 'A', '192.0.2.10'),
  record('www', 'CNAME', `app.${ZONE}`),
  record('', 'TXT', '"v=spf1 -all"'),
  record('shop', 'A', '192.0.2.20', { set: 'stable', weight: 90 }),
  record('shop', 'A', '192.0.2.21', { set: 'canary', weight: 10 }),
  record('near', 'A', '192.0.2.30', { set: 'virginia', region: 'us-east-1' }),
  record('near', 'A', '192.0.2.31', { set: 'ireland', region: 'eu-west-1' }),
  record('app', 'AAAA', '2001:db8::10'),
  record('', 'MX', '0 .'),
  record('', 'CAA', '0 issue "amazon.com"'),
  record('_sip._tcp', 'SRV', `10 60 5060 app.${ZONE}`),
];

const answer = (label: string, data: string, live?: readonly string[]) => ({
  name: under(label),
  type: 'A',
  code: 'NOERROR',
  data: [data],
  live,
});

const zone = (records: readonly DnsRecord[] = RECORDS, rest: Partial<Zone> = {}): Zone => ({
  id: 'Z1',
  name: ZONE,
  isPrivate: false,
  nameServers: [],
  vpcs: [],
  records,
  answers: [answer('app', '192.0.2.10'), answer('shop', '192.0.2.20'), answer('near', '192.0.2.30')],
  ...rest,
});

const without = (...types: readonly string[]) => zone(RECORDS.filter(({ type }) => !types.includes(type)));
const changed = (label: string, change: Partial<DnsRecord>) =>
  zone(RECORDS.map((one) => (one.name === under(label) && one.type !== 'AAAA' ? { ...one, ...change } : one)));

const hintOf = (verdict: Verdict): string => (verdict.status === 'failed' ? verdict.hint : verdict.status);

describe('a zone and its records', () => {
  const { check } = inZone.hostRecords;

  test('passes; without a question over the internet it says so', () => {
    expect(check([zone()])).toEqual({ status: 'passed', notLookedAt: [inZone.NOT_ASKED] });
    expect(check([zone(RECORDS, { answers: [answer('app', '192.0.2.10', ['192.0.2.10'])] })])).toEqual({
      status: 'passed',
    });
  });

  test.each([
    ['no zone', [], 'worklab-<run>.test'],
    ['a private zone alone', [zone(RECORDS, { isPrivate: true })], 'worklab-<run>.test'],
    ['the name of the zone typed twice', [changed('app', { name: `app.${ZONE}${ZONE}` })], 'first label alone'],
    ['no A record', [without('A')], 'a record needs a name'],
    ['a CNAME to a bare label', [changed('www', { values: ['app'] })], 'a whole name'],
    ['no text', [without('TXT')], 'quotation marks'],
    ['another answer', [zone(RECORDS, { answers: [answer('app', '192.0.2.99')] })], 'up to a minute'],
    [
      'another answer over the internet',
      [zone(RECORDS, { answers: [answer('app', '192.0.2.10', [])] })],
      'up to a minute',
    ],
  ])('%s fails', (_, zones, hint) => {
    expect(hintOf(check(zones))).toContain(hint);
  });

  test('an answer that nobody could tell is held against nobody', () => {
    const answers = [{ name: under('app'), type: 'A', code: undefined, data: [] }];
    expect(check([zone(RECORDS, { answers })]).status).toBe('passed');
  });

  test('more types of records: one that is missing is named', () => {
    expect(inZone.serveRecordTypes.check([zone()]).status).toBe('passed');
    expect(inZone.serveRecordTypes.check([without('CAA', 'SRV')])).toMatchObject({
      status: 'failed',
      actual: 'missing: SRV, CAA',
    });
  });
});

describe('routing', () => {
  const { check } = inZone.routeByPolicy;
  const kept = (keep: (one: DnsRecord) => boolean) => zone(RECORDS.filter(keep));

  test.each([
    ['all of it', zone(), 'passed'],
    ['one weighted record alone', kept(({ set }) => set !== 'canary'), 'set identifier'],
    ['a weight of 0', zone(RECORDS.map((one) => (one.set === 'canary' ? { ...one, weight: 0 } : one))), 'weight 0'],
    ['one region alone', kept(({ set }) => set !== 'ireland'), 'region where'],
    ['an answer of elsewhere', zone(RECORDS, { answers: [answer('shop', '203.0.113.1')] }), 'up to a minute'],
  ])('%s: %#', (_, one, said) => {
    expect(hintOf(check([one]))).toContain(said);
  });
});

describe('failover', () => {
  const { check } = inZone.failOver;
  const PRIMARY = record('site', 'A', '192.0.2.40', { set: 'primary', failover: 'PRIMARY', healthCheck: 'hc-1' });
  const pair = (rest: Partial<FailoverPair> = {}): FailoverPair => ({
    name: under('site'),
    primary: PRIMARY,
    secondary: record('site', 'A', '198.51.100.40', { set: 'secondary', failover: 'SECONDARY' }),
    check: { id: 'hc-1', type: 'CLOUDWATCH_METRIC', disabled: false, inverted: false, watches: true },
    answer: answer('site', '192.0.2.40'),
    ...rest,
  });
  const CHECK = { id: 'hc-1', type: 'HTTP', disabled: false, inverted: false, watches: true };

  test('passes, in the middle of a drill too, when the secondary answers', () => {
    expect(check([pair()])).toEqual({ status: 'passed', notLookedAt: [inZone.NOT_ASKED] });
    expect(check([pair({ answer: answer('site', '198.51.100.40'), check: { ...CHECK, inverted: true } })]).status).toBe(
      'passed',
    );
  });

  test.each([
    ['none', [], 'a record has to name it'],
    ['a primary alone', [pair({ secondary: undefined })], 'set identifier'],
    ['both to one address', [pair({ secondary: { ...PRIMARY, failover: 'SECONDARY' } })], 'served from another'],
    ['no health check', [pair({ check: undefined, primary: { ...PRIMARY, healthCheck: undefined } })], 'always'],
    ['a health check that is gone', [pair({ check: undefined })], 'always'],
    ['a disabled health check', [pair({ check: { ...CHECK, disabled: true } })], 'counts as healthy'],
    [
      'an alarm that is gone',
      [pair({ check: { ...CHECK, watches: false } })],
      'the region that the health check names',
    ],
    ['another answer', [pair({ answer: answer('site', '203.0.113.1') })], 'up to a minute'],
  ])('%s fails', (_, pairs, hint) => {
    expect(hintOf(check(pairs))).toContain(hint);
  });
});

describe('aliases', () => {
  const { check } = inZone.aliasToAws;
  const website: Alias = {
    name: ZONE,
    type: 'A',
    target: 's3-website-us-east-1.amazonaws.com.',
    kind: 'website',
    bucket: { region: 'us-east-1', isWebsite: true },
    endpointRegion: 'us-east-1',
  };
  const twin: Alias = { name: under('twin'), type: 'A', target: under('app'), kind: 'record' };

  test.each([
    ['both', [website, twin], 'passed'],
    ['another service', [{ ...website, kind: 'other' as const, bucket: undefined }, twin], 'passed'],
    ['none', [], 'no type of its own'],
    ['a record alone', [twin], 'a hosted zone of the service'],
    ['a website alone', [website], 'the id of its own zone'],
    ['a bucket of another name', [{ ...website, bucket: undefined }, twin], 'letter for letter'],
    [
      'a bucket of another region',
      [{ ...website, bucket: { region: 'eu-west-1', isWebsite: true } }, twin],
      'hosted zone id of its own',
    ],
    [
      'a bucket that is no website',
      [{ ...website, bucket: { region: 'us-east-1', isWebsite: false } }, twin],
      'index document',
    ],
  ])('%s: %#', (_, aliases, said) => {
    expect(hintOf(check(aliases))).toContain(said);
  });
});

// The exercises beyond the records, each done and with a learner's mistake in it: the hint names the mistake. Plain objects.

import type { Verdict } from '../../lib/kit';
import * as beyond from './exercises/beyond';
import * as trust from './exercises/trust';
import { trafficDocument } from './facts';
import type { Domain } from './observe/domains';
import type { Hybrid } from './observe/hybrid';
import type { LoggedZone } from './observe/logging';
import type { SignedZone } from './observe/signing';

const ZONE = 'worklab-abc123.test.';
const hintOf = (verdict: Verdict): string => (verdict.status === 'failed' ? verdict.hint : verdict.status);

describe('traffic policies', () => {
  const { check } = beyond.steerTraffic;
  const policy = {
    id: 'tp-1',
    name: 'worklab-abc123-share',
    versions: [2, 1],
    latest: 2,
    document: trafficDocument(50),
    records: [],
  };
  const blunt = JSON.stringify({ StartEndpoint: 'a', Endpoints: { a: { Type: 'value', Value: '192.0.2.1' } } });

  test.each([
    ['two versions', [policy], 'passed'],
    ['none', [], 'its name says whose it is'],
    ['one version', [{ ...policy, versions: [1] }], 'another version of the same policy'],
    ['no rule', [{ ...policy, document: blunt }], 'without a rule'],
    ['no JSON', [{ ...policy, document: '{' }], 'without a rule'],
  ])('%s: %#', (_, policies, said) => {
    expect(hintOf(check(policies))).toContain(said);
  });

  test('says that no record follows it, where none does', () => {
    expect(check([policy])).toMatchObject({ notLookedAt: [expect.stringContaining('$50')] });
    expect(check([{ ...policy, records: ['t.test.'] }])).toEqual({ status: 'passed' });
  });
});

describe('DNSSEC', () => {
  const { check } = trust.signZone;
  const key = { name: 'k', status: 'ACTIVE', kmsArn: 'arn', keyState: 'Enabled' };
  const signed: SignedZone = { name: ZONE, status: 'SIGNING', message: '', keys: [key] };

  test.each([
    ['a signed zone', [signed], 'passed'],
    ['no zone', [], 'worklab-<run>.test'],
    ['no key', [{ ...signed, status: 'NOT_SIGNING', keys: [] }], 'ECC_NIST_P256'],
    [
      'a key that is not active',
      [{ ...signed, status: 'NOT_SIGNING', keys: [{ ...key, status: 'INACTIVE' }] }],
      'activated later',
    ],
    [
      'a key of KMS that is about to go',
      [{ ...signed, keys: [{ ...key, keyState: 'PendingDeletion' }] }],
      'stops answering',
    ],
    ['a key of KMS that is gone', [{ ...signed, keys: [{ ...key, keyState: undefined }] }], 'stops answering'],
    ['a key, and no signing', [{ ...signed, status: 'NOT_SIGNING' }], 'enabling DNSSEC for the zone another'],
    ['signing that needs help', [{ ...signed, status: 'ACTION_NEEDED', message: 'KMS' }], 'another'],
  ])('%s: %#', (_, zones, said) => {
    expect(hintOf(check(zones))).toContain(said);
  });
});

describe('query logs', () => {
  const { check } = trust.logQueries;
  const logged: LoggedZone = {
    name: ZONE,
    group: 'g',
    groupExists: true,
    retentionDays: 1,
    mayWrite: true,
    hasStreams: true,
  };

  test('a query in the log is a pass, none yet a pass that says so', () => {
    expect(check([logged])).toEqual({ status: 'passed' });
    expect(check([{ ...logged, hasStreams: false }])).toMatchObject({
      notLookedAt: [expect.stringContaining('none has arrived')],
    });
  });

  test.each([
    ['no configuration', { name: ZONE, groupExists: false, mayWrite: false, hasStreams: false }, 'us-east-1'],
    ['a log group that is gone', { ...logged, groupExists: false }, 'when its log group is deleted'],
    ['a policy that is gone', { ...logged, mayWrite: false }, 'route53.amazonaws.com'],
    ['a log group that never forgets', { ...logged, retentionDays: undefined }, 'retention in days'],
  ])('%s fails', (_, one, hint) => {
    expect(hintOf(check([one]))).toContain(hint);
  });
});

describe('the resolver', () => {
  const { check } = beyond.forwardHybridDns;
  const way = (direction: string, id: string) => ({
    id,
    direction,
    status: 'OPERATIONAL',
    vpc: 'vpc-1',
    subnets: ['s-1', 's-2'],
  });
  const rule = {
    id: 'rr-1',
    domain: 'corp',
    type: 'FORWARD',
    endpoint: 'out',
    targets: ['10.44.10.53'],
    vpcs: ['vpc-1'],
  };
  const seen = (rest: Partial<Hybrid> = {}): Hybrid => ({
    endpoints: [way('INBOUND', 'in'), way('OUTBOUND', 'out')],
    rules: [rule],
    loggedVpcs: ['vpc-1'],
    ...rest,
  });

  test.each([
    ['all of it', seen(), 'passed'],
    ['nothing', seen({ endpoints: [], rules: [] }), 'a service of its own'],
    ['no way in', seen({ endpoints: [way('OUTBOUND', 'out')] }), 'two addresses are the least'],
    [
      'a way in that is not ready',
      seen({ endpoints: [{ ...way('INBOUND', 'in'), status: 'CREATING' }, way('OUTBOUND', 'out')] }),
      'two addresses',
    ],
    ['no way out', seen({ endpoints: [way('INBOUND', 'in')] }), 'answered elsewhere'],
    [
      'both addresses in one subnet',
      seen({ endpoints: [way('INBOUND', 'in'), { ...way('OUTBOUND', 'out'), subnets: ['s-1', 's-1'] }] }),
      'answered elsewhere',
    ],
    ['a rule of the system', seen({ rules: [{ ...rule, type: 'SYSTEM' }] }), 'which domain is asked where'],
    ['a rule through another endpoint', seen({ rules: [{ ...rule, endpoint: 'in' }] }), 'which domain is asked where'],
    ['a rule without a network', seen({ rules: [{ ...rule, vpcs: [] }] }), 'until the two are associated'],
    ['no log', seen({ loggedVpcs: [] }), 'hangs on the network'],
  ])('%s: %#', (_, hybrid, said) => {
    expect(hintOf(check(hybrid))).toContain(said);
  });
});

describe('domains', () => {
  const { check } = beyond.registerDomain;
  const own: Domain = {
    name: 'worklab-abc123.click',
    autoRenew: false,
    isPrivate: true,
    nameServers: ['ns-1.'],
    zoneServers: ['ns-1.'],
  };

  test.each([
    ['a domain in order', [own], 'passed'],
    ['none', [], 'the sandbox sells domains'],
    ['one that renews', [{ ...own, autoRenew: true }], 'automatic renewal'],
    ['one that shows its owner', [{ ...own, isPrivate: false }], 'privacy protection'],
    ['one without a zone', [{ ...own, zoneServers: undefined }], 'nobody answers for the domain'],
    ['one that leads to an older zone', [{ ...own, zoneServers: ['ns-9.'] }], 'other name servers'],
  ])('%s: %#', (_, domains, said) => {
    expect(hintOf(check(domains))).toContain(said);
  });
});

describe('a private zone, and an alarm', () => {
  const inside = { name: 'worklab-abc123.internal.', records: ['db A'], vpcs: [{ id: 'vpc-1', resolvesNames: true }] };

  test.each([
    ['one in order', [inside], 'passed'],
    ['none', [], 'made with a network'],
    ['one of another network', [{ ...inside, vpcs: [] }], 'nobody else'],
    [
      'a network without DNS',
      [{ ...inside, vpcs: [{ id: 'vpc-1', resolvesNames: false }] }],
      'attributes of the network',
    ],
    ['an empty one', [{ ...inside, records: [] }], 'private address'],
  ])('%s: %#', (_, zones, said) => {
    expect(hintOf(trust.hostPrivateZone.check(zones))).toContain(said);
  });

  test('an alarm has to watch something of the run', () => {
    const alarm = { name: 'worklab-abc123-a', metric: 'DNSQueries' };
    expect(trust.watchDns.check([{ ...alarm, watches: 'Z1' }]).status).toBe('passed');
    expect(hintOf(trust.watchDns.check([alarm]))).toContain('dimension');
    expect(trust.watchDns.check([])).toMatchObject({ actual: 'none in us-east-1' });
  });
});

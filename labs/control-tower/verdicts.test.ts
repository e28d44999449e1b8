// What each check says of what was seen: the right thing, and the mistakes that a learner makes. Plain objects.

import type { Verdict } from '../../lib/kit';
import { exercises } from './exercises';
import { manifestFor, manifestProblems } from './manifest';
import type { Baseline } from './observe/baseline';
import type { Governed, Plan } from './observe/landing-zone';
import type { Filter, Trail } from './observe/logging';
import type { Vended } from './observe/vending';

const verdictOn = (id: string, seen: unknown): Verdict => {
  const check = exercises.find((one) => one.id === id)?.check;
  if (check === undefined) throw new Error(`no check of ${id}`);
  return check(seen as never);
};
const told = (verdict: Verdict): string =>
  verdict.status === 'failed' ? `${verdict.actual} | ${verdict.hint}` : JSON.stringify(verdict);

describe('the trail', () => {
  const filter: Filter = { pattern: '{ $.userIdentity.type = "Root" }', metrics: ['n/m'], alarms: ['a'] };
  const trail: Trail = {
    name: 'worklab-abc123-events',
    multiRegion: true,
    globalEvents: true,
    validation: true,
    logging: true,
    bucket: 'b',
    bucketClosed: true,
    logGroup: 'g',
    filters: [filter],
  };
  const seen = (...trails: readonly Partial<Trail>[]) => ({
    trails: trails.map((one) => ({ ...trail, ...one })),
    dashboards: [],
  });

  test('into a closed bucket and a watched log group', () => {
    expect(verdictOn('centralize-logs', seen({}))).toEqual({ status: 'passed', notLookedAt: [expect.any(String)] });
    const mfa = {
      ...filter,
      pattern: '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }',
    };
    expect(verdictOn('centralize-logs', seen({ filters: [mfa] })).status).toBe('passed');
  });

  test.each<[string, readonly Partial<Trail>[], string]>([
    ['none', [], 'none carries its name'],
    ['never started', [{ logging: false }], 'has to be started'],
    ['of one region', [{ multiRegion: false }], 'sees one region'],
    ['without global services', [{ globalEvents: false }], 'IAM and STS'],
    ['without digests', [{ validation: false }], 'signed digest'],
    ['into an open bucket', [{ bucketClosed: false }], 'all four ways'],
    ['into its bucket alone', [{ logGroup: '', filters: [] }], 'bucket alone'],
    ['that nobody filters', [{ filters: [] }], 'no metric filter'],
    ['filtered for something else', [{ filters: [{ ...filter, pattern: 'ERROR' }] }], 'look for something else'],
    ['that nothing is alarmed by', [{ filters: [{ ...filter, alarms: [] }] }], 'nothing watches n/m'],
  ])('%s: failed', (_what, trails, expected) => {
    expect(told(verdictOn('centralize-logs', seen(...trails)))).toContain(expected);
  });

  test('a dashboard that shows what is counted', () => {
    const shown = (dashboards: unknown) => verdictOn('show-dashboard', { trails: [trail], dashboards });
    expect(shown([{ name: 'd', shows: ['n/m'] }]).status).toBe('passed');
    expect(told(shown([]))).toContain('none carries');
    expect(told(shown([{ name: 'd', shows: [] }]))).toContain('d shows something else');
  });
});

describe('the baseline', () => {
  const CLOSED = {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  };
  const baseline: Baseline = {
    encrypted: true,
    snapshots: 'block-all-sharing',
    tokens: 'required',
    buckets: CLOSED,
    analyzers: ['a'],
  };

  test('everything as it should be', () => {
    expect(verdictOn('set-baseline', baseline)).toEqual({ status: 'passed' });
  });

  test.each<[string, Partial<Baseline>, string]>([
    ['volumes in clear', { encrypted: false }, 'they are not'],
    ['snapshots shared before stay shared', { snapshots: 'block-new-sharing' }, 'leaves public what is public'],
    ['no preference for tokens', { tokens: 'no-preference' }, 'no-preference'],
    ['no block for the account', { buckets: null }, 'four blocks'],
    ['three of the four', { buckets: { ...CLOSED, BlockPublicPolicy: false } }, 'off: BlockPublicPolicy'],
    ['no analyzer', { analyzers: [] }, 'the type is ACCOUNT'],
  ])('%s: failed', (_what, changes, expected) => {
    expect(told(verdictOn('set-baseline', { ...baseline, ...changes }))).toContain(expected);
  });
});

const GOOD = manifestFor(['us-east-1', 'us-west-2'], { logArchive: '111122223333', audit: '444455556666' });
const PLACE = { region: 'us-east-1', account: '123456789012' };

describe('the manifest', () => {
  test.each<[string, unknown, string]>([
    [
      'of an older version',
      { ...GOOD, organizationStructure: { security: { name: 'Security' } } },
      'no organizationStructure',
    ],
    ['with a part of its own', { ...GOOD, guardrails: {} }, 'no part of a manifest'],
    ['without the home region', { ...GOOD, governedRegions: ['eu-west-1'] }, 'the home region'],
    ['without regions', { ...GOOD, governedRegions: [] }, 'no list of regions'],
    [
      'with a zone for a region',
      { ...GOOD, governedRegions: ['us-east-1', 'us-east-1a'] },
      '"us-east-1a" is no region',
    ],
    ['without a part', { ...GOOD, backup: undefined }, 'backup is missing'],
    ['with "yes" for true', { ...GOOD, accessManagement: { enabled: 'yes' } }, 'neither true nor false'],
    ['with a number for an account', { ...GOOD, config: { ...GOOD.config, accountId: 444455556666 } }, 'as a text'],
    [
      'with a name for an account',
      { ...GOOD, securityRoles: { enabled: true, accountId: 'audit' } },
      'securityRoles.accountId',
    ],
    [
      'that keeps logs for ever',
      {
        ...GOOD,
        centralizedLogging: { ...GOOD.centralizedLogging, configurations: { loggingBucket: { retentionDays: 0 } } },
      },
      'loggingBucket.retentionDays',
    ],
    ['with roles and no Config', { ...GOOD, config: { enabled: false } }, 'rest on AWS Config'],
    [
      'in the management account',
      { ...GOOD, centralizedLogging: { ...GOOD.centralizedLogging, accountId: PLACE.account } },
      'management account',
    ],
    [
      'with one account for both',
      { ...GOOD, securityRoles: { enabled: true, accountId: '111122223333' } },
      'are the same',
    ],
    ['that is a list', [], 'no JSON object'],
  ])('%s has a problem', (_what, manifest, expected) => {
    expect(manifestProblems(JSON.stringify(manifest), PLACE).join('; ')).toContain(expected);
  });

  test('in order, also with what may be left out left out; and one that is not JSON', () => {
    expect(manifestProblems(JSON.stringify(GOOD), PLACE)).toEqual([]);
    const off = { enabled: false };
    const least = {
      governedRegions: ['us-east-1'],
      centralizedLogging: off,
      config: off,
      securityRoles: off,
      accessManagement: off,
      backup: off,
    };
    expect(manifestProblems(JSON.stringify(least), PLACE)).toEqual([]);
    expect(manifestProblems('governedRegions: []', PLACE)).toEqual(['it is not JSON']);
  });
});

describe('the landing zone', () => {
  const plan = (changes: Partial<Plan> = {}): Plan => ({
    ...PLACE,
    target: 'aws',
    management: true,
    manifest: JSON.stringify(GOOD),
    landingZones: [{ arn: 'a', version: '4.0', status: 'ACTIVE' }],
    ...changes,
  });

  test('is passed only where one stands; in the sandbox it is unknown, however good the manifest', () => {
    expect(verdictOn('set-up-landing-zone', plan()).status).toBe('passed');
    expect(verdictOn('set-up-landing-zone', plan({ target: 'local', management: false, landingZones: null }))).toEqual({
      status: 'unknown',
      reason: expect.stringMatching(/^not emulated: the manifest is in order/),
    });
    expect(verdictOn('set-up-landing-zone', plan({ management: false, landingZones: [] }))).toMatchObject({
      reason: expect.stringContaining('stays reading'),
    });
  });

  test.each<[string, Partial<Plan>, string]>([
    ['no manifest', { manifest: null }, 'no such parameter'],
    ['no manifest in the sandbox either', { manifest: null, landingZones: null, target: 'local' }, 'no such parameter'],
    ['a manifest that is none', { manifest: '{}' }, 'governedRegions'],
    ['none set up', { landingZones: [] }, 'has none'],
    ['one that failed', { landingZones: [{ arn: 'a', version: '4.0', status: 'FAILED' }] }, 'it is FAILED'],
    ['an old one', { landingZones: [{ arn: 'a', version: '3.3', status: 'ACTIVE' }] }, 'version 3.3'],
  ])('%s: failed', (_what, changes, expected) => {
    expect(told(verdictOn('set-up-landing-zone', plan(changes)))).toContain(expected);
  });

  const unit = { name: 'worklab-abc123-governed', baselines: ['b'], controls: ['one', 'two'] };
  const governed = (...units: Governed['units']): Governed => ({ management: true, units });

  test('units and controls', () => {
    for (const id of ['register-units', 'enable-guardrails']) {
      expect(verdictOn(id, governed(unit)).status).toBe('passed');
      expect(told(verdictOn(id, governed()))).toContain('none carries its name');
      expect(told(verdictOn(id, governed({ ...unit, baselines: [] })))).toContain('known to Organizations alone');
      expect(verdictOn(id, { management: false, units: [] })).toMatchObject({
        reason: expect.stringContaining('stays reading'),
      });
    }
    expect(told(verdictOn('enable-guardrails', governed({ ...unit, controls: ['one', 'one'] })))).toContain('has 1');
  });

  const vended = (...accounts: Vended['accounts']): Vended => ({ target: 'aws', management: true, accounts });
  const account = { name: 'worklab-abc123-account', product: 'AWS Control Tower Account Factory', status: 'AVAILABLE' };

  test('accounts', () => {
    expect(verdictOn('vend-account', vended(account)).status).toBe('passed');
    expect(told(verdictOn('vend-account', vended()))).toContain('none carries');
    expect(told(verdictOn('vend-account', vended({ ...account, product: 'A bucket' })))).toContain('is a A bucket');
    expect(told(verdictOn('vend-account', vended({ ...account, status: 'TAINTED' })))).toContain('TAINTED');
    expect(verdictOn('vend-account', { ...vended(account), target: 'local' })).toMatchObject({
      reason: expect.stringContaining('not emulated'),
    });
    expect(verdictOn('vend-account', { ...vended(account), management: false }).status).toBe('unknown');
  });
});

// What each check says of what was done right, nearly right, and not at all. Plain objects, no account.

import type { Verdict } from '../../lib/kit';
import { lockArchive, protectArchive, proveLock } from './exercises/keep';
import { archiveByLifecycle, restoreFromArchive, tierByAccess } from './exercises/move';
import type { Path, Tiering } from './observe/lifecycle';
import type { Lock, LockedVersion } from './observe/locks';
import type { Protection } from './observe/protection';
import { type Archived, readRestore } from './observe/restorations';
import { onlyOverTls } from './tls';

const passes = (verdict: Verdict, ...notLookedAt: string[]): void =>
  expect(verdict).toEqual(notLookedAt.length === 0 ? { status: 'passed' } : { status: 'passed', notLookedAt });
const fails = (verdict: Verdict, actual: string, hint: string): void =>
  expect(verdict).toMatchObject({
    status: 'failed',
    actual: expect.stringContaining(actual),
    hint: expect.stringContaining(hint),
  });

describe('archiving by lifecycle', () => {
  const { check } = archiveByLifecycle;
  const GOOD: Path = {
    bucket: 'worklab-abc123-archive',
    scope: 'logs/',
    enabled: true,
    moves: { GLACIER_IR: 30, GLACIER: 120, DEEP_ARCHIVE: 210 },
    abortsAfter: 1,
  };
  const moving = (moves: Path['moves']) => check([{ ...GOOD, moves }]);

  test('three classes in days, each kept for its minimum, pass; other days do as well', () => {
    passes(check([GOOD]));
    passes(moving({ STANDARD_IA: 30, GLACIER_IR: 60, GLACIER: 150, DEEP_ARCHIVE: 365 }));
    passes(check([{ ...GOOD, enabled: false }, GOOD]));
  });

  test('the mistakes', () => {
    fails(check([]), 'no bucket of the run', 'belongs to a bucket');
    fails(check([{ ...GOOD, enabled: false }]), 'disabled', 'status');
    fails(moving({ GLACIER: 90, DEEP_ARCHIVE: 180 }), 'GLACIER after 90 days', 'as the API spells it');
    fails(moving({ GLACIER_IR: 30, GLACIER: 120 }), 'GLACIER after 120 days', 'as the API spells it');
    fails(moving({ GLACIER_IR: 30, GLACIER: undefined, DEEP_ARCHIVE: 210 }), 'GLACIER on a date', 'in days');
    fails(moving({ GLACIER_IR: 30, GLACIER: 60, DEEP_ARCHIVE: 210 }), 'after 60 days', 'charged for the rest');
    fails(moving({ GLACIER_IR: 0, GLACIER: 90, DEEP_ARCHIVE: 120 }), 'after 120 days', 'charged for the rest');
    fails(check([{ ...GOOD, abortsAfter: undefined }]), 'no rule', 'incomplete upload');
    fails(check([{ ...GOOD, abortsAfter: 30 }]), 'after 30 days', 'incomplete upload');
  });
});

describe('tiers', () => {
  const { check } = tierByAccess;
  const GOOD: Tiering = {
    bucket: 'worklab-abc123-archive',
    id: 'archive-shared',
    enabled: true,
    prefix: 'shared/',
    tiers: { ARCHIVE_ACCESS: 90, DEEP_ARCHIVE_ACCESS: 180 },
    fed: true,
  };

  test('both archive tiers, and a way into the class, pass', () => {
    passes(check([GOOD]));
    passes(check([{ ...GOOD, tiers: { ARCHIVE_ACCESS: 120, DEEP_ARCHIVE_ACCESS: 730 } }]));
  });

  test('the mistakes', () => {
    fails(check([]), 'no bucket of the run', 'read at once');
    fails(check([{ ...GOOD, enabled: false }]), 'disabled', 'status');
    fails(check([{ ...GOOD, tiers: { ARCHIVE_ACCESS: 90 } }]), 'has ARCHIVE_ACCESS', 'opt-in');
    fails(check([{ ...GOOD, tiers: { DEEP_ARCHIVE_ACCESS: 180 } }]), 'has DEEP_ARCHIVE_ACCESS', 'opt-in');
    fails(check([{ ...GOOD, fed: false }]), 'no rule', 'brings them into it');
  });
});

describe('restorations', () => {
  const { check } = restoreFromArchive;
  const object = (key: string, storageClass: string, restoration: Archived['restoration']): Archived => ({
    bucket: 'worklab-abc123-archive',
    key,
    storageClass,
    restoration,
  });
  const UNTOLD = 'which way back each request named: S3 does not tell afterwards';

  test('three that are under way or there pass; which way each was asked for is not to be seen', () => {
    passes(
      check([
        object('a', 'GLACIER', 'there'),
        object('b', 'GLACIER', 'under way'),
        object('c', 'DEEP_ARCHIVE', 'under way'),
        object('d', 'DEEP_ARCHIVE', 'none'),
      ]),
      UNTOLD,
    );
  });

  test('the mistakes', () => {
    fails(check([]), 'no object of the run', 'name its storage class');
    fails(check([object('a', 'GLACIER_IR', 'none')]), 'a is in GLACIER_IR', 'nothing to restore');
    fails(check([object('a', 'GLACIER', 'none')]), '0 of 3; nobody asks for a', 'lasts for the days');
    fails(check([object('a', 'GLACIER', 'there'), object('b', 'GLACIER', 'there')]), '2 of 3', 'lasts for the days');
    const deep = ['a', 'b', 'c'].map((key) => object(key, 'DEEP_ARCHIVE', 'under way'));
    fails(check(deep), 'all of them are in Deep Archive', 'not offered');
  });

  test('the header says how far a restoration is', () => {
    expect(readRestore(undefined)).toEqual({ restoration: 'none' });
    expect(readRestore('ongoing-request="true"')).toEqual({ restoration: 'under way' });
    expect(readRestore('ongoing-request="false", expiry-date="Fri, 27 Nov 2026 00:00:00 GMT"')).toEqual({
      restoration: 'there',
      until: 'Fri, 27 Nov 2026 00:00:00 GMT',
    });
  });
});

describe('locks', () => {
  const GOOD: Lock = { bucket: 'worklab-abc123-locked', versioned: true, enabled: true, mode: 'GOVERNANCE', days: 1 };

  test('a day in governance mode passes, and nothing else', () => {
    const { check } = lockArchive;
    passes(check([GOOD]));
    fails(check([]), 'none carries', 'one for all accounts');
    fails(check([{ ...GOOD, enabled: false, versioned: false }]), 'no versions', 'needs versioning');
    fails(check([{ ...GOOD, mode: undefined, days: undefined }]), 'nothing by itself', 'mode and a period');
    fails(check([{ ...GOOD, mode: 'COMPLIANCE' }]), 'compliance mode', 'the root user included');
    fails(check([{ ...GOOD, days: 365 }]), 'for 365 days', 'longer than a day');
  });

  const VERSION: LockedVersion = {
    bucket: 'worklab-abc123-locked',
    key: 'record.txt',
    version: 'v1',
    mode: 'GOVERNANCE',
    hoursLeft: 1,
    held: false,
    hidden: true,
  };

  test('a version that outlived its deletion passes, locked by retention or hold', () => {
    const { check } = proveLock;
    passes(check([VERSION]));
    passes(check([{ ...VERSION, mode: undefined, hoursLeft: undefined, held: true }]));
    fails(check([]), 'holds any', 'put one first');
    fails(check([{ ...VERSION, mode: undefined, hoursLeft: undefined }]), 'is not locked', 'not to older ones');
    fails(check([{ ...VERSION, hoursLeft: -1 }]), 'is not locked any more', 'not to older ones');
    fails(check([{ ...VERSION, mode: 'COMPLIANCE' }]), 'compliance mode', 'until its date');
    fails(check([{ ...VERSION, hoursLeft: 8760 }]), 'for 8760 more hours', 'can be shortened');
    fails(check([{ ...VERSION, hidden: false }]), 'nobody has deleted', 'without naming a version');
  });
});

describe('protection', () => {
  const { check } = protectArchive;
  const policy = (change: object = {}): string =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ ...onlyOverTls('aws', 'b'), ...change }] });
  const GOOD: Protection = { bucket: 'b', algorithm: 'AES256', closed: true, policy: policy() };

  test('encrypted, closed and over TLS alone passes, in other words too', () => {
    passes(check([GOOD]));
    passes(check([{ ...GOOD, algorithm: 'aws:kms' }]));
    passes(check([{ ...GOOD, policy: policy({ Principal: { AWS: '*' }, Action: ['s3:*'], Resource: '*' }) }]));
  });

  test('the mistakes', () => {
    const says = (change: object): Verdict => check([{ ...GOOD, policy: policy(change) }]);
    fails(check([]), 'none carries', 'one for all accounts');
    fails(check([{ ...GOOD, algorithm: undefined }]), 'nothing of encryption', 'since 2023');
    fails(check([{ ...GOOD, closed: false }]), 'does not block', 'four switches');
    fails(check([{ ...GOOD, policy: undefined }]), 'no policy', 'condition key');
    fails(says({ Effect: 'Allow' }), 'does not', 'deny when it says false');
    fails(says({ Principal: { AWS: 'arn:aws:iam::1:root' } }), 'does not', 'all principals');
    fails(says({ Action: 's3:GetObject' }), 'does not', 'deny');
    fails(says({ Resource: 'arn:aws:s3:::b' }), 'does not', 'all objects');
    fails(says({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }), 'does not', 'says false');
    fails(says({ Condition: undefined }), 'does not', 'condition key');
  });
});

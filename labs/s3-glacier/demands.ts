// What the exercises ask of lifecycles, tiers, locks and policies. Read by the checks, and by the solutions, which leave
// alone what already meets them. Pure.

import type { Demand } from '../../lib/kit';
import { ARCHIVE_CLASSES, type ArchiveClass, CALLED, LOCK_DAYS, MINIMUM_DAYS, TIERS } from './facts';
import type { Path, Tiering } from './observe/lifecycle';
import type { Lock, LockedVersion } from './observe/locks';
import type { Protection } from './observe/protection';
import { deniesPlain } from './tls';

const nameOf = ({ bucket, scope }: Path): string => `${bucket}, objects under "${scope}"`;

const goesTo = (archive: ArchiveClass): Demand<Path> => ({
  expected: `a transition to ${CALLED[archive]} (${archive}) after a number of days`,
  met: ({ moves }) => moves[archive] !== undefined,
  actual: (path) => `${nameOf(path)}: ${said(path)}`,
  hint: 'each transition names one storage class as the API spells it; one rule may hold several, in days since the object was made',
});

const said = ({ moves }: Path): string => {
  const parts = Object.entries(moves).map(
    ([to, days]) => `${to} ${days === undefined ? 'on a date' : `after ${days} days`}`,
  );
  return parts.length === 0 ? 'no transition' : parts.join(', ');
};

const staysIn = (archive: ArchiveClass, next: ArchiveClass): Demand<Path> => ({
  expected: `at least ${MINIMUM_DAYS[archive]} days in ${CALLED[archive]} before the next class`,
  met: ({ moves }) => Number(moves[next]) - Number(moves[archive]) >= MINIMUM_DAYS[archive],
  actual: (path) => `${nameOf(path)}: ${said(path)}`,
  hint: 'an object that leaves a class before its minimum duration is charged for the rest of it all the same',
});

export const ARCHIVED_BY_RULE: readonly Demand<Path>[] = [
  {
    expected: 'a rule that is switched on',
    met: ({ enabled }) => enabled,
    actual: (path) => `the rule for ${nameOf(path)} is disabled`,
    hint: 'a rule has a status of its own',
  },
  ...ARCHIVE_CLASSES.map(goesTo),
  staysIn('GLACIER_IR', 'GLACIER'),
  staysIn('GLACIER', 'DEEP_ARCHIVE'),
  {
    expected: 'uploads that were never completed given up within a week',
    met: ({ abortsAfter }) => abortsAfter !== undefined && abortsAfter <= 7,
    actual: ({ bucket, abortsAfter }) =>
      abortsAfter === undefined ? `no rule of ${bucket} does so` : `in ${bucket} after ${abortsAfter} days`,
    hint: 'the parts of an incomplete upload are charged for and stand in no listing of objects; a rule can abort them',
  },
];

const archivesAfter = ({ tier, days }: (typeof TIERS)[number]): Demand<Tiering> => ({
  expected: `the tier ${tier}, after at least ${days} days without access`,
  met: ({ tiers }) => (tiers[tier] ?? 0) >= days,
  actual: ({ bucket, id, tiers }) => `"${id}" of ${bucket} has ${Object.keys(tiers).join(', ') || 'no tier'}`,
  hint: 'the two archive tiers are opt-in: one configuration names both, with its own number of days for each',
});

export const TIERED: readonly Demand<Tiering>[] = [
  {
    expected: 'a configuration that is switched on',
    met: ({ enabled }) => enabled,
    actual: ({ bucket, id }) => `"${id}" of ${bucket} is disabled`,
    hint: 'a configuration has a status of its own',
  },
  ...TIERS.map(archivesAfter),
  {
    expected: 'a way for objects into the class INTELLIGENT_TIERING, under the same prefix',
    met: ({ fed }) => fed,
    actual: ({ bucket, prefix }) => `no rule of ${bucket} moves objects under "${prefix}" there, and none is there`,
    hint: 'a configuration says what becomes of objects of the class; a lifecycle rule, or whoever puts them, brings them into it',
  },
];

export const LOCKED: readonly Demand<Lock>[] = [
  {
    expected: 'a bucket with Object Lock',
    met: ({ enabled, versioned }) => enabled && versioned,
    actual: ({ bucket, versioned }) => `${bucket} has none${versioned ? '' : ', and no versions that it could lock'}`,
    hint: 'a lock holds versions: the bucket needs versioning, and the lock is given when it is made or switched on later',
  },
  {
    expected: 'a default retention, so that each new version is locked by itself',
    met: ({ mode, days }) => mode !== undefined && days !== undefined,
    actual: ({ bucket }) => `${bucket} locks nothing by itself`,
    hint: 'the configuration of the lock takes a rule with a mode and a period',
  },
  {
    expected: 'governance mode',
    met: ({ mode }) => mode === 'GOVERNANCE',
    actual: ({ bucket, mode }) => `${bucket} is in ${mode?.toLowerCase()} mode`,
    hint: 'in compliance mode nobody, the root user included, deletes a version before its date: no place to practise',
  },
  {
    expected: `a period of ${LOCK_DAYS} day`,
    met: ({ days }) => days === LOCK_DAYS,
    actual: ({ bucket, days }) => `${bucket} keeps for ${days} days`,
    hint: 'nothing of this lab is locked for longer than a day, so that all of it can go',
  },
];

const versionOf = ({ bucket, key, version }: LockedVersion): string => `${bucket}/${key}, version ${version},`;
const retained = ({ hoursLeft = 0 }: LockedVersion): boolean => hoursLeft > 0;

export const PROVEN: readonly Demand<LockedVersion>[] = [
  {
    expected: 'a version that is locked, by a retention or a legal hold',
    met: (one) => retained(one) || one.held,
    actual: (one) => `${versionOf(one)} is not locked${one.mode === undefined ? '' : ' any more'}`,
    hint: 'the default retention of a bucket is given to versions put after it, not to older ones',
  },
  {
    expected: 'governance mode',
    met: (one) => !retained(one) || one.mode === 'GOVERNANCE',
    actual: (one) => `${versionOf(one)} is in ${one.mode?.toLowerCase()} mode`,
    hint: 'a version in compliance mode stays until its date, whoever asks',
  },
  {
    expected: 'a lock of at most one day',
    met: ({ hoursLeft = 0 }) => hoursLeft <= 24 * LOCK_DAYS,
    actual: (one) => `${versionOf(one)} is locked for ${Math.ceil(one.hoursLeft ?? 0)} more hours`,
    hint: 'in governance mode a retention can be shortened by whoever may bypass it',
  },
  {
    expected: 'its key deleted, and the version still there',
    met: ({ hidden }) => hidden,
    actual: (one) => `nobody has deleted the key of ${versionOf(one).replace(/,$/, '')}`,
    hint: 'delete the object without naming a version, then list the versions: what hides it is a marker',
  },
];

export const PROTECTED: readonly Demand<Protection>[] = [
  {
    expected: 'a bucket that encrypts what is put into it',
    met: ({ algorithm }) => algorithm !== undefined,
    actual: ({ bucket }) => `${bucket} says nothing of encryption`,
    hint: 'since 2023 every bucket encrypts with keys of S3 at least',
  },
  {
    expected: 'no public access, in all four ways',
    met: ({ closed }) => closed,
    actual: ({ bucket }) => `${bucket} does not block all of it`,
    hint: 'four switches: ACLs and policies, new ones and those that are there',
  },
  {
    expected: 'a bucket policy that denies everybody whatever does not come over TLS',
    met: ({ bucket, policy }) => deniesPlain(policy, bucket),
    actual: ({ bucket, policy }) =>
      policy === undefined ? `${bucket} has no policy` : `the policy of ${bucket} does not`,
    hint: 'a condition key says whether a request came over TLS; deny when it says false, for all principals and all objects',
  },
];

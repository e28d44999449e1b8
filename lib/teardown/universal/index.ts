// The sweepers that no lab has to write: kinds that many labs make, and that a name, a tag or an id tells to be the run's.

import type { Sweeper } from '../../kit';
import { buckets, contents, uploads } from './bucket';
import { instanceProfiles, roles } from './identity';
import { keys } from './key';
import { logGroups } from './log-group';
import { policies } from './policy';
import { scheduleGroups } from './schedule';
import { stackSweeper } from './stack';
import { stackSets } from './stack-set';
import { taggedSweeper } from './tagged';
import { topics } from './topic';
import { alarms, dashboards } from './watch';

export { kindOfArn } from './tagged';

/** Services that are one for all regions show their tags there (Resource Groups Tagging API, 2026-11-22). */
const HOME_OF_GLOBAL = 'us-east-1';

/** Before what the labs make: they make more of it. */
const FIRST = [scheduleGroups, stackSets];
/** After what the labs make: they hang on it, are written to by it, or are held by it. */
const LAST = [
  alarms,
  dashboards,
  topics,
  uploads,
  contents,
  buckets,
  instanceProfiles,
  roles,
  policies,
  keys,
  logGroups,
];

/**
 * The sweepers of the labs, and those for every kind that none of them brings. They look in every region of the run and
 * where the global services are at home.
 */
export function universalSweepers(
  ofLabs: readonly Sweeper[],
  regions: readonly string[],
  sleep: (milliseconds: number) => Promise<void>,
): readonly Sweeper[] {
  const known = new Set(ofLabs.map(({ kind }) => kind));
  const last = [...LAST, stackSweeper(sleep)];
  const covered = new Set([...known, ...[...FIRST, ...last].map(({ kind }) => kind)]);
  const everywhere = [...new Set([...regions, HOME_OF_GLOBAL])];
  const ours = (sweepers: readonly Sweeper[]): Sweeper[] =>
    sweepers.filter(({ kind }) => !known.has(kind)).map((sweeper) => ({ regions: everywhere, ...sweeper }));
  return [...ours(FIRST), ...ofLabs, ...ours([...last, taggedSweeper(covered)])];
}

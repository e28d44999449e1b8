// The sweepers that no lab has to write: kinds that many labs make, and that a name, a tag or an id tells to be the run's.

import type { Sweeper } from '../../kit';
import { bucketSweepers } from './bucket';
import { instanceProfiles, roles } from './identity';
import { keys } from './key';
import { logGroups } from './log-group';
import { parameters } from './parameter';
import { policies } from './policy';
import { eventRules } from './rule';
import { scheduleGroups } from './schedule';
import { stackSweeper } from './stack';
import { stackSets } from './stack-set';
import { taggedSweeper } from './tagged';
import { topics } from './topic';
import { trails } from './trail';
import { alarms, dashboards } from './watch';

export { kindOfArn } from './tagged';

/** Services that are one for all regions show their tags there (Resource Groups Tagging API, 2026-11-22). */
const HOME_OF_GLOBAL = 'us-east-1';

/** Before what the labs make: they make more of it. */
const FIRST = [scheduleGroups, stackSets];
/** After what the labs make: they hang on it, are written to by it, or are held by it. */
const lastOnes = (regions: readonly string[], sleep: Sleep): readonly Sweeper[] => [
  eventRules,
  alarms,
  dashboards,
  topics,
  trails,
  ...bucketSweepers(regions),
  instanceProfiles,
  roles,
  policies,
  keys,
  logGroups,
  parameters,
  stackSweeper(sleep),
];

type Sleep = (milliseconds: number) => Promise<void>;

/**
 * The sweepers of the labs, and those for the kinds that every lab may make, whatever a lab itself looks for under such a kind.
 * They look in every region of the run and where the global services are at home.
 */
export function universalSweepers(
  ofLabs: readonly Sweeper[],
  regions: readonly string[],
  sleep: Sleep,
): readonly Sweeper[] {
  const everywhere = [...new Set([...regions, HOME_OF_GLOBAL])];
  const last = lastOnes(everywhere, sleep);
  const covered = new Set([...ofLabs, ...FIRST, ...last].map(({ kind }) => kind));
  const there = (sweeper: Sweeper): Sweeper => ({ regions: everywhere, ...sweeper });
  return [...FIRST.map(there), ...ofLabs, ...[...last, taggedSweeper(covered)].map(there)];
}

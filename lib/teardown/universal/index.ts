// The sweepers that no lab has to write: whatever kind of lab made it, its name or its tag tells.

import type { Sweeper } from '../../kit';
import { keys } from './key';
import { logGroups } from './log-group';
import { scheduleGroups } from './schedule';
import { stackSweeper } from './stack';
import { stackSets } from './stack-set';
import { taggedSweeper } from './tagged';

export { kindOfArn } from './tagged';

/** The sweepers of the labs, and those for every kind that none of them brings. A lab knows its own kinds better. */
export function universalSweepers(
  ofLabs: readonly Sweeper[],
  sleep: (milliseconds: number) => Promise<void>,
): readonly Sweeper[] {
  const known = new Set(ofLabs.map(({ kind }) => kind));
  const ours = [scheduleGroups, stackSets, stackSweeper(sleep), keys, logGroups].filter(({ kind }) => !known.has(kind));
  return [
    ...ours.slice(0, 2),
    ...ofLabs,
    ...ours.slice(2),
    taggedSweeper(new Set([...known, ...ours.map(({ kind }) => kind)])),
  ];
}

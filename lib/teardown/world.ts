// What every step of a teardown is given: the door, the run, who looks where, and where to tell what happens.

import type { JournalEvent, RecordedSetting } from '../core/journal';
import type { Emit } from '../core/progress';
import type { Residue } from '../core/residue';
import type { AccountSetting, Aws, Sweeper, SweepScope } from '../kit';

/** A sweeper in one region. */
export interface Post {
  readonly sweeper: Sweeper;
  readonly region: string;
}

/** A thing to remove, and who knows how. */
export interface Target extends Post {
  readonly residue: Residue;
}

/** Settings that the run found, the labs' ways of reading them, and which of them another open run changed as well. */
export interface SettingsOfRun {
  readonly recorded: readonly RecordedSetting[];
  readonly known: readonly AccountSetting[];
  readonly sharedWith: (recorded: RecordedSetting) => string | undefined;
}

export interface World {
  readonly aws: Aws;
  readonly scope: SweepScope;
  readonly posts: readonly Post[];
  readonly settings: SettingsOfRun;
  readonly emit: Emit;
  readonly append: (event: JournalEvent) => void;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Every sweeper in every region it looks in, in the order in which removals have to happen. */
export function postsOf(sweepers: readonly Sweeper[], regions: readonly string[]): Post[] {
  return inRemovalOrder(sweepers).flatMap((sweeper) =>
    [...new Set(sweeper.regions ?? regions)].map((region) => ({ sweeper, region })),
  );
}

/** What comes first in the list goes first, unless it waits for what has not gone: what waits pulls nothing forward. */
function inRemovalOrder(sweepers: readonly Sweeper[]): Sweeper[] {
  const order: Sweeper[] = [];
  for (let left = sweepers; left.length > 0; left = left.filter((sweeper) => !order.includes(sweeper))) {
    const next = left.find(({ after = [] }) => !left.some(({ kind }) => after.includes(kind)));
    if (next === undefined)
      throw new Error(`sweepers wait for each other in a circle: ${left.map(({ kind }) => kind)}`);
    order.push(next);
  }
  return order;
}

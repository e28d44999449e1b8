// A teardown's world without AWS: sweepers over a set of things in memory, and a record of what was journalled.

import type { JournalEvent } from '../../lib/core/journal';
import type { Residue } from '../../lib/core/residue';
import { scopeOf } from '../../lib/core/run';
import type { Aws, Sweeper, SweepScope } from '../../lib/kit';
import { postsOf, type World } from '../../lib/teardown/world';

const NOW = '2026-11-22T12:00:00.000Z';

/** A door that nobody may go through: these sweepers need no AWS. */
const closedDoor: Aws = {
  region: 'us-east-1',
  account: '111111111111',
  target: 'local',
  client: () => {
    throw new Error('no AWS in this test');
  },
};

export interface Thing extends Residue {
  /** Id of the thing that it hangs on. */
  readonly on?: string;
  readonly tagged?: boolean;
}

/** Sweepers, one per kind in this order of removal, over things that vanish when removed. */
export function sweepersOver(
  things: Set<Thing>,
  kinds: readonly string[],
  refuse: (thing: Thing) => string | undefined = () => undefined,
): Sweeper[] {
  return kinds.map((kind, index) => ({
    kind,
    ...(index === 0 ? {} : { after: [kinds[index - 1] ?? ''] }),
    async *list(_aws: Aws, { owned }: SweepScope) {
      for (const thing of things) {
        if (thing.kind === kind && (thing.tagged || thing.why || owned.has(thing.id) || owned.has(thing.on ?? '')))
          yield thing;
      }
    },
    remove: async (_aws: Aws, { id }: Residue) => {
      const thing = [...things].find((one) => one.id === id);
      const reason = thing === undefined ? undefined : refuse(thing);
      if (reason !== undefined) throw new Error(reason);
      if (thing !== undefined) things.delete(thing);
    },
  }));
}

/** A world of these sweepers in one region, and the journal it writes. */
export function fakeWorld(
  sweepers: readonly Sweeper[],
  owned: readonly string[] = [],
): World & { readonly journal: JournalEvent[] } {
  const journal: JournalEvent[] = [];
  return {
    aws: closedDoor,
    scope: { ...scopeOf('abcde2'), owned: new Set(owned), since: '2026-11-22T10:00:00.000Z' },
    posts: postsOf(sweepers, ['us-east-1']),
    settings: { recorded: [], known: [], sharedWith: () => undefined },
    emit: () => {},
    append: (event) => void journal.push(event),
    now: () => new Date(NOW),
    sleep: async () => {},
    journal,
  };
}

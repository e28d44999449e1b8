// What is known of a run, and the labs → what a teardown or a proof is given: who looks where, and what is known to be the run's.

import { setTimeout as sleep } from 'node:timers/promises';
import { openForActing } from '../aws/door';
import type { Session } from '../aws/session';
import type { Sought } from '../core/journal';
import { scopeOf } from '../core/run';
import type { Sweeper } from '../kit';
import { needsOf } from '../plan/order';
import { openJournal } from '../store/journal';
import type { Destroying } from '../teardown/destroy';
import type { Context } from './context';
import { settingsToRestore } from './settings';

/** Everything that `destroy` and `prove` need. A lab whose folder is gone has a sweeper that says that it cannot look. */
export async function teardownWorld(context: Context, sought: Sought, session: Session): Promise<Destroying> {
  const { postsOf } = require('../teardown/world') as typeof import('../teardown/world');
  const { universalSweepers } = require('../teardown/universal') as typeof import('../teardown/universal');
  const { where, labs, regions, owned, removed, since } = sought;
  const wait = (milliseconds: number): Promise<void> => sleep(milliseconds);
  const sweepers = universalSweepers(await sweepersOf(context, labs), regions, wait);
  return {
    aws: openForActing(session, () => {}),
    scope: { ...scopeOf(where.run), owned, since },
    posts: postsOf(sweepers, regions),
    settings: await settingsToRestore(context, sought),
    regions,
    removed,
    needs: (lab) => (context.labs.has(lab) ? needsOf(lab, context.labs) : []),
    emit: context.emit,
    append: openJournal(context.home, where.run).append,
    now: () => new Date(),
    sleep: wait,
  };
}

async function sweepersOf({ labs }: Context, ids: readonly string[]): Promise<Sweeper[]> {
  const missing = ids.filter((id) => !labs.has(id));
  // What a lab that is gone could leave is looked for by every other lab; what only it knew is told as unknown.
  const asked = missing.length === 0 ? ids : [...labs.keys()];
  const known = await Promise.all(asked.map((id) => labs.get(id)?.sweepers() ?? []));
  return [...known.flat(), ...missing.map(blind)];
}

const blind = (lab: string): Sweeper => {
  const refuse = async (): Promise<never> => {
    throw new Error(`labs/${lab} is not there any more, so nobody knows what else it makes: bring the folder back`);
  };
  return {
    kind: `lab:${lab}`,
    list: async function* () {
      yield await refuse();
    },
    remove: refuse,
  };
};

// A run's journal and labs → what a teardown or a proof is given: who looks where, and what is known to be the run's.

import { setTimeout as sleep } from 'node:timers/promises';
import { openForActing } from '../aws/door';
import type { Session } from '../aws/session';
import type { RunState } from '../core/journal';
import { scopeOf } from '../core/run';
import { needsOf } from '../plan/order';
import { openJournal } from '../store/journal';
import type { Destroying } from '../teardown/destroy';
import type { Context } from './context';
import { settingsToRestore } from './settings';

/** Everything that `destroy` and `prove` need. Sweepers of labs whose folder is gone are missing, and said to be. */
export async function teardownWorld(context: Context, state: RunState, session: Session): Promise<Destroying> {
  const { postsOf } = require('../teardown/world') as typeof import('../teardown/world');
  const { stackSweeper, taggedSweeper } = require('../teardown/universal') as typeof import('../teardown/universal');
  const { begun, stacks, owned, since } = state;
  const labs = [...new Set([...begun.plan.labs, ...stacks.map(({ lab }) => lab)])].filter((lab) =>
    context.labs.has(lab),
  );
  const own = (await Promise.all(labs.map((id) => context.labs.get(id)?.sweepers() ?? []))).flat();
  const regions = [...new Set([begun.region, ...stacks.map(({ region }) => region)])];
  const wait = (milliseconds: number): Promise<void> => sleep(milliseconds);
  const sweepers = [
    ...own,
    stackSweeper(wait),
    taggedSweeper(new Set(own.map(({ kind }) => kind).concat('cloudformation:stack'))),
  ];
  return {
    aws: openForActing(session, () => {}),
    scope: { ...scopeOf(begun.run), owned, since },
    posts: postsOf(sweepers, regions),
    settings: await settingsToRestore(context, state),
    regions,
    needs: (lab) => (context.labs.has(lab) ? needsOf(lab, context.labs) : []),
    emit: context.emit,
    append: openJournal(context.home, begun.run).append,
    now: () => new Date(),
    sleep: wait,
  };
}

// worklab destroy: removes everything of a run, looks again, and says what it saw.

import { scopeOf } from '../../core/run';
import { openJournal } from '../../store/journal';
import { exclusively } from '../../store/lock';
import { forgetSshKey } from '../../store/ssh-key';
import type { Destroyed } from '../../teardown/destroy';
import { type Consent, confirm, confirmAccount } from '../confirm';
import type { Context } from '../context';
import { columns, count, duration } from '../print';
import { resolveRun } from '../runs';
import { sessionOf } from '../target';
import { teardownWorld } from '../teardown-world';
import { proofsText } from './prove';

export async function destroyCommand(context: Context, id: string | undefined, flags: Consent): Promise<number> {
  const started = Date.now();
  const state = resolveRun(context, id, { closed: true });
  const { run } = state.begun;
  const session = await sessionOf(context, state, 'start');
  if (session.target === 'local') await confirm(context, `destroy run ${run}`, flags.yes);
  else await confirmAccount(context, session, `destroy run ${run}`, flags);
  const { destroy } = require('../../teardown/destroy') as typeof import('../../teardown/destroy');
  const destroyed = await exclusively(context.home, run, async () => {
    const journal = openJournal(context.home, run);
    context.onInterrupt(() => {
      journal.append({ event: 'interrupted', during: 'destroy' });
      context.remark(`run ${run} is still open: worklab destroy ${run} goes on where this stopped`);
    });
    journal.append({ event: 'destroying' });
    return destroy(await teardownWorld(context, resolveRun(context, run), session));
  });
  if (destroyed.proven) forgetSshKey(context.home, run);
  const { removed, proofs, left, proven, refused } = destroyed;
  const seconds = Math.round((Date.now() - started) / 100) / 10;
  context.result({ run, removed, proofs, left, proven, refused, seconds }, () =>
    destroyText(scopeOf(run).run, destroyed, seconds),
  );
  return proven ? 0 : 7;
}

function destroyText(run: string, { removed, proofs, left, proven, refused }: Destroyed, seconds: number): string {
  return [
    columns(removed.map(({ kind, id }) => ['removed', kind, id])),
    ...refused.map(({ id, reason }) => `refused: ${id}: ${reason}\n`),
    ...left.map(({ kind, id, why }) => `left alone: ${kind} ${id}: ${why}\n`),
    proofsText(proofs),
    proven
      ? `\nRun ${run} is proven clean: ${count(proofs.length, 'listing')} looked, nothing of it is left (${duration(seconds * 1000)}).\n`
      : `\nRun ${run} is NOT proven clean. Run "worklab destroy ${run}" again once the causes above are gone.\n`,
  ].join('');
}

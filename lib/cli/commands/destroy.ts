// worklab destroy: removes everything of a run, looks again, says what it saw, and writes the receipt of it.

import type { Session } from '../../aws/session';
import { soughtOf } from '../../core/journal';
import type { Receipt } from '../../core/receipt';
import { makeReceipt } from '../../report/receipt';
import { receiptPage } from '../../report/receipt-page';
import { type Journal, openJournal } from '../../store/journal';
import { exclusively } from '../../store/lock';
import { keepReceipt } from '../../store/receipt';
import { forgetSshKey } from '../../store/ssh-key';
import type { Destroyed } from '../../teardown/destroy';
import { type Consent, confirm, confirmAccount } from '../confirm';
import type { Context } from '../context';
import { columns, duration } from '../print';
import { resolveRun } from '../runs';
import { sessionToLook } from '../target';
import { teardownWorld } from '../teardown-world';
import { looked, proofsText } from './prove';

export async function destroyCommand(context: Context, id: string | undefined, flags: Consent): Promise<number> {
  const started = Date.now();
  const state = resolveRun(context, id, { closed: true });
  const { run } = state.begun;
  const session = await sessionToLook(context, state.begun);
  if (session.target === 'local') await confirm(context, `destroy run ${run}`, flags.yes);
  else await confirmAccount(context, session, `destroy run ${run}`, flags);
  const journal = openJournal(context.home, run);
  const destroyed = await exclusively(context.home, run, () => destroyRun(context, journal, session));
  if (destroyed.proven) forgetSshKey(context.home, run);
  const receipt = receiptOf(context, journal, destroyed);
  const files = keepReceipt(context.home, receipt, receiptPage(receipt));
  const { removed, proofs, left, proven, refused } = destroyed;
  const { calls } = receipt;
  const seconds = Math.round((Date.now() - started) / 100) / 10;
  context.result({ run, removed, proofs, left, proven, refused, calls, receipt: files.json, seconds }, () =>
    destroyText(run, destroyed, { seconds, receipt: files.page }),
  );
  return proven ? 0 : 7;
}

async function destroyRun(context: Context, journal: Journal, session: Session): Promise<Destroyed> {
  const { destroy } = require('../../teardown/destroy') as typeof import('../../teardown/destroy');
  const { run } = journal;
  context.onInterrupt(() => {
    journal.append({ event: 'interrupted', during: 'destroy' });
    context.remark(`run ${run} is still open: worklab destroy ${run} goes on where this stopped`);
  });
  journal.append({ event: 'destroying' });
  return destroy(await teardownWorld(context, soughtOf(resolveRun(context, run)), session));
}

/** Of the journal as it is now, after the proof was written to it. */
const receiptOf = (context: Context, journal: Journal, destroyed: Destroyed): Receipt =>
  makeReceipt(resolveRun(context, journal.run), destroyed, {
    lines: journal.lines(),
    chain: journal.chain(),
    now: new Date(),
  });

function destroyText(
  run: string,
  { removed, proofs, left, proven, refused }: Destroyed,
  { seconds, receipt }: { readonly seconds: number; readonly receipt: string },
): string {
  return [
    columns(removed.map(({ kind, id }) => ['removed', kind, id])),
    ...refused.map(({ id, reason }) => `refused: ${id}: ${reason}\n`),
    ...left.map(({ kind, id, why }) => `left alone: ${kind} ${id}: ${why}\n`),
    proofsText(proofs),
    proven
      ? `\nRun ${run} is proven clean: ${looked(proofs)}, and nothing of it is left (${duration(seconds * 1000)}).\n`
      : `\nRun ${run} is NOT proven clean. Run "worklab destroy ${run}" again once the causes above are gone.\n`,
    `Receipt: ${receipt}\n`,
  ].join('');
}

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
import { lookForCandidates, type PricedCandidate, parseAlso } from '../candidates';
import { type Consent, confirm, confirmAccount } from '../confirm';
import type { Context } from '../context';
import { columns, duration } from '../print';
import { resolveRun } from '../runs';
import { sessionToLook } from '../target';
import { teardownWorld } from '../teardown-world';
import { looked, proofsText } from './prove';

export interface DestroyFlags extends Consent {
  readonly also?: string;
}

export async function destroyCommand(context: Context, id: string | undefined, flags: DestroyFlags): Promise<number> {
  const started = Date.now();
  const state = resolveRun(context, id, { closed: true });
  const { run } = state.begun;
  const also = parseAlso(flags.also, state);
  const session = await sessionToLook(context, state.begun);
  if (session.target === 'local') await confirm(context, `destroy run ${run}`, flags.yes);
  else await confirmAccount(context, session, `destroy run ${run}`, flags);
  const journal = openJournal(context.home, run);
  const destroyed = await exclusively(context.home, run, () => destroyRun(context, { journal, session, also }));
  if (destroyed.proven) forgetSshKey(context.home, run);
  const receipt = receiptOf(context, journal, destroyed);
  const files = keepReceipt(context.home, receipt, receiptPage(receipt));
  const { removed, proofs, left, proven, refused, candidates } = destroyed;
  const { calls } = receipt;
  const seconds = Math.round((Date.now() - started) / 100) / 10;
  const document = { run, removed, proofs, left, candidates, proven, refused, calls, receipt: files.json, seconds };
  context.result(document, () => destroyText(run, destroyed, { seconds, receipt: files.page }));
  return proven ? 0 : 7;
}

interface Ended extends Destroyed {
  readonly candidates: readonly PricedCandidate[];
}

async function destroyRun(
  context: Context,
  {
    journal,
    session,
    also,
  }: { readonly journal: Journal; readonly session: Session; readonly also: readonly string[] },
): Promise<Ended> {
  const { destroy } = require('../../teardown/destroy') as typeof import('../../teardown/destroy');
  const { run } = journal;
  context.onInterrupt(() => {
    journal.append({ event: 'interrupted', during: 'destroy' });
    context.remark(`run ${run} is still open: worklab destroy ${run} goes on where this stopped`);
  });
  if (also.length > 0) journal.append({ event: 'owned', ids: also });
  journal.append({ event: 'destroying' });
  const world = await teardownWorld(context, soughtOf(resolveRun(context, run)), session);
  const destroyed = await destroy(world);
  const state = resolveRun(context, run);
  const known = { ...world, scope: { ...world.scope, owned: state.owned } };
  return { ...destroyed, candidates: await lookForCandidates(context, state, known, session) };
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
  { removed, proofs, left, proven, refused, candidates }: Ended,
  { seconds, receipt }: { readonly seconds: number; readonly receipt: string },
): string {
  return [
    columns(removed.map(({ kind, id }) => ['removed', kind, id])),
    ...refused.map(({ id, reason }) => `refused: ${id}: ${reason}\n`),
    ...left.map(({ kind, id, why }) => `left alone: ${kind} ${id}: ${why}\n`),
    columns(candidates.map(({ kind, id, why, price = '' }) => ["perhaps the run's", kind, id, why, price])),
    candidates.length === 0
      ? ''
      : `  yours to judge; to delete any of them: worklab destroy ${run} --also ${candidates[0]?.id}\n`,
    proofsText(proofs),
    proven
      ? `\nRun ${run} is proven clean: ${looked(proofs)}, and nothing of it is left (${duration(seconds * 1000)}).\n`
      : `\nRun ${run} is NOT proven clean. Run "worklab destroy ${run}" again once the causes above are gone.\n`,
    `Receipt: ${receipt}\n`,
  ].join('');
}

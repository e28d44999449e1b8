// worklab prove: looks for anything of a run, changes nothing. With a receipt, also whether the journal still agrees with it.

import { type Sought, soughtOf } from '../../core/journal';
import type { Receipt } from '../../core/receipt';
import { isProven, type Proof, sumCalls, totalOf } from '../../core/residue';
import { agreement, soughtBy } from '../../report/receipt';
import { openJournal } from '../../store/journal';
import { readReceipt } from '../../store/receipt';
import type { Context } from '../context';
import { columns, count } from '../print';
import { resolveRun } from '../runs';
import { sessionToLook } from '../target';
import { teardownWorld } from '../teardown-world';

export interface ProveFlags {
  readonly receipt?: string;
}

export async function proveCommand(context: Context, id: string | undefined, flags: ProveFlags): Promise<number> {
  const receipt = flags.receipt === undefined ? undefined : readReceipt(flags.receipt);
  const sought = receipt === undefined ? soughtOf(resolveRun(context, id, { closed: true })) : soughtBy(receipt);
  const { proofs, left } = await look(context, sought);
  const { run } = sought.where;
  const proven = isProven(proofs);
  const journal = receipt === undefined ? undefined : agreementOf(context, receipt);
  const calls = sumCalls(proofs.map((proof) => proof.calls));
  if (journal !== 'missing') openJournal(context.home, run).append({ event: 'proved', proofs, proven });
  context.result({ run, proofs, left, proven, calls, ...(journal === undefined ? {} : { journal }) }, () => {
    const verdict = proven ? `proven clean by ${looked(proofs)}` : 'NOT proven clean';
    return `${proofsText(proofs)}\nRun ${run} is ${verdict}.\n${journal === undefined ? '' : JOURNAL[journal]}`;
  });
  return proven && journal !== 'differs' ? 0 : 7;
}

const JOURNAL = {
  agrees: 'The journal is the one that the receipt was made from.\n',
  differs: 'The journal is NOT the one that the receipt was made from: it was edited since.\n',
  missing: 'The journal of the run is not here: the look rests on the receipt alone.\n',
} as const;

async function look(context: Context, sought: Sought) {
  const session = await sessionToLook(context, sought.where);
  const { prove } = require('../../teardown/prove') as typeof import('../../teardown/prove');
  return prove(await teardownWorld(context, sought, session));
}

const agreementOf = ({ home }: Context, receipt: Receipt): keyof typeof JOURNAL =>
  agreement(receipt, openJournal(home, receipt.where.run).chain());

/** "24 listings in 31 calls". */
export const looked = (proofs: readonly Proof[]): string =>
  `${count(proofs.length, 'listing')} in ${count(totalOf(sumCalls(proofs.map(({ calls }) => calls))), 'call')}`;

/** More are not read by anybody, and stand by name in the JSON and in the receipt. */
const MOST_NAMED = 12;

function namesOf(kinds: readonly string[]): string {
  if (kinds.length <= MOST_NAMED) return kinds.join(', ');
  const services = new Set(kinds.map((kind) => kind.slice(0, kind.indexOf(':'))));
  return `${kinds.length} kinds of things, of ${[...services].join(', ')}`;
}

/** What was found or could not be looked at; clean listings in one line. */
export function proofsText(proofs: readonly Proof[]): string {
  const clean = proofs.filter(({ status }) => status === 'clean');
  const rows = proofs.flatMap((proof) => {
    if (proof.status === 'found') return [['found', proof.kind, proof.region, proof.ids.join(', ')]];
    return proof.status === 'unknown' ? [['unknown', proof.kind, proof.region, proof.reason]] : [];
  });
  const kinds = [...new Set(clean.map(({ kind }) => kind))];
  return `${columns(rows)}${clean.length === 0 ? '' : `clean: ${namesOf(kinds)}\n`}`;
}

// worklab prove: looks for anything of a run, changes nothing.

import { isProven, type Proof } from '../../core/residue';
import { openJournal } from '../../store/journal';
import type { Context } from '../context';
import { columns, count } from '../print';
import { resolveRun } from '../runs';
import { sessionOf } from '../target';
import { teardownWorld } from '../teardown-world';

export async function proveCommand(context: Context, id: string | undefined): Promise<number> {
  const state = resolveRun(context, id, { closed: true });
  const { run } = state.begun;
  const session = await sessionOf(context, state, 'start');
  const { prove } = require('../../teardown/prove') as typeof import('../../teardown/prove');
  const { proofs, left } = await prove(await teardownWorld(context, state, session));
  const proven = isProven(proofs);
  openJournal(context.home, run).append({ event: 'proved', proofs, proven });
  context.result({ run, proofs, left, proven }, () => {
    const verdict = proven ? `proven clean by ${count(proofs.length, 'listing')}` : 'NOT proven clean';
    return `${proofsText(proofs)}\nRun ${run} is ${verdict}.\n`;
  });
  return proven ? 0 : 7;
}

/** What was found or could not be looked at; clean listings in one line. */
export function proofsText(proofs: readonly Proof[]): string {
  const clean = proofs.filter(({ status }) => status === 'clean');
  const rows = proofs.flatMap((proof) => {
    if (proof.status === 'found') return [['found', proof.kind, proof.region, proof.ids.join(', ')]];
    return proof.status === 'unknown' ? [['unknown', proof.kind, proof.region, proof.reason]] : [];
  });
  const kinds = [...new Set(clean.map(({ kind }) => kind))].join(', ');
  return `${columns(rows)}${clean.length === 0 ? '' : `clean: ${kinds}\n`}`;
}

// A run's journal and the outcome of its teardown → the receipt. Pure.

import type { Chain } from '../core/chain';
import { type JournalLine, type RunState, type Sought, soughtOf } from '../core/journal';
import type { ComparedSetting, Receipt, Removal } from '../core/receipt';
import { type Proof, type Residue, sumCalls } from '../core/residue';

/** What a teardown tells. */
export interface Outcome {
  readonly proofs: readonly Proof[];
  readonly left: readonly Residue[];
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
  readonly settings: readonly ComparedSetting[];
  readonly proven: boolean;
}

/** The receipt. `lines` and `chain` are of the journal as it is after the proof was written to it. */
export function makeReceipt(
  state: RunState,
  outcome: Outcome,
  { lines, chain, now }: { readonly lines: readonly JournalLine[]; readonly chain: Chain; readonly now: Date },
): Receipt {
  const { where, labs, regions, owned, since } = soughtOf(state);
  const { file, form } = state.begun;
  const { run, target, account, region, endpoint, profile } = where;
  return {
    receipt: 1,
    where: {
      run,
      target,
      account,
      region,
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(profile === undefined ? {} : { profile }),
    },
    file,
    form,
    labs,
    regions,
    begun: since,
    ended: now.toISOString(),
    proven: outcome.proven,
    stacks: state.stacks.map(({ name, lab, region: stands }) => ({ name, lab, region: stands })),
    removed: removalsIn(lines),
    settings: outcome.settings,
    proofs: outcome.proofs,
    left: outcome.left,
    refused: outcome.refused,
    calls: sumCalls(outcome.proofs.map(({ calls }) => calls)),
    owned: [...owned].sort((a, b) => a.localeCompare(b)),
    journal: {
      lines: chain.hashes.length,
      hash: chain.hashes.at(-1) ?? '',
      intact: chain.brokenAt === undefined,
    },
  };
}

/** Every removal that a service confirmed, in whichever destroy. */
const removalsIn = (lines: readonly JournalLine[]): Removal[] =>
  lines.flatMap((line) => (line.event === 'removed' ? [{ ...line.residue, region: line.region, at: line.at }] : []));

/** What to look for when only the receipt is there. */
export const soughtBy = ({ where, labs, regions, owned, removed, begun, settings }: Receipt): Sought => ({
  where,
  labs,
  regions,
  owned: new Set(owned),
  removed: new Set(removed.map(({ id }) => id)),
  since: begun,
  settings: settings.map(({ kind, region, was }) => ({ kind, region, was })),
});

/** Whether the journal is still what the receipt was made from. */
export function agreement(receipt: Receipt, journal: Chain | undefined): 'agrees' | 'differs' | 'missing' {
  if (journal === undefined || (journal.hashes.length === 0 && journal.brokenAt === undefined)) return 'missing';
  return journal.hashes[receipt.journal.lines - 1] === receipt.journal.hash ? 'agrees' : 'differs';
}

// What CloudTrail shows that may be the run's besides → candidates with their prices, journalled, so that they can be named.

import type { Session } from '../aws/session';
import { WorklabError } from '../core/errors';
import type { RunState } from '../core/journal';
import { openJournal } from '../store/journal';
import type { Candidate } from '../teardown/candidates';
import type { Destroying } from '../teardown/destroy';
import type { Context } from './context';
import { printable } from './options';
import { runsBeside } from './settings';

export interface PricedCandidate extends Candidate {
  /** "gp3 volumes, GB: $0.08 per gb-month", where a lab names a price for its kind. */
  readonly price?: string;
}

/** Looks once, after everything that is surely the run's is gone. What could not be asked is told, and is no proof of anything. */
export async function lookForCandidates(
  context: Context,
  state: RunState,
  world: Destroying,
  session: Session,
): Promise<readonly PricedCandidate[]> {
  const { begun } = state;
  if (begun.caller === undefined) return [];
  const { candidates } = require('../teardown/candidates') as typeof import('../teardown/candidates');
  const others = new Set(runsBeside(context, begun).flatMap(({ owned }) => [...owned]));
  const { found, unknown } = await candidates({ ...world, caller: begun.caller, others });
  for (const reason of unknown) context.remark(`note: what else may be of this run is not known: ${reason}`);
  if (found.length > 0) {
    openJournal(context.home, begun.run).append({ event: 'candidates', ids: found.map(({ id }) => id) });
  }
  return found.map((one) => ({ ...one, ...priceOf(context, one.kind, session) }));
}

function priceOf({ labs }: Context, kind: string, { target }: Session): { readonly price?: string } {
  const cost = [...labs.values()].flatMap(({ costs }) => costs).find((one) => one.kind === kind);
  if (cost === undefined) return {};
  return { price: `${cost.what}: $${cost.usd} per ${cost.per}${target === 'local' ? ' on AWS' : ''}` };
}

/** The ids of --also; each has to have been shown as a candidate of this run. */
export function parseAlso(text: string | undefined, { candidates, begun }: RunState): readonly string[] {
  const ids = text?.split(',').map((id) => id.trim()) ?? [];
  const stranger = ids.find((id) => !candidates.has(id));
  if (stranger === undefined) return ids;
  throw new WorklabError('usage/invalid', {
    what: `--also ${printable(stranger)}: no destroy of run ${begun.run} has shown it as perhaps the run's`,
    fix:
      candidates.size === 0
        ? `worklab destroy ${begun.run} shows what there is to name`
        : `it has shown ${[...candidates].join(', ')}`,
  });
}

// A lab's sweepers by kind, for tests that look at one at a time.

import { collect, type Residue, type Sweeper, type SweepScope } from '../../lib/kit';
import { fakeAws, SCOPE } from './fake-aws';

export interface Sweeping {
  readonly of: (kind: string) => Sweeper;
  /** All that it yields, doubtful ones included. */
  readonly found: (kind: string, scope?: SweepScope) => Promise<Residue[]>;
  /** What it takes for the run's. */
  readonly idsOf: (kind: string, scope?: SweepScope) => Promise<string[]>;
  readonly remove: (kind: string, id: string) => Promise<void>;
}

export function sweeping(sweepers: readonly Sweeper[]): Sweeping {
  const of = (kind: string): Sweeper => {
    const sweeper = sweepers.find((one) => one.kind === kind);
    if (sweeper === undefined) throw new Error(`no sweeper of ${kind}`);
    return sweeper;
  };
  const found = (kind: string, scope = SCOPE): Promise<Residue[]> => collect(of(kind).list(fakeAws(), scope));
  return {
    of,
    found,
    idsOf: async (kind, scope) => (await found(kind, scope)).filter(({ why }) => why === undefined).map(({ id }) => id),
    remove: (kind, id) => of(kind).remove(fakeAws(), { kind, id }),
  };
}

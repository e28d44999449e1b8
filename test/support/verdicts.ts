// Exercises → what their checks say of plain data, for the tests of a lab's checks.

import type { Exercise, Verdict } from '../../lib/kit';

export interface Verdicts {
  readonly check: (id: string, observed: unknown) => Verdict;
  /** "actual | hint" of a failure, else the status. */
  readonly says: (id: string, observed: unknown) => string;
}

export function verdictsOf(exercises: readonly Exercise[]): Verdicts {
  const check = (id: string, observed: unknown): Verdict => {
    const found = exercises.find((exercise) => exercise.id === id)?.check;
    if (found === undefined) throw new Error(`no check of ${id}`);
    return found(observed as never);
  };
  const says = (id: string, observed: unknown): string => {
    const verdict = check(id, observed);
    return verdict.status === 'failed' ? `${verdict.actual} | ${verdict.hint}` : verdict.status;
  };
  return { check, says };
}

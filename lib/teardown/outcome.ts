// What a teardown tells beside its proofs. Types only.

import type { Residue } from '../core/residue';

/** What could not be told to be the run's: told, and left alone. */
export interface Left extends Residue {
  readonly why: string;
}

/** What refused to go, in AWS's words. */
export interface Refusal {
  readonly id: string;
  readonly reason: string;
}

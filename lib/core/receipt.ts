// The receipt of a teardown: what was there, what went, what was looked at, and by which calls. Types only; JSON.

import type { RecordedSetting } from './journal';
import type { Calls, Proof, Residue } from './residue';
import type { Form, Whereabouts } from './run';

/** A thing that was removed, and when the service said that it was gone (ISO 8601). */
export interface Removal extends Residue {
  readonly region: string;
  readonly at: string;
}

/** A setting before the run and after its teardown. Without `is` it could not be read again. */
export interface ComparedSetting extends RecordedSetting {
  readonly is?: RecordedSetting['was'];
}

export interface Receipt {
  /** Version of this format. */
  readonly receipt: 1;
  readonly where: Whereabouts;
  readonly file: string;
  readonly form: Form;
  readonly labs: readonly string[];
  readonly regions: readonly string[];
  /** ISO 8601. */
  readonly begun: string;
  readonly ended: string;
  readonly proven: boolean;
  readonly stacks: readonly { readonly name: string; readonly lab: string; readonly region: string }[];
  readonly removed: readonly Removal[];
  readonly settings: readonly ComparedSetting[];
  readonly proofs: readonly Proof[];
  readonly left: readonly Residue[];
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
  /** What the proofs asked, by "service:Operation"; each page is one call. */
  readonly calls: Calls;
  /** Every id that was known to be the run's: enough to look again without the journal. */
  readonly owned: readonly string[];
  /** The journal up to this receipt: an edit of it changes the hash. */
  readonly journal: { readonly lines: number; readonly hash: string; readonly intact: boolean };
}

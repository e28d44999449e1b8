// Findings: what `check` says about each exercise. Types only.

/** The verdict on one exercise, and what it rests on. */
export interface Finding {
  readonly lab: string;
  readonly exercise: string;
  readonly title: string;
  /** "reading" is a concept: there is nothing to grade. */
  readonly status: 'passed' | 'failed' | 'unknown' | 'reading';
  readonly expected?: string;
  readonly actual?: string;
  readonly hint?: string;
  readonly reason?: string;
  /** Set when an operation that worklab adds to the emulator answered. */
  readonly emulatedBy?: 'worklab';
  /** What only the inside of a machine could show. */
  readonly notLookedAt?: readonly string[];
}

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly unknown: number;
  readonly reading: number;
}

// What a check says: passed, failed, or unknown. There is no fourth outcome, and no default.

/** The outcome of one check. */
export type Verdict =
  | { readonly status: 'passed'; readonly notLookedAt?: readonly string[] }
  | { readonly status: 'failed'; readonly expected: string; readonly actual: string; readonly hint: string }
  | { readonly status: 'unknown'; readonly reason: string };

/** The state that the exercise asks for was read from the API. */
export const passed: Verdict = { status: 'passed' };

/** Passed as far as the API shows; `notLookedAt` names what only the inside of a machine could show. */
export const passedExcept = (...notLookedAt: readonly string[]): Verdict => ({ status: 'passed', notLookedAt });

/** Not done: what was expected, what was found, and a nudge that does not give the answer away. */
export const failed = (difference: { expected: string; actual: string; hint: string }): Verdict => ({
  status: 'failed',
  ...difference,
});

/** Could not be told, and why. Never a softer word for failed. */
export const unknown = (reason: string): Verdict => ({ status: 'unknown', reason });

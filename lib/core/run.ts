// A run: one deployment of one worklog. Its id marks everything it makes.

/** Everything that one run may have made is found through these. */
export interface RunScope {
  /** Six characters, `[a-z][a-z0-9]{5}`. */
  readonly run: string;
  /** "worklab-<run>": the beginning of every physical name. */
  readonly prefix: string;
  /** The tag that every taggable resource of the run carries. */
  readonly tag: { readonly key: string; readonly value: string };
}

/** Full: the whole lab stands. Starter: only the prerequisites, the learner builds the rest. */
export type Form = 'full' | 'starter';

/** Where a run lives: the emulator on the laptop, or a real account. */
export type Target = 'local' | 'aws';

/** Where one run is. Holds no secret. */
export interface Whereabouts {
  readonly run: string;
  readonly target: Target;
  readonly account: string;
  readonly region: string;
  /** An emulator that worklab did not start. */
  readonly endpoint?: string;
  readonly profile?: string;
}

export const RUN_TAG = 'worklab:run';
export const RUN_ID = /^[a-z][a-z0-9]{5}$/;

/** The marks of a run. */
export const scopeOf = (run: string): RunScope => ({
  run,
  prefix: `worklab-${run}`,
  tag: { key: RUN_TAG, value: run },
});

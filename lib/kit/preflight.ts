// What a lab wants to know of a real account before anything is made in it: quotas, things there is only one of, opt-ins.

import type { Aws } from './aws';

/** What was seen, where it speaks against a deployment or is worth knowing. */
export interface Concern {
  /** "stop": the deployment would fail. "note": it will do, but the learner should know. */
  readonly level: 'stop' | 'note';
  /** What was seen, with the figures: lower case, no full stop. */
  readonly what: string;
  /** The next step. */
  readonly fix: string;
}

/** Looks at the account, read-only. Asked on AWS alone; one that may not look is told as a note. */
export interface Preflight {
  /** What is looked at: "VPCs in the region". */
  readonly what: string;
  readonly look: (aws: Aws) => Promise<readonly Concern[]>;
}

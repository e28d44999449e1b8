// A sweeper finds and removes one kind of thing that a run can leave behind.

import type { Residue } from '../core/residue';
import type { RunScope } from '../core/run';
import type { Aws } from './aws';

/** What is known of a run when it is swept. */
export interface SweepScope extends RunScope {
  /**
   * Ids (physical ids, names or ARNs) known to be the run's: its stacks' resources, and what sweepers found so far.
   * What hangs on one of them is the run's too.
   */
  readonly owned: ReadonlySet<string>;
  /** When the run was begun (ISO 8601): nothing older can be the run's by age alone. */
  readonly since: string;
}

/** Finds and removes one kind. */
export interface Sweeper {
  /** "service:resource-type" as in an ARN, for example "ec2:volume". What the tagging API reports under it is left to it. */
  readonly kind: string;
  /** Kinds of any lab that must be gone first. */
  readonly after?: readonly string[];
  /**
   * True when it has to go before the stacks are deleted even though a stack holds it, since the deletion would hang on
   * it. CloudFormation takes what is gone already for deleted.
   */
  readonly beforeStacks?: true;
  /** True for what a service may still make after its owner is gone (a log group, an interface): a proof looks at it twice. */
  readonly late?: true;
  /** Where to look: the run's region unless said otherwise. */
  readonly regions?: readonly string[];
  /**
   * Lists to the last page, or throws: an empty list is a claim that nothing is there. Yields what is the run's by tag,
   * name or what it hangs on; and, with `why`, what might be but cannot be told.
   */
  readonly list: (aws: Aws, scope: SweepScope) => AsyncIterable<Residue>;
  /** Idempotent: removing what is already gone succeeds. Returns when the service says that it is gone. */
  readonly remove: (aws: Aws, residue: Residue) => Promise<void>;
}

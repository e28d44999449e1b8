// An exercise: what the learner is asked to do, how we can tell that it was done, and how the SDK would do it.

import type { ExerciseKind, Guard } from '../core/plan';
import type { Form, RunScope } from '../core/run';
import type { Verdict } from '../core/verdict';
import type { Aws } from './aws';

/** Thrown by a `solve` that cannot be done where it is asked for, which is no failure: it is skipped, for this reason. */
export class NotHere extends Error {}

/** What every exercise has. */
export interface Exercise {
  /** Imperative and short, kebab-case, no numbers: "launch-instance". Unique in its lab. */
  readonly id: string;
  /** The rows of the coverage specification that it realises ("ec2-3", "day6-1"). The CLI accepts them as names too. */
  readonly rows: readonly string[];
  readonly title: string;
  readonly kind: ExerciseKind;
  /**
   * Phrases that a bullet asking for this exercise contains, in any language: a bullet matches a phrase when it has all
   * the phrase's words in any order (singular or plural); the match with the most words wins.
   */
  readonly asks: readonly string[];
  /** Markdown for the learner: what to reach, with the names and values that `check` looks for. Not how. */
  readonly task: string;
  /** Set when no bullet of the programme asks for it: never in a total. */
  readonly extra?: true;
  /** Set when it costs or touches the account: on AWS left out unless `--with` names it. */
  readonly guard?: Guard;
  /** CloudFormation types that it rests on. Where the emulator skipped one, "failed" becomes "unknown: not emulated". */
  readonly restsOn?: readonly string[];
  /** I/O, read-only: reads the account and nothing else, returns plain data. Concepts have none. */
  readonly observe?: (aws: Aws, scope: RunScope) => Promise<unknown>;
  /** Pure: plain data in, verdict out. */
  readonly check?: (observed: never) => Verdict;
  /**
   * Does what a learner would do, through the SDK; idempotent; tags what it makes with the run's tag. Every call that
   * changes something is journalled before it is sent.
   */
  readonly solve?: (aws: Aws, scope: RunScope, form: Form) => Promise<void>;
}

/** An exercise whose observe and check agree on a type. Assignable to Exercise. */
interface GradedExercise<Observed> extends Omit<Exercise, 'observe' | 'check'> {
  readonly observe: (aws: Aws, scope: RunScope) => Promise<Observed>;
  readonly check: (observed: Observed) => Verdict;
}

/** Ties the type that observe returns to the type that check takes. */
export const exercise = <Observed>(definition: GradedExercise<Observed>): GradedExercise<Observed> => definition;

/** Something to read; there is nothing to grade. */
export const concept = (definition: Omit<Exercise, 'kind' | 'observe' | 'check' | 'solve'>): Exercise => ({
  ...definition,
  kind: 'concept',
});

// The plan: which labs a manifest asks for, what they cost, and what is guarded. Types only.

import type { Target } from './run';

/** How an exercise comes about: by the stack, by an act of the learner, or by reading. */
export type ExerciseKind = 'provision' | 'action' | 'concept';

/** Why an exercise is left out on AWS unless it is asked for by id. */
export interface Guard {
  readonly by: 'cost' | 'account';
  readonly because: string;
}

/** An exercise of a lab, and the bullet that asks for it (an extra has none). */
export interface PlannedExercise {
  readonly id: string;
  readonly title: string;
  readonly kind: ExerciseKind;
  /** Rows of the coverage specification. */
  readonly rows: readonly string[];
  readonly text: string | null;
  readonly line: number | null;
  readonly guarded: Guard | null;
}

/** One practice section of the worklog and the lab that serves it. */
export interface PlannedSection {
  /** Folder of labs/, or null when there is no lab for the service yet. */
  readonly lab: string | null;
  readonly service: string | null;
  /** The day cell of the row that the section stands in. */
  readonly day: string | null;
  readonly stacks: readonly string[];
  readonly exercises: readonly PlannedExercise[];
  /** Exercises of the lab that no bullet asks for. Outside every total. */
  readonly extras: readonly PlannedExercise[];
  /** Bullets that no exercise of the lab answers. */
  readonly unmatched: readonly { readonly text: string; readonly line: number }[];
}

/** A price, read from AWS's public price list. */
export interface Price {
  readonly what: string;
  /** US dollars for one unit. */
  readonly usd: number;
  readonly per: CostUnit;
  readonly quantity: number;
  /** The page that the price was read from, and the day (YYYY-MM-DD). */
  readonly source: string;
  readonly asOf: string;
}

/** One line of the bill. */
export interface PlannedCost extends Price {
  readonly lab: string;
}

export type CostUnit = 'hour' | 'month' | 'gb-month' | 'request' | 'once';

/** What `deploy` would do. */
export interface Plan {
  readonly file: string;
  readonly target: Target;
  readonly region: string;
  readonly sections: readonly PlannedSection[];
  /** Labs in the order of deployment, the ones that others need included. */
  readonly labs: readonly string[];
  readonly cost: { readonly usdPerHour: number; readonly items: readonly PlannedCost[] };
  readonly minutes: { readonly deploy: number; readonly destroy: number };
  readonly warnings: readonly string[];
}

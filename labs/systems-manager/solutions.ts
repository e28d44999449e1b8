// An exercise's name for its solution → the steps themselves, loaded when somebody wants them done.

import type { Aws, RunScope } from '../../lib/kit';

type Solutions = typeof import('./solve').solutions;
type Solve = (aws: Aws, scope: RunScope) => Promise<void>;

export const solveWith =
  (pick: (solutions: Solutions) => Solve): Solve =>
  async (aws, scope) =>
    pick((require('./solve') as typeof import('./solve')).solutions)(aws, scope);

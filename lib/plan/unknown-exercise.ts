// Guarded exercises that were asked for by id → refused where no lab has one of that id. Pure.

import { WorklabError } from '../core/errors';
import type { Labs } from '../registry/discover';

/** Throws usage/unknown-exercise for the first that no lab has. */
export function refuseUnknownExercises(labs: Labs, allowed: ReadonlySet<string>): void {
  const known = new Set([...labs.values()].flatMap(({ exercises }) => exercises.map(({ id }) => id)));
  for (const id of allowed) {
    if (known.has(id)) continue;
    throw new WorklabError('usage/unknown-exercise', {
      what: `--with "${id}" names no exercise`,
      fix: 'worklab plan shows the ids of guarded exercises',
    });
  }
}

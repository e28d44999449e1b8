// Exercises → done exercises: each lab's own SDK steps, one after the other, journalled call by call before they are sent.

import { openForActing } from '../aws/door';
import type { Session } from '../aws/session';
import { traced } from '../aws/trace';
import { messageOf } from '../core/errors';
import type { JournalEvent } from '../core/journal';
import type { Emit } from '../core/progress';
import type { Form, RunScope } from '../core/run';
import { type Exercise, NotHere } from '../kit';

export interface Solved {
  readonly lab: string;
  readonly exercise: string;
  /** The calls that changed something, "service:Operation". None when it was done already. */
  readonly did: readonly string[];
}

export interface Skipped {
  readonly lab: string;
  readonly exercise: string;
  readonly reason: string;
  /** Set when it was tried and AWS refused. */
  readonly error?: true;
}

export interface Solving {
  readonly session: Session;
  readonly scope: RunScope;
  readonly form: Form;
  /** Guarded exercises that were asked for by name. */
  readonly allowed: ReadonlySet<string>;
  readonly emit: Emit;
  readonly append: (event: JournalEvent) => void;
}

/** Solves in the order given: a later exercise may stand on an earlier one. */
export async function solve(
  asked: readonly { readonly lab: string; readonly exercise: Exercise }[],
  world: Solving,
): Promise<{ readonly solved: Solved[]; readonly skipped: Skipped[] }> {
  const solved: Solved[] = [];
  const skipped: Skipped[] = [];
  for (const { lab, exercise } of asked) {
    const reason = reasonToSkip(exercise, world);
    const outcome = reason === undefined ? await solveOne(lab, exercise, world) : { reason };
    if ('did' in outcome) solved.push({ lab, exercise: exercise.id, did: outcome.did });
    else skipped.push({ lab, exercise: exercise.id, ...outcome });
    world.emit({ stage: 'solve', lab, exercise: exercise.id, status: 'did' in outcome ? 'solved' : 'skipped' });
  }
  return { solved, skipped };
}

function reasonToSkip({ kind, id, guard, solve: act }: Exercise, { session, allowed }: Solving): string | undefined {
  if (kind === 'concept') return 'a concept: there is nothing to do but read';
  if (guard !== undefined && session.target === 'aws' && !allowed.has(id)) {
    return `guarded (${guard.by}): ${guard.because}; deploy with --with ${id} to let it in`;
  }
  return act === undefined ? 'only a person can do this one' : undefined;
}

async function solveOne(
  lab: string,
  { id, solve: act }: Exercise,
  { session, scope, form, append }: Solving,
): Promise<{ readonly did: readonly string[] } | { readonly reason: string; readonly error?: true }> {
  const did: string[] = [];
  const aws = openForActing(session, (call) => {
    append({ event: 'acting', call, lab, exercise: id });
    did.push(call);
  });
  try {
    await traced(async () => act?.(aws, scope, form));
    return { did };
  } catch (error) {
    if (error instanceof NotHere) return { reason: error.message };
    return { reason: `could not: ${messageOf(error)}`, error: true };
  }
}

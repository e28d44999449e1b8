// worklab solve: does what a learner would do, through the SDK, for the exercises named or for all.

import { WorklabError } from '../../core/errors';
import { scopeOf } from '../../core/run';
import { type Skipped, type Solved, solve } from '../../solve/solve';
import { openJournal } from '../../store/journal';
import { exclusively } from '../../store/lock';
import { type Consent, confirmAccount } from '../confirm';
import type { Context } from '../context';
import { columns } from '../print';
import { exercisesOf, resolveRun, splitWords } from '../runs';
import { sessionOf } from '../target';

export interface SolveFlags extends Consent {
  readonly all?: boolean;
}

export async function solveCommand(context: Context, words: readonly string[], flags: SolveFlags): Promise<number> {
  const { run: id, places } = splitWords(words, context);
  if (places.length === 0 && !flags.all) {
    throw new WorklabError('usage/invalid', {
      what: 'nothing was named to solve',
      fix: 'name a lab or an exercise (worklab solve ec2/launch-instance), or give --all',
    });
  }
  const state = resolveRun(context, id);
  const { run, form, allowed } = state.begun;
  const asked = exercisesOf(context, state, places);
  const session = await sessionOf(context, state);
  await confirmAccount(context, session, `solve ${asked.length} exercises of run ${run}`, flags);
  const journal = openJournal(context.home, run);
  context.onInterrupt(() => journal.append({ event: 'interrupted', during: 'solve' }));
  const { emit } = context;
  const { solved, skipped } = await exclusively(context.home, run, () =>
    solve(asked, { session, scope: scopeOf(run), form, allowed: new Set(allowed), emit, append: journal.append }),
  );
  context.result({ run, solved, skipped }, () => solveText(solved, skipped));
  return skipped.some(({ error }) => error) ? 6 : 0;
}

const solveText = (solved: readonly Solved[], skipped: readonly Skipped[]): string =>
  columns([
    ...solved.map(({ lab, exercise, did }) => ['solved', `${lab}/${exercise}`, did.join(', ') || 'was done already']),
    ...skipped.map(({ lab, exercise, reason }) => ['skipped', `${lab}/${exercise}`, reason]),
  ]);

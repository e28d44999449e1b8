// Words of the command line → a run and its labs and exercises. No word is both a run and a lab: run ids hold a digit.

import { randomInt } from 'node:crypto';
import { WorklabError } from '../core/errors';
import type { RunState } from '../core/journal';
import { nearest } from '../core/nearest';
import { RUN_ID } from '../core/run';
import type { Exercise } from '../kit';
import { knownRuns } from '../store/journal';
import type { Asked } from '../verify/verify';
import type { Context } from './context';
import { printable, unknownLab } from './options';

const LETTERS = 'abcdefghijkmnpqrstuvwxyz';
const DIGITS = '23456789';

/** A fresh run id: a letter first, a digit in it, no characters that are read for others. */
export function newRunId(taken: ReadonlySet<string>): string {
  for (;;) {
    const rest = Array.from({ length: 4 }, () => pick(LETTERS + DIGITS)).join('');
    const id = `${pick(LETTERS)}${rest}${pick(DIGITS)}`;
    if (RUN_ID.test(id) && !taken.has(id)) return id;
  }
}

const pick = (from: string): string => from[randomInt(from.length)] ?? 'a';

/** Splits "[RUN] [lab[/exercise]]…" by what each word can be. */
export function splitWords(
  words: readonly string[],
  context: Context,
): { readonly run?: string; readonly places: readonly string[] } {
  const [first, ...rest] = words;
  if (first === undefined) return { places: [] };
  const isRun = !context.labs.has(first) && !first.includes('/') && RUN_ID.test(first);
  return isRun ? { run: first, places: rest } : { places: words };
}

/** The run of that id; without one, the only open run. */
export function resolveRun(context: Context, id: string | undefined, { closed = false } = {}): RunState {
  const runs = knownRuns(context.home);
  if (id !== undefined) {
    const found = runs.find(({ begun }) => begun.run === id);
    if (found !== undefined) return found;
    const near = nearest(
      id,
      runs.map(({ begun }) => begun.run),
    );
    throw new WorklabError('usage/unknown-run', {
      what: `there is no run "${printable(id)}"`,
      fix:
        near === undefined ? 'worklab status lists the runs' : `did you mean "${near}"? worklab status lists the runs`,
    });
  }
  const open = runs.filter(({ status }) => status === 'open');
  const candidates = open.length === 0 && closed ? runs.slice(-1) : open;
  const [only, ...others] = candidates;
  if (only === undefined) {
    throw new WorklabError('usage/no-run', { what: 'no run is open', fix: 'worklab deploy FILE begins one' });
  }
  if (others.length > 0) {
    throw new WorklabError('usage/which-run', {
      what: `${candidates.length} runs are open: ${candidates.map(({ begun }) => begun.run).join(', ')}`,
      fix: `name one, for example worklab status ${only.begun.run}`,
    });
  }
  return only;
}

/** The exercises that a run's worklog asked for; or those that `places` ("ec2", "ec2/launch-instance") name. */
export function exercisesOf(context: Context, { begun }: RunState, places: readonly string[]): Asked[] {
  if (places.length > 0) return places.flatMap((place) => exercisesAt(context, place));
  const asked = new Map<string, Asked>();
  for (const { lab, exercises } of begun.plan.sections) {
    for (const { id } of exercises) {
      const exercise = lab === null ? undefined : findExercise(context, lab, id);
      if (lab !== null && exercise !== undefined) asked.set(`${lab}/${id}`, { lab, exercise });
    }
  }
  return inDeclaredOrder(context, [...asked.values()]);
}

function exercisesAt(context: Context, place: string): Asked[] {
  const [id = '', name] = place.split('/');
  const lab = context.labs.get(id);
  if (lab === undefined) throw unknownLab(id, context.labs);
  if (name === undefined) return lab.exercises.map((exercise) => ({ lab: id, exercise }));
  const exercise = findExercise(context, id, name);
  if (exercise !== undefined) return [{ lab: id, exercise }];
  const near = nearest(
    name,
    lab.exercises.map((one) => one.id),
  );
  throw new WorklabError('usage/unknown-exercise', {
    what: `lab ${id} has no exercise "${printable(name)}"`,
    fix: near === undefined ? `worklab labs ${id} lists them` : `did you mean ${id}/${near}?`,
  });
}

const findExercise = ({ labs }: Context, lab: string, name: string): Exercise | undefined =>
  labs.get(lab)?.exercises.find(({ id, rows }) => id === name || rows.includes(name));

/** A lab declares its exercises in the order in which they can be done. */
function inDeclaredOrder({ labs }: Context, asked: readonly Asked[]): Asked[] {
  const place = ({ lab, exercise }: Asked): number => labs.get(lab)?.exercises.indexOf(exercise) ?? 0;
  return [...asked].sort((a, b) => (a.lab === b.lab ? place(a) - place(b) : 0));
}

// Exercises → Findings. Looks at the account through the observations, judges by the checks; what failed to look is unknown.

import { shared } from '../aws/shared';
import { traced } from '../aws/trace';
import type { NotEmulated } from '../core/deployment';
import { messageOf } from '../core/errors';
import type { Finding, Totals } from '../core/finding';
import { mapAtMost } from '../core/map-at-most';
import type { Emit } from '../core/progress';
import type { RunScope } from '../core/run';
import type { Verdict } from '../core/verdict';
import { unknown } from '../core/verdict';
import type { Aws, Exercise } from '../kit';

const OBSERVATIONS_AT_ONCE = 4;

export interface Asked {
  readonly lab: string;
  readonly exercise: Exercise;
}

export interface World {
  readonly aws: Aws;
  readonly scope: RunScope;
  /** What the emulator skipped, by lab. */
  readonly notEmulated: ReadonlyMap<string, readonly NotEmulated[]>;
  readonly emit: Emit;
}

type Observe = NonNullable<Exercise['observe']>;
interface Observation {
  readonly seen?: unknown;
  readonly error?: unknown;
  readonly emulated: boolean;
}

/** One finding for each exercise, in their order. Exercises that share an observation look once. */
export async function verify(asked: readonly Asked[], world: World): Promise<Finding[]> {
  const looks = new Map<Observe, Promise<Observation>>();
  const look = (observe: Observe): Promise<Observation> => {
    const begun = looks.get(observe) ?? observeOnce(observe, world);
    looks.set(observe, begun);
    return begun;
  };
  return shared(() =>
    mapAtMost(OBSERVATIONS_AT_ONCE, asked, async ({ lab, exercise }) => {
      const finding = await findingOf(exercise, look, world.notEmulated.get(lab) ?? []);
      world.emit({ stage: 'check', lab, exercise: exercise.id, status: finding.status });
      return { lab, exercise: exercise.id, title: exercise.title, ...finding };
    }),
  );
}

/** How many of each status. */
export const totalsOf = (findings: readonly Finding[]): Totals => {
  const count = (status: Finding['status']): number => findings.filter((finding) => finding.status === status).length;
  return { passed: count('passed'), failed: count('failed'), unknown: count('unknown'), reading: count('reading') };
};

async function observeOnce(observe: Observe, { aws, scope }: World): Promise<Observation> {
  const { result, trace } = await traced(async () => {
    try {
      return { seen: await observe(aws, scope) };
    } catch (error) {
      return { error };
    }
  });
  return { ...result, emulated: trace.emulated };
}

async function findingOf(
  { observe, check, restsOn = [] }: Exercise,
  look: (observe: Observe) => Promise<Observation>,
  skipped: readonly NotEmulated[],
): Promise<Omit<Finding, 'lab' | 'exercise' | 'title'>> {
  if (observe === undefined || check === undefined) return { status: 'reading' };
  const { seen, error, emulated } = await look(observe);
  const verdict = error === undefined ? check(seen as never) : unknown(whyUnseen(error));
  const missing = skipped.filter(({ type }) => restsOn.includes(type)).map(({ type }) => type);
  return { ...excused(verdict, missing), ...(emulated ? { emulatedBy: 'worklab' as const } : {}) };
}

/** What the emulator left out cannot be held against the learner: "failed" is then no verdict. */
const excused = (verdict: Verdict, missing: readonly string[]): Verdict =>
  verdict.status === 'failed' && missing.length > 0
    ? unknown(`not emulated: ${[...new Set(missing)].join(', ')}`)
    : verdict;

const NOT_IMPLEMENTED = new Set([
  'NotImplemented',
  'NotImplementedError',
  'UnknownOperationException',
  'InvalidAction',
]);

function whyUnseen(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  const text = messageOf(error);
  if (NOT_IMPLEMENTED.has(name) || status === 501 || /not (?:yet )?(?:been )?implemented/i.test(text)) {
    return `not emulated: ${text}`;
  }
  return `could not be looked at: ${name === '' || name === 'Error' ? text : `${name}: ${text}`}`;
}

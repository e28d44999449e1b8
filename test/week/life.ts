// The whole life of a week in a sandbox of its own, by worklab's own processes; what the account held before and after.

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding, Totals } from '../../lib/core/finding';
import type { Plan } from '../../lib/core/plan';
import type { Proof, Residue } from '../../lib/core/residue';
import { type Ran, ROOT, worklab } from '../support/cli';
import { runPython } from '../support/python';

const SEED = join(ROOT, '..', 'shared', 'corpus', 'seed-week04.en.md');
export const SAMPLE = join(ROOT, 'labs', 'weeks', 'week-04.md');
/** The worklog that the project started from, where it is there; else the sample week of the same shape. */
export const WEEK = existsSync(SEED) ? SEED : SAMPLE;

/** "service Operation region" → what is listed. */
export type Holdings = Readonly<Record<string, readonly string[]>>;

export interface Life {
  readonly plan: Plan;
  readonly deployed: Ran<{
    readonly stacks: readonly { readonly status: string; readonly notEmulated: readonly unknown[] }[];
  }>;
  readonly untouched: Ran<{ readonly findings: readonly Finding[]; readonly totals: Totals }>;
  readonly solved: Ran<{
    readonly skipped: readonly {
      readonly lab: string;
      readonly exercise: string;
      readonly reason: string;
      readonly error?: true;
    }[];
  }>;
  readonly checked: Ran<{ readonly findings: readonly Finding[]; readonly totals: Totals }>;
  readonly destroyed: Ran<{
    readonly proven: boolean;
    readonly proofs: readonly Proof[];
    readonly left: readonly Residue[];
    readonly calls: Readonly<Record<string, number>>;
  }>;
  readonly before: Holdings;
  readonly after: Holdings;
  /** From deploy to the proof. */
  readonly seconds: number;
}

/** Deploys, checks, solves, checks, destroys. `only` and `--starter` are passed on. */
export async function liveThrough(week: string, words: readonly string[] = []): Promise<Life> {
  const home = mkdtempSync(join(tmpdir(), 'worklab-week-'));
  const run = <Document>(...args: string[]) => worklab<Document>([...args, '--json'], { home });
  try {
    const { endpoint } = (await run<{ endpoint: string }>('sandbox', 'start')).json;
    const before = await holdings(endpoint);
    const started = Date.now();
    const deployed = await run<Life['deployed']['json']>('deploy', week, ...words);
    const untouched = await run<Life['untouched']['json']>('check');
    const solved = await run<Life['solved']['json']>('solve', '--all');
    const checked = await run<Life['checked']['json']>('check');
    const destroyed = await run<Life['destroyed']['json']>('destroy', '--yes');
    const seconds = (Date.now() - started) / 1000;
    const { json: plan } = await run<Plan>('plan', week, ...words.filter((word) => word !== '--starter'));
    return { plan, deployed, untouched, solved, checked, destroyed, before, after: await holdings(endpoint), seconds };
  } finally {
    await run('sandbox', 'stop');
    rmSync(home, { recursive: true, force: true });
  }
}

/** Every listing of botocore's models, in the regions of the labs: nothing of worklab is asked. */
async function holdings(endpoint: string): Promise<Holdings> {
  const { code, text } = await runPython(['test/support/inventory.py', endpoint, 'us-east-1,us-west-2']);
  if (code !== 0) throw new Error(text.slice(-2000));
  return JSON.parse(text) as Holdings;
}

/** "service Operation region: item" for whatever is there after and was not before, or the other way round. */
export const differences = (before: Holdings, after: Holdings): string[] =>
  Object.keys({ ...before, ...after }).flatMap((key) => [
    ...(after[key] ?? []).filter((item) => !before[key]?.includes(item)).map((item) => `${key}: + ${item}`),
    ...(before[key] ?? []).filter((item) => !after[key]?.includes(item)).map((item) => `${key}: - ${item}`),
  ]);

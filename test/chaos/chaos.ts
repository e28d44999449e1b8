// npm run chaos: seeded schedules of faults and kills, each ended by a proof; prints one document of what went wrong.
//
//   npm run chaos -- --schedules 500 --json            seeds 1 to 500
//   npm run chaos -- --seed 137                        that one alone
//   npm run chaos -- --schedules 500 --state FILE      goes on where FILE ends; sums over the runs of the script
//   npm run chaos -- --schedules 250 --first 251       seeds 251 to 500: the other half, for another process

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { clientConfig } from '../support/client-config';
import { startEmulator, type TestEmulator } from '../support/emulator';
import { allDeclarations } from '../support/sandbox';
import { type FaultProxy, startFaultProxy } from './faults';
import { makeLookAlikes } from './foreign';
import { type Outcome, runSchedule } from './schedule';

/** Runs that never were, whose things stand in the account from the beginning: with those of each schedule's own, over 200. */
const STRANGERS = ['aaaaa2', 'bbbbb3', 'ccccc4', 'ddddd5'];
/** An emulator remembers every deleted stack: after so many schedules another one is started. */
const SCHEDULES_PER_EMULATOR = 10;

interface Sum {
  schedules: number;
  faultsInjected: number;
  kills: number;
  retries: number;
  falseCleans: number;
  foreignTouched: number;
  unfinished: number;
  seconds: number;
  calmDestroys: number;
  wrong: Outcome[];
}

const NOTHING: Sum = {
  schedules: 0,
  faultsInjected: 0,
  kills: 0,
  retries: 0,
  falseCleans: 0,
  foreignTouched: 0,
  unfinished: 0,
  seconds: 0,
  calmDestroys: 0,
  wrong: [],
};

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '20' },
    first: { type: 'string', default: '1' },
    seed: { type: 'string' },
    state: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

async function run(): Promise<Sum> {
  const sum: Sum =
    values.state !== undefined && existsSync(values.state) ? read(values.state) : structuredClone(NOTHING);
  const seeds = values.seed === undefined ? seedsAfter(sum.schedules) : [Number(values.seed)];
  while (seeds.length > 0) await runSome(seeds.splice(0, SCHEDULES_PER_EMULATOR), sum);
  return sum;
}

const seedsAfter = (done: number): number[] =>
  Array.from(
    { length: Math.max(0, Number(values.schedules) - done) },
    (_, index) => Number(values.first) + done + index,
  );

async function runSome(seeds: readonly number[], sum: Sum): Promise<void> {
  const emulator = await startEmulator({ declarations: allDeclarations() });
  const proxy = await startFaultProxy(emulator.endpoint);
  try {
    await strangers(emulator);
    for (const seed of seeds) await runOne(seed, { emulator, proxy }, sum);
  } finally {
    await proxy.stop();
    await emulator.stop();
  }
}

async function strangers({ endpoint }: TestEmulator): Promise<void> {
  for (const run of STRANGERS) await makeLookAlikes(clientConfig(endpoint), run);
}

async function runOne(seed: number, world: { emulator: TestEmulator; proxy: FaultProxy }, sum: Sum): Promise<void> {
  const started = Date.now();
  const before = { ...world.proxy.counts };
  const outcome = await runSchedule(seed, world);
  const { falseCleans, foreignTouched, unfinished, kills, calmDestroys } = outcome;
  sum.schedules += 1;
  sum.faultsInjected += world.proxy.counts.faults - before.faults;
  sum.retries += world.proxy.counts.retries - before.retries;
  sum.kills += kills;
  sum.falseCleans += falseCleans.length;
  sum.foreignTouched += foreignTouched.length;
  sum.unfinished += unfinished ? 1 : 0;
  sum.calmDestroys = Math.max(sum.calmDestroys, calmDestroys);
  sum.seconds = Math.round((sum.seconds + (Date.now() - started) / 1000) * 10) / 10;
  if (falseCleans.length + foreignTouched.length > 0 || unfinished) sum.wrong.push(outcome);
  if (values.state !== undefined) writeFileSync(values.state, `${JSON.stringify(sum, null, 2)}\n`);
  if (!values.json) process.stderr.write(`${line(outcome, (Date.now() - started) / 1000)}\n`);
}

const line = (
  { seed, kills, calmDestroys, falseCleans, foreignTouched, unfinished }: Outcome,
  seconds: number,
): string =>
  `schedule ${seed}: ${kills} killed, ${calmDestroys} calm destroys, ${seconds.toFixed(1)} s` +
  [
    ...falseCleans.map((what) => `\n  FALSELY CLEAN: ${what}`),
    ...foreignTouched.map((what) => `\n  TOUCHED: ${what}`),
  ].join('') +
  (unfinished ? '\n  UNFINISHED' : '');

const read = (file: string): Sum => JSON.parse(readFileSync(file, 'utf8')) as Sum;

void run().then((sum) => {
  process.stdout.write(`${JSON.stringify(sum, null, 2)}\n`);
  process.exitCode = sum.falseCleans + sum.foreignTouched + sum.unfinished === 0 ? 0 : 1;
});

// One schedule: a lab's life under faults and kills by the roll of one seed, then calm destroys until it is proven, and a look.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { knownRuns } from '../../lib/store/journal';
import { ROOT } from '../support/cli';
import { clientConfig } from '../support/client-config';
import type { TestEmulator } from '../support/emulator';
import { inProcess } from '../support/in-process';
import { type Inventory, look } from '../support/independent-look';
import type { FaultProxy } from './faults';
import { makeLookAlikes } from './foreign';
import { type Random, random } from './random';

const WEEK = join(ROOT, 'labs', 'weeks', 'week-04.md');
const STAGES = ['deploy', 'solve', 'destroy'] as const;
type Stage = (typeof STAGES)[number];
/** Milliseconds within which the killer strikes: about what a stage takes on two cores. */
const LASTS: Readonly<Record<Stage, number>> = { deploy: 9000, solve: 6000, destroy: 5000 };
const MOST_CALM_DESTROYS = 3;

export interface World {
  readonly emulator: TestEmulator;
  readonly proxy: FaultProxy;
}

export interface Outcome {
  readonly seed: number;
  readonly kills: number;
  readonly calmDestroys: number;
  /** What was wrong with it; nothing, for a schedule that went well. */
  readonly falseCleans: readonly string[];
  readonly foreignTouched: readonly string[];
  readonly unfinished: boolean;
}

interface Destroyed {
  readonly code: number;
  readonly proven?: boolean;
}

/** Runs the schedule of a seed. */
export async function runSchedule(seed: number, world: World): Promise<Outcome> {
  const dice = random(seed);
  const home = mkdtempSync(join(tmpdir(), 'worklab-chaos-'));
  try {
    return await new Schedule(seed, dice, home, world).run();
  } finally {
    world.proxy.calm();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

class Schedule {
  private kills = 0;
  private readonly falseCleans: string[] = [];
  private readonly killAt: Stage | undefined;
  private readonly twice: boolean;
  private before: Inventory = {};

  constructor(
    private readonly seed: number,
    private readonly dice: Random,
    private readonly home: string,
    private readonly world: World,
  ) {
    this.killAt = dice.pick([undefined, ...STAGES]);
    this.twice = dice.chance(0.15);
  }

  async run(): Promise<Outcome> {
    const { proxy } = this.world;
    this.before = await look(this.world.emulator.endpoint);
    // A die of their own: how many requests there are depends on the machine, what is planned must not.
    proxy.disturb(random(this.seed + 0x5eed), this.dice.pick([0.005, 0.02, 0.05]));
    await this.stage('deploy', 'deploy', WEEK, '--only', 'ec2', '--endpoint-url', proxy.endpoint);
    const run = knownRuns(this.home)[0]?.begun.run;
    if (run !== undefined) await this.disturbedLife(run);
    proxy.calm();
    const calmDestroys = run === undefined ? 0 : await this.calmly(run);
    const after = await look(this.world.emulator.endpoint);
    return {
      seed: this.seed,
      kills: this.kills,
      calmDestroys,
      falseCleans: this.falseCleans,
      foreignTouched: difference(this.before, after),
      unfinished: calmDestroys > MOST_CALM_DESTROYS,
    };
  }

  private async disturbedLife(run: string): Promise<void> {
    const { emulator } = this.world;
    const standing = await look(emulator.endpoint);
    await makeLookAlikes(clientConfig(emulator.endpoint), run);
    // What came in between is the strangers', whatever the run made before.
    this.before = merged(this.before, differences(standing, await look(emulator.endpoint)));
    if (this.dice.chance(0.8)) await this.stage('solve', 'solve', run, '--all');
    if (this.dice.chance(0.1)) await deleteByHand(emulator, `worklab-${run}-ec2`);
    const beside = this.twice ? worklabProcess(this.home, ['destroy', run, '--yes']) : undefined;
    await this.judge(await this.stage('destroy', 'destroy', run, '--yes'));
    if (beside !== undefined) await beside.ended;
  }

  /** The number of destroys without faults that it took; one more than allowed when it was not enough. */
  private async calmly(run: string): Promise<number> {
    for (let times = 1; times <= MOST_CALM_DESTROYS; times++) {
      const destroyed = await here(this.home, ['destroy', run, '--yes']);
      await this.judge(destroyed);
      if (destroyed.proven && destroyed.code === 0) return times;
    }
    return MOST_CALM_DESTROYS + 1;
  }

  /** A destroy that says that all is clean must be right, and only such a one may end with 0. */
  private async judge({ code, proven }: Destroyed): Promise<void> {
    if (code === 0 && proven !== true) this.falseCleans.push(`exit code 0 of a destroy that is not proven`);
    if (proven !== true) return;
    const left = difference(await look(this.world.emulator.endpoint), this.before);
    this.falseCleans.push(...left);
  }

  private async stage(stage: Stage, ...words: readonly string[]): Promise<Destroyed> {
    if (this.killAt !== stage) return here(this.home, words);
    const child = worklabProcess(this.home, words);
    const delay = this.dice.between(150, LASTS[stage]);
    const timer = setTimeout(() => {
      if (child.kill()) this.kills += 1;
    }, delay);
    const ended = await child.ended;
    clearTimeout(timer);
    return ended;
  }
}

async function deleteByHand(emulator: TestEmulator, StackName: string): Promise<void> {
  await new CloudFormationClient(clientConfig(emulator.endpoint)).send(new DeleteStackCommand({ StackName }));
}

async function here(home: string, words: readonly string[]): Promise<Destroyed> {
  const { code, json } = await inProcess<{ readonly proven?: boolean }>(words, { home });
  return { code, ...(json.proven === undefined ? {} : { proven: json.proven }) };
}

function worklabProcess(home: string, words: readonly string[]) {
  const child = spawn(process.execPath, [join(ROOT, 'bin', 'worklab.js'), ...words, '--json'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, WORKLAB_HOME: home },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let out = '';
  child.stdout.on('data', (text: Buffer) => {
    out += text.toString();
  });
  const ended = new Promise<Destroyed>((resolve) =>
    child.once('close', (code) => resolve({ code: code ?? -1, ...provenIn(out) })),
  );
  return { ended, kill: () => child.exitCode === null && child.kill('SIGKILL') };
}

function provenIn(out: string): { readonly proven?: boolean } {
  try {
    const { proven } = JSON.parse(out) as { readonly proven?: boolean };
    return proven === undefined ? {} : { proven };
  } catch {
    return {}; // killed in the middle of its document
  }
}

/** What is in the one and not in the other, as "kind id". */
export const difference = (one: Inventory, other: Inventory): string[] =>
  Object.entries(one).flatMap(([kind, ids]) =>
    ids.filter((id) => !other[kind]?.includes(id)).map((id) => `${kind} ${id}`),
  );

const differences = (before: Inventory, after: Inventory): Inventory =>
  Object.fromEntries(
    Object.entries(after).map(([kind, ids]) => [kind, ids.filter((id) => !before[kind]?.includes(id))]),
  );

const merged = (one: Inventory, other: Inventory): Inventory =>
  Object.fromEntries(
    Object.keys({ ...one, ...other }).map((kind) => [kind, [...(one[kind] ?? []), ...(other[kind] ?? [])]]),
  );

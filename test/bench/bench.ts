// worklab against the CDK CLI on the same templates and the same emulator, in turn, as ratios. Prints; judges nothing.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { discoverLabs, emulatorDeclarations } from '../../lib/registry/discover';
import { ROOT } from '../support/cli';
import { startEmulator } from '../support/emulator';
import { type Command, type Measured, measure, median } from './measure';
import { benchProof } from './proof';
import { benchSandbox } from './sandbox';
import { benchWorklogs } from './worklogs';

const WORKLOG = 'labs/weeks/week-04.md';
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);

interface Pair {
  readonly name: string;
  readonly aim: number;
  readonly ours: Command;
  readonly theirs: Command;
  /** Undoes each; raced as well, under the name. */
  readonly afterName?: string;
  readonly afterOurs?: Command;
  readonly afterTheirs?: Command;
}

async function main(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'worklab-bench-home-'));
  const directory = join(ROOT, 'labs');
  const emulator = await startEmulator({ declarations: emulatorDeclarations(directory, discoverLabs(directory)) });
  try {
    await benchSandbox(directory);
    await benchWorklogs(home);
    await benchProof({ root: ROOT, home, week: WORKLOG });
    for (const pair of pairs(emulator.endpoint, home)) for (const run of await race(pair)) print(run);
  } finally {
    await emulator.stop();
    rmSync(home, { recursive: true });
  }
}

function pairs(endpoint: string, home: string): Pair[] {
  const aws = {
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: endpoint,
  };
  const worklab = (...words: string[]): Command => ({
    words: ['bin/worklab.js', ...words, '--json'],
    environment: { WORKLAB_HOME: home },
  });
  const cdk = (...words: string[]): Command => ({
    words: ['node_modules/aws-cdk/bin/cdk', ...words, '-c', `worklog=${WORKLOG}`, '--output', join(home, 'cdk.out')],
    environment: { ...aws, CDK_DISABLE_CLI_TELEMETRY: 'true' },
  });
  return [
    { name: 'plan / cdk synth', aim: 0.2, ours: worklab('plan', WORKLOG), theirs: cdk('synth', '--quiet') },
    {
      name: 'deploy / cdk deploy --all --concurrency 4',
      aim: 0.6,
      ours: worklab('deploy', WORKLOG, '--endpoint-url', endpoint),
      afterName: 'destroy and proof / cdk destroy --all --force',
      afterOurs: worklab('destroy', '--yes'),
      theirs: cdk('deploy', '--all', '--concurrency', '4', '--require-approval', 'never'),
      afterTheirs: cdk('destroy', '--all', '--force'),
    },
  ];
}

/** In turn, so that both meet the same machine; the first round warms caches and does not count. */
async function race(pair: Pair): Promise<Race[]> {
  const deed: Race = { name: pair.name, aim: pair.aim, ours: [], theirs: [] };
  const undoing: Race = { name: pair.afterName ?? '', aim: Number.NaN, ours: [], theirs: [] };
  for (let round = 0; round <= ROUNDS; round++) {
    deed.ours.push(await measure(pair.ours, ROOT));
    if (pair.afterOurs) undoing.ours.push(await measure(pair.afterOurs, ROOT));
    deed.theirs.push(await measure(pair.theirs, ROOT));
    if (pair.afterTheirs) undoing.theirs.push(await measure(pair.afterTheirs, ROOT));
  }
  return [deed, undoing].filter(({ ours }) => ours.length > 0);
}

interface Race {
  readonly name: string;
  readonly aim: number;
  readonly ours: Measured[];
  readonly theirs: Measured[];
}

function print({ name, aim, ...all }: Race): void {
  const [ours, theirs] = [all.ours.slice(1), all.theirs.slice(1)];
  const ratios = ours.map(({ seconds }, round) => seconds / (theirs[round]?.seconds ?? Number.NaN));
  const seconds = (runs: Measured[]): string => `${median(runs.map((run) => run.seconds)).toFixed(2)} s`;
  const peak = (runs: Measured[]): string => `${Math.round(Math.max(...runs.map((run) => run.peak)))} MiB`;
  process.stdout.write(
    `${name}: ratio ${median(ratios).toFixed(3)}${Number.isNaN(aim) ? '' : ` (aim ${aim})`}, ` +
      `worklab ${seconds(ours)} peak ${peak(ours)}, cdk ${seconds(theirs)} peak ${peak(theirs)}\n`,
  );
}

void main();

// A week's EC2 lab from a worklog to the proof, in worklab's own processes; what is left is looked at by SDK calls of the test's own.

import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EC2Client } from '@aws-sdk/client-ec2';
import type { Finding, Totals } from '../../lib/core/finding';
import type { Proof, Residue } from '../../lib/core/residue';
import { makeByHand, makeForeign } from '../support/by-hand';
import { type Ran, ROOT, worklab } from '../support/cli';
import { startEmulator, type TestEmulator } from '../support/emulator';
import { look } from '../support/independent-look';

const SEED = join(ROOT, '..', 'shared', 'corpus', 'seed-week04.en.md');
/** The worklog that the project started from, where it is there; else the sample week of the same shape. */
const WORKLOG = existsSync(SEED) ? SEED : join(ROOT, 'labs', 'weeks', 'week-04.md');
const MINUTES = 60_000;
jest.setTimeout(5 * MINUTES);

interface Deployed {
  readonly run: string;
  readonly stacks: readonly {
    readonly name: string;
    readonly status: string;
    readonly notEmulated: readonly unknown[];
  }[];
}
interface Checked {
  readonly findings: readonly Finding[];
  readonly totals: Totals;
}
interface Destroyed {
  readonly removed: readonly Residue[];
  readonly proofs: readonly Proof[];
  readonly left: readonly Residue[];
  readonly proven: boolean;
}

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'worklab-life-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const run = <Document>(...words: string[]): Promise<Ran<Document>> => worklab<Document>([...words, '--json'], { home });
const deploy = (...words: string[]) => run<Deployed>('deploy', WORKLOG, '--only', 'ec2', ...words);
const named = (findings: readonly Finding[], status: Finding['status']): string[] =>
  findings
    .filter((finding) => finding.status === status)
    .map(({ exercise, reason = '' }) => `${exercise} ${reason}`.trim());

/** What a run may leave in its own folder: the journal, never a key. */
const filesOf = (id: string): string[] => readdirSync(join(home, 'runs', id), { recursive: true }).map(String);

describe("in worklab's own sandbox", () => {
  afterEach(async () => {
    await run('sandbox', 'stop');
  });

  const endpointOf = async (): Promise<string> => (await run<{ endpoint: string }>('sandbox', 'start')).json.endpoint;

  test('the full form: deployed, graded, solved, torn down, proven; the account is as it was', async () => {
    const endpoint = await endpointOf();
    const before = await look(endpoint);

    const deployed = await deploy();
    expect(deployed).toMatchObject({ code: 0 });
    expect(deployed.json.stacks.map(({ status }) => status)).toEqual(['CREATE_COMPLETE', 'CREATE_COMPLETE']);
    const solved = await run('solve', '--all');
    expect(solved).toMatchObject({ code: 0 });
    const checked = await run<Checked>('check');
    const destroyed = await run<Destroyed>('destroy', '--yes');

    expect(named(checked.json.findings, 'failed')).toEqual([]);
    expect(checked.json.totals.passed).toBeGreaterThanOrEqual(10);
    for (const reason of named(checked.json.findings, 'unknown')) expect(reason).toContain('not emulated: ');
    expect(destroyed).toMatchObject({ code: 0, json: { proven: true, left: [] } });
    expect(await look(endpoint)).toEqual(before);
    expect(filesOf(deployed.json.run).filter((file) => /id_ed25519/.test(file))).toEqual([]);
  });

  test('the starter form: untouched, nothing to provision passes; solved, it does', async () => {
    const endpoint = await endpointOf();
    const before = await look(endpoint);

    await deploy('--starter');
    const untouched = await run<Checked>('check');
    const solved = await run('solve', '--all');
    const checked = await run<Checked>('check');
    const destroyed = await run<Destroyed>('destroy', '--yes');

    expect(untouched.json.totals.passed).toBe(0);
    expect(untouched.code).toBe(6);
    expect(solved).toMatchObject({ code: 0 });
    expect(named(checked.json.findings, 'failed')).toEqual([]);
    expect(checked.json.totals.passed).toBeGreaterThanOrEqual(10);
    expect(destroyed).toMatchObject({ code: 0, json: { proven: true } });
    expect(await look(endpoint)).toEqual(before);
  });

  test('two runs side by side do not see each other, and a proven run is looked at again', async () => {
    const [one, two] = [(await deploy('--starter')).json.run, (await deploy()).json.run];

    const destroyed = await run<Destroyed>('destroy', two, '--yes');
    const untouched = await run<Checked>('check', one);
    const again = await run<Destroyed>('destroy', two, '--yes');

    expect(destroyed).toMatchObject({ code: 0, json: { proven: true } });
    expect(again).toMatchObject({ code: 0, json: { proven: true, removed: [] } });
    expect(untouched.json.totals).toMatchObject({ passed: 0 });
    expect(await run('destroy', one, '--yes')).toMatchObject({ code: 0, json: { proven: true } });
  });
});

describe('on plain moto, which calls a stack deleted and leaves its things behind', () => {
  let emulator: TestEmulator;
  beforeAll(async () => {
    emulator = await startEmulator({ plain: true });
  });
  afterAll(() => emulator.stop());

  const client = (): EC2Client =>
    new EC2Client({
      endpoint: emulator.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });

  test('what was made by hand on the run goes with it, what was there before stays', async () => {
    const foreign = await makeForeign(client());
    const before = await look(emulator.endpoint);
    const deployed = await deploy('--endpoint-url', emulator.endpoint);
    expect(deployed).toMatchObject({ code: 0 });
    await run('solve', '--all');
    const checked = await run<Checked>('check');
    const made = await makeByHand(emulator.endpoint, deployed.json.run);

    const destroyed = await run<Destroyed>('destroy', '--yes');

    expect(named(checked.json.findings, 'failed')).toEqual([]);
    expect(checked.json.totals.passed).toBeGreaterThanOrEqual(5);
    expect(destroyed).toMatchObject({ code: 0, json: { proven: true } });
    expect(destroyed.json.removed.map(({ id }) => id)).toEqual(expect.arrayContaining(made));
    const after = await look(emulator.endpoint);
    expect(after).toEqual(before);
    expect(Object.values(after).flat()).toEqual(expect.arrayContaining(foreign));
  });
});

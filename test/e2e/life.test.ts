// A week's EC2 lab from a worklog to the proof, in worklab's own processes; what is left is looked at by SDK calls of the test's own.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EC2Client } from '@aws-sdk/client-ec2';
import type { DeployedStack } from '../../lib/core/deployment';
import type { Finding, Totals } from '../../lib/core/finding';
import type { Proof, Residue } from '../../lib/core/residue';
import { makeByHand, makeForeign } from '../support/by-hand';
import { type Ran, ROOT, worklab } from '../support/cli';
import { clientConfig } from '../support/client-config';
import { startEmulator, type TestEmulator } from '../support/emulator';
import { look } from '../support/independent-look';
import { type Instead, startProxy, type TestProxy } from '../support/proxy';

const SEED = join(ROOT, '..', 'shared', 'corpus', 'seed-week04.en.md');
/** The worklog that the project started from, where it is there; else the sample week of the same shape. */
const WORKLOG = existsSync(SEED) ? SEED : join(ROOT, 'labs', 'weeks', 'week-04.md');
const MINUTES = 60_000;
jest.setTimeout(5 * MINUTES);

interface Deployed {
  readonly run: string;
  readonly stacks: readonly DeployedStack[];
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

    const receipt = join(home, 'runs', deployed.json.run, 'receipt.json');
    expect(await run('prove', '--receipt', receipt)).toMatchObject({
      code: 0,
      json: { proven: true, journal: 'agrees' },
    });
    const journal = join(home, 'runs', deployed.json.run, 'journal.jsonl');
    writeFileSync(journal, readFileSync(journal, 'utf8').replace('"full"', '"starter"'));
    expect(await run('prove', '--receipt', receipt)).toMatchObject({
      code: 7,
      json: { proven: true, journal: 'differs' },
    });
    rmSync(journal);
    expect(await run('prove', '--receipt', receipt)).toMatchObject({
      code: 0,
      json: { proven: true, journal: 'missing' },
    });
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

  test('interrupted in the middle of a deployment, the run is open, and destroy takes it up', async () => {
    const endpoint = await endpointOf();
    const before = await look(endpoint);

    const interrupted = await worklab(['deploy', WORKLOG, '--only', 'ec2'], {
      home,
      during: (child) =>
        child.stderr?.on('data', (text: Buffer) => /COMPLETE/.test(String(text)) && child.kill('SIGINT')),
    });
    const status = await run<{ runs: { status: string; lastEvent: string }[] }>('status');
    const destroyed = await run<Destroyed>('destroy', '--yes');

    expect(interrupted.code).toBe(130);
    expect(status.json.runs).toMatchObject([{ status: 'open', lastEvent: 'interrupted' }]);
    expect(destroyed).toMatchObject({ code: 0, json: { proven: true } });
    expect(await look(endpoint)).toEqual(before);
  });

  test('hostile text of a worklog reaches no shell, no path and no name of a resource', async () => {
    const trace = join(home, 'trace');
    const hostile = [
      `$(touch ${trace})`,
      `\`touch ${trace}\``,
      '../../../etc/passwd',
      '<script>alert(1)</script>',
      '\u001b[31mred',
      'x'.repeat(100_000),
    ];
    const bullets = hostile.map((text) => `&emsp;&emsp; - Launch an EC2 instance ${text}`).join(' <br>');
    const table = [
      '| Day | Task | Start Date |',
      '| --- | --- | --- |',
      `| 2 | - **Practice:** <br>&emsp; + **Amazon EC2:** <br>${bullets} | 09/29/2025 |`,
    ];
    const file = join(home, 'week-04.md');
    writeFileSync(file, `---\ntitle: "Week 4 Worklog ; rm -rf ~"\n---\n\n${table.join('\n')}\n`);
    const endpoint = await endpointOf();
    const before = await look(endpoint);

    const deployed = await run<Deployed>('deploy', file, '--only', 'ec2');
    const names = Object.values(await look(endpoint)).flat();
    const destroyed = await run<Destroyed>('destroy', '--yes');

    expect(deployed.code).toBe(0);
    expect(names.filter((name) => !/^[\w./:-]+$/.test(name) || name.length > 255)).toEqual([]);
    expect(names.join(' ')).not.toMatch(/touch|passwd|script|xxxx/);
    expect(existsSync(trace)).toBe(false);
    expect(destroyed).toMatchObject({ code: 0, json: { proven: true } });
    expect(await look(endpoint)).toEqual(before);
  });
});

/** moto has no placement groups, so there are none; worklab itself would have to say "unknown", and does in a test of its own. */
const noPlacementGroups = (body: string): Instead | undefined =>
  body.includes('Action=DescribePlacementGroups')
    ? { status: 200, body: '<DescribePlacementGroupsResponse><placementGroupSet/></DescribePlacementGroupsResponse>' }
    : undefined;

describe('on plain moto, which calls a stack deleted and leaves its things behind', () => {
  let emulator: TestEmulator;
  let proxy: TestProxy;
  beforeAll(async () => {
    emulator = await startEmulator({ plain: true });
    proxy = await startProxy(emulator.endpoint, noPlacementGroups);
  });
  afterAll(async () => {
    await proxy.stop();
    await emulator.stop();
  });

  const client = (): EC2Client => new EC2Client(clientConfig(emulator.endpoint));

  test('what was made by hand on the run goes with it, what was there before stays, and the run ends proven', async () => {
    const foreign = await makeForeign(client());
    const before = await look(emulator.endpoint);
    const deployed = await deploy('--endpoint-url', proxy.endpoint);
    const untouched = await run<Checked>('check');
    await run('solve', '--all');
    const made = await makeByHand(emulator.endpoint, deployed.json.run);

    const destroyed = await run<Destroyed>('destroy', '--yes');

    const skipped = deployed.json.stacks.flatMap(({ notEmulated }) => notEmulated.map(({ type }) => type));
    expect(skipped).toContain('AWS::EC2::KeyPair');
    expect(named(untouched.json.findings, 'unknown')).toContain('set-up-key-pair not emulated: AWS::EC2::KeyPair');
    expect(destroyed).toMatchObject({ code: 0, json: { proven: true } });
    expect(destroyed.json.removed.map(({ id }) => id)).toEqual(expect.arrayContaining(made));
    const after = await look(emulator.endpoint);
    expect(after).toEqual(before);
    expect(Object.values(after).flat()).toEqual(expect.arrayContaining(foreign));
  });

  test('a deployment that CloudFormation refuses says why, exits with 5, and destroy ends the job', async () => {
    const before = await look(emulator.endpoint);
    const refusing = await startProxy(emulator.endpoint, (body) =>
      body.includes('Action=ExecuteChangeSet') && body.includes('ec2')
        ? {
            status: 400,
            body: '<ErrorResponse><Error><Type>Sender</Type><Code>LimitExceeded</Code><Message>too many stacks</Message></Error></ErrorResponse>',
          }
        : noPlacementGroups(body),
    );

    const failed = await run<{ error: { code: string; what: string; fix: string } }>(
      'deploy',
      WORKLOG,
      '--only',
      'ec2',
      '--endpoint-url',
      refusing.endpoint,
    );
    const destroyed = await run<Destroyed>('destroy', '--yes');
    await refusing.stop();

    expect(failed).toMatchObject({ code: 5, json: { error: { code: 'deploy/failed' } } });
    expect(failed.json.error.what).toContain('too many stacks');
    expect(destroyed).toMatchObject({ code: 0, json: { proven: true } });
    expect(await look(emulator.endpoint)).toEqual(before);
  });

  test('a kind that cannot be listed leaves the run unproven, with exit code 7', async () => {
    await deploy('--endpoint-url', emulator.endpoint, '--starter');

    const destroyed = await run<Destroyed>('destroy', '--yes');

    expect(destroyed).toMatchObject({ code: 7, json: { proven: false } });
    expect(destroyed.json.proofs.filter(({ status }) => status !== 'clean')).toEqual([
      expect.objectContaining({ kind: 'ec2:placement-group', status: 'unknown' }),
    ]);
  });
});

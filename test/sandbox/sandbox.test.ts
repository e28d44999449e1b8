// The life of a home's sandbox: real processes, started, looked at, interrupted, taken for another's, and ended.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateVpcCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { localCredentials } from '../../lib/sandbox/credentials';
import { ensureInstalled } from '../../lib/sandbox/install';
import { lives } from '../../lib/sandbox/os-process';
import { resetSandbox, type StartedSandbox, sandboxStatus, startSandbox, stopSandbox } from '../../lib/sandbox/sandbox';
import { INSTALL_TIMEOUT, removeTestHome, testHome } from '../support/sandbox';

const NOT_RUNNING = { running: false, endpoint: null, version: null, pid: null, since: null };
const onUnix = process.platform === 'win32' ? test.skip : test;

let home: string;
beforeAll(() => ensureInstalled(), INSTALL_TIMEOUT);
beforeEach(async () => {
  home = await testHome();
});
afterEach(() => removeTestHome(home));

const start = (): Promise<StartedSandbox> => startSandbox({ home, declarations: [] });
const stateFile = (): string => join(home, 'sandbox', 'state.json');

function ec2({ endpoint }: StartedSandbox): EC2Client {
  return new EC2Client({ endpoint, region: 'us-east-1', credentials: localCredentials });
}

async function vpcs(sandbox: StartedSandbox): Promise<number> {
  const { Vpcs = [] } = await ec2(sandbox).send(new DescribeVpcsCommand({}));
  return Vpcs.filter(({ CidrBlock }) => CidrBlock === '10.9.0.0/16').length;
}

/** `start` in a process of its own, with a process group of its own, as a terminal gives it. */
function command(...args: string[]): ChildProcess & { readonly said: Promise<StartedSandbox> } {
  const script = join(__dirname, 'start-once.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, home, ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = new Promise<StartedSandbox>((resolve) => {
    let out = '';
    child.stdout?.on('data', (text: Buffer) => {
      out += text.toString();
      if (out.includes('\n')) resolve(JSON.parse(out));
    });
  });
  return Object.assign(child, { said });
}

/** A process that ended counts, whether or not its parent has taken note. */
const isOver = async (pid: number): Promise<boolean> => !(await lives({ pid, mark: 'emulator' }));

const exit = (child: ChildProcess): Promise<unknown> => new Promise((resolve) => child.once('exit', resolve));

test('started, kept, reset and stopped', async () => {
  expect(await sandboxStatus(home)).toEqual(NOT_RUNNING);

  const sandbox = await start();
  expect(sandbox).toMatchObject({ fresh: true, reason: null, endpoint: `http://127.0.0.1:${sandbox.port}` });
  expect(sandbox.version).toMatch(/^5\.2\.5/);
  const { endpoint, version, pid, since } = sandbox;
  expect(await sandboxStatus(home)).toEqual({ running: true, endpoint, version, pid, since });

  await ec2(sandbox).send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }));
  expect(await start()).toEqual({ ...sandbox, fresh: false });
  expect(await vpcs(sandbox)).toBe(1);

  await resetSandbox(home);
  expect(await vpcs(sandbox)).toBe(0);
  expect(await sandboxStatus(home)).toMatchObject({ running: true, pid });

  expect(await stopSandbox(home)).toBe(true);
  expect(await sandboxStatus(home)).toEqual(NOT_RUNNING);
  expect(await isOver(pid)).toBe(true);
  expect(await stopSandbox(home)).toBe(false);
  await expect(resetSandbox(home)).rejects.toMatchObject({ code: 'sandbox/not-running' });
}, 60_000);

onUnix('what it writes down is for its owner alone', async () => {
  await start();

  expect(statSync(stateFile()).mode & 0o777).toBe(0o600);
  expect(statSync(join(home, 'sandbox')).mode & 0o777).toBe(0o700);
  expect(statSync(join(home, 'sandbox', 'emulator.log')).mode & 0o777).toBe(0o600);
});

test('web pages cannot reach it, nor a name that is made to point at this machine', async () => {
  const { endpoint, port } = await start();

  const asked = await Promise.all([
    fetch(`${endpoint}/_worklab/health`),
    fetch(`${endpoint}/_worklab/health`, { headers: { Origin: 'https://evil.example.com' } }),
    fetch(`${endpoint}/moto-api/reset`, { method: 'POST', headers: { Origin: 'null' } }),
    statusWithHost(port, 'evil.example.com'),
  ]);

  expect(asked.map((answer) => (answer instanceof Response ? answer.status : answer))).toEqual([200, 403, 403, 403]);
});

function statusWithHost(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: '/_worklab/health', headers: { Host: host }, agent: false };
    const asked = get(options).on('error', reject);
    asked.once('response', (answer: IncomingMessage) => resolve(answer.resume().statusCode));
  });
}

test('two commands at once start one, and only one of them says that it is fresh', async () => {
  const commands = [command(), command()];

  const [one, two] = await Promise.all(commands.map(({ said }) => said));

  expect(one?.pid).toBe(two?.pid);
  expect(one?.fresh).toBe(!two?.fresh);
}, 60_000);

test('asked for many times at once, it is started once', async () => {
  const all = await Promise.all([start(), start(), start(), start()]);

  expect(new Set(all.map(({ pid }) => pid)).size).toBe(1);
  expect(all.filter(({ fresh }) => fresh)).toHaveLength(1);
}, 60_000);

onUnix(
  'the command that started it ends by itself, and Ctrl-C does not end the sandbox with it',
  async () => {
    const finished = command();
    const { pid } = await finished.said;
    const code = finished.exitCode ?? (await exit(finished));
    expect(code).toBe(0);
    await stopSandbox(home);

    const staying = command('stay');
    const again = await staying.said;
    process.kill(-(staying.pid ?? 0), 'SIGINT');
    await exit(staying);
    await sleep(500); // An end that it was sent with the command would take that long.

    expect(again.pid).not.toBe(pid);
    expect(await sandboxStatus(home)).toMatchObject({ running: true, pid: again.pid });
  },
  60_000,
);

onUnix(
  'a start that was killed half-way leaves no second sandbox behind',
  async () => {
    const killed = command();
    while (!existsSync(stateFile())) await sleep(5);
    const half: { pid: number; port: number | null } = JSON.parse(readFileSync(stateFile(), 'utf8'));
    killed.kill('SIGKILL');

    const sandbox = await start();

    expect(half.port).toBeNull();
    expect(sandbox).toMatchObject({ fresh: true, reason: 'the sandbox had ended' });
    expect(await isOver(half.pid)).toBe(true);
  },
  60_000,
);

test('it is restarted, at its old port, when a declaration has changed', async () => {
  const declaration = join(home, 'emulator.py');
  writeFileSync(declaration, '# nothing yet\n');
  const options = { home, declarations: [declaration] };
  const before = await startSandbox(options);
  expect(await startSandbox(options)).toMatchObject({ pid: before.pid, fresh: false });

  writeFileSync(declaration, '# nothing more\n');
  const after = await startSandbox(options);

  expect(after).toMatchObject({ fresh: true, port: before.port, reason: expect.stringContaining('changed') });
  expect(after.pid).not.toBe(before.pid);
  expect(await isOver(before.pid)).toBe(true);
}, 60_000);

test('a declaration that does not load is told with the last lines of the log, and nothing is left running', async () => {
  const declaration = join(home, 'emulator.py');
  writeFileSync(declaration, 'raise RuntimeError("no such kind")\n');

  await expect(startSandbox({ home, declarations: [declaration] })).rejects.toMatchObject({
    code: 'sandbox/start-failed',
    message: expect.stringContaining('RuntimeError: no such kind'),
    where: join(home, 'sandbox', 'emulator.log'),
  });
  expect(await sandboxStatus(home)).toEqual(NOT_RUNNING);
}, 60_000);

test('one that was killed is started anew, and says so', async () => {
  const { pid, port } = await start();
  process.kill(pid, 'SIGKILL');
  while ((await sandboxStatus(home)).running) await sleep(20);

  expect(await start()).toMatchObject({ fresh: true, port, reason: 'the sandbox had ended' });
}, 60_000);

describe('somebody else', () => {
  let other: Server;
  let port: number;
  beforeEach(async () => {
    other = createServer((_, answer) => answer.end('{"status":"ok","version":"5.2.5","token":"another"}'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    port = (other.address() as AddressInfo).port;
  });
  afterEach(() => new Promise((resolve) => other.close(resolve)));

  test('a process id and a port that are others’ by now are not taken for the sandbox, and are left alone', async () => {
    const { pid: dead } = await start();
    await stopSandbox(home);
    const token = 'f'.repeat(32);
    const stale = {
      pid: process.pid,
      port,
      token,
      since: '2026-01-01T00:00:00.000Z',
      fingerprint: '',
      version: '5.2.5',
    };
    writeFileSync(stateFile(), JSON.stringify(stale));

    expect(await sandboxStatus(home)).toEqual(NOT_RUNNING);
    const sandbox = await start();

    expect(sandbox).toMatchObject({ fresh: true, reason: 'the sandbox had ended' });
    expect(sandbox.port).not.toBe(port);
    expect(sandbox.pid).not.toBe(dead);
  }, 60_000);

  test('a port in use is an error that says so, and starts nothing', async () => {
    await expect(startSandbox({ home, declarations: [], port })).rejects.toMatchObject({
      code: 'sandbox/port-in-use',
      exitCode: 2,
      message: expect.stringContaining(String(port)),
    });
    expect(existsSync(stateFile())).toBe(false);
  });

  test('a running sandbox does not move to another port behind the back of what lives in it', async () => {
    const { pid } = await start();

    await expect(startSandbox({ home, declarations: [], port })).rejects.toMatchObject({
      code: 'sandbox/already-running',
    });
    expect(await sandboxStatus(home)).toMatchObject({ running: true, pid });
  }, 60_000);
});

test.each(['', '{', '{}', '{"pid":0,"token":""}', 'null'])('a state file with %j in it is no state', async (text) => {
  mkdirSync(join(home, 'sandbox'));
  writeFileSync(stateFile(), text);

  expect(await sandboxStatus(home)).toEqual(NOT_RUNNING);
  expect(await stopSandbox(home)).toBe(false);
});

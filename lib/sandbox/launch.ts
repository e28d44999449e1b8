// Interpreter and declarations → a running emulator that outlives the command that started it.

import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WorklabError } from '../core/errors';
import { answersAs } from './health';
import { isReady, markOf, type ReadyState, whatItSaid } from './life';
import { endProcess } from './os-process';
import type { SandboxFiles } from './paths';
import { lastLines, withoutCredentials } from './run-program';
import { forgetState, type SandboxState, writeState } from './state';

interface Launch {
  readonly files: SandboxFiles;
  readonly python: string;
  /** The folder with the Python package `emulator`. */
  readonly engine: string;
  readonly declarations: readonly string[];
  readonly fingerprint: string;
  /** 0: a free one. */
  readonly port: number;
}

/** Milliseconds to the first answer: 2 or 3 s are usual, the first start of all compiles moto's modules. */
const PATIENCE = 90_000;
const LOOK_EVERY = 25;
const LOGS_KEPT = 5;

/** Starts it, and resolves when it has answered. What fails to start is ended, and its log kept. */
export async function launch(options: Launch): Promise<ReadyState> {
  const { files } = options;
  await rotate(files.log);
  const token = randomBytes(16).toString('hex');
  const child = start(options, token);
  const { fingerprint } = options;
  const state = { pid: child.pid ?? 0, token, since: new Date().toISOString(), fingerprint, port: null, version: null };
  try {
    await writeState(files, state);
    const ready = await firstAnswer(child, state, files);
    await writeState(files, ready);
    return ready;
  } catch (error) {
    if (child.pid !== undefined) await endProcess({ pid: child.pid, mark: markOf(token) });
    await forgetState(files);
    throw error;
  }
}

/** Its output goes to files: a pipe would end with us, and would keep us alive until then. */
function start({ files, python, engine, declarations, port }: Launch, token: string): ChildProcess {
  writeFileSync(files.ready, '', { mode: 0o600 });
  const [out, log] = [openSync(files.ready, 'a'), openSync(files.log, 'a', 0o600)];
  try {
    // Python keeps any -X option and minds only those it knows: a mark that every system's process list shows.
    const args = ['-X', markOf(token), '-m', 'emulator', '--port', String(port)];
    const child = spawn(python, [...args, ...declarations.map((path) => resolve(path))], {
      cwd: files.directory,
      env: environmentOf(engine, token),
      detached: true,
      windowsHide: true,
      stdio: ['ignore', out, log],
    });
    child.on('error', () => {}); // Told by the missing process id.
    child.unref();
    return child;
  } finally {
    closeSync(out);
    closeSync(log);
  }
}

/** Nothing of the learner's AWS settings reaches the emulator, nor of another Python's. */
function environmentOf(engine: string, token: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(?:AWS_|MOTO_|PYTHON|VIRTUAL_ENV)/i.test(name));
  return {
    ...Object.fromEntries(inherited),
    PYTHONPATH: engine,
    PYTHONNOUSERSITE: '1',
    PYTHONUNBUFFERED: '1',
    PYTHONUTF8: '1',
    WORKLAB_SANDBOX_TOKEN: token,
  };
}

async function firstAnswer(child: ChildProcess, state: SandboxState, files: SandboxFiles): Promise<ReadyState> {
  for (const until = Date.now() + PATIENCE; Date.now() < until; await sleep(LOOK_EVERY)) {
    const said = await whatItSaid(files);
    if (said !== null && 'error' in said) throw await notStarted(files, said.error);
    const known = said === null ? state : { ...state, pid: said.pid, port: said.port, version: said.version };
    if (isReady(known) && (await answersAs(known.token, known.port))) return known;
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
      throw await notStarted(files, 'the emulator ended while it was starting');
    }
  }
  throw await notStarted(files, `the emulator did not answer within ${PATIENCE / 1000} s`);
}

async function notStarted({ log }: SandboxFiles, why: string): Promise<WorklabError> {
  const said = withoutCredentials(await readFile(log, 'utf8').catch(() => ''));
  return new WorklabError('sandbox/start-failed', {
    what: `the sandbox did not start: ${why}${lastLines(said)}`,
    where: log,
    fix: 'the last lines of the log say why: mend what they name, then worklab sandbox start',
  });
}

/** emulator.log becomes emulator.log.1, and so on; the oldest goes. */
async function rotate(log: string): Promise<void> {
  for (let age = LOGS_KEPT - 1; age >= 0; age--) {
    // A log that is not there need not move; one that Windows holds is written on.
    await rename(age === 0 ? log : `${log}.${age}`, `${log}.${age + 1}`).catch(() => {});
  }
}

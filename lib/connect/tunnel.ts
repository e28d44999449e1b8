// A program that makes a port of this machine lead elsewhere → open when somebody answers on it; and the way to close it.

import { type ChildProcess, spawn } from 'node:child_process';
import { connect as connectTo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WorklabError } from '../core/errors';
import type { Connection } from '../kit';

type Tunnel = NonNullable<Connection['tunnel']>;
export type Environment = Readonly<Record<string, string>>;

/** Session Manager takes a few seconds. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 200;

/** Starts it, waits until its port answers, and returns what ends it. Variables that are empty are taken away. */
export async function openTunnel(tunnel: Tunnel, environment: Environment): Promise<() => void> {
  const env = Object.fromEntries(
    Object.entries({ ...process.env, ...environment }).filter(([, value]) => value !== ''),
  );
  // A group of its own: Ctrl-C is for the program in front, and the programs that it starts go with it.
  const child = spawn(tunnel.program, tunnel.args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    shell: false,
    detached: true,
    env,
  });
  const failure = failureOf(child, tunnel);
  const close = (): void => end(child);
  process.once('exit', close);
  const enough = new AbortController();
  try {
    await Promise.race([failure, answering(tunnel, enough.signal)]);
  } catch (error) {
    close();
    throw error;
  } finally {
    enough.abort();
  }
  failure.catch(() => {}); // later the program in front says what it misses
  return close;
}

function failureOf(child: ChildProcess, { program }: Tunnel): Promise<never> {
  let said = '';
  child.stderr?.on('data', (piece: Buffer) => {
    said = `${said}${piece}`.slice(-2000);
  });
  return new Promise((_, reject) => {
    const fix = `${program} and its session-manager-plugin have to be installed, and the session allowed`;
    child.on('error', (cause) =>
      reject(
        new WorklabError('usage/invalid', { what: `${program} could not be started: ${cause.message}`, fix, cause }),
      ),
    );
    child.on('exit', (code) =>
      reject(new WorklabError('usage/invalid', { what: `${program} ended with ${code}: ${said.trim()}`, fix })),
    );
  });
}

async function answering({ port, program }: Tunnel, enough: AbortSignal): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(PAUSE_MS)) {
    if (enough.aborted || (await answers(port))) return;
  }
  throw new WorklabError('usage/invalid', {
    what: `the tunnel of ${program} did not open within ${PATIENCE_MS / 1000} seconds`,
    fix: 'try again: an instance that was just started is not reached yet',
  });
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connectTo({ host: '127.0.0.1', port });
    const done = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
  });

/** The whole group, where there are groups: what the program started goes with it. */
function end(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill();
    else process.kill(-child.pid, 'SIGTERM');
  } catch {
    // It is gone already.
  }
}

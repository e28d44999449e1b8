// A home → its sandbox: started, looked at, emptied, stopped. One for each home, on the loopback address only.

import { setTimeout as sleep } from 'node:timers/promises';
import { WorklabError } from '../core/errors';
import { makePrivate } from '../store/home';
import { fingerprintOf } from './fingerprint';
import { endpointOf, forgetEverything } from './health';
import { ensureInstalled } from './install';
import { launch } from './launch';
import { isReady, type Life, lookAt, markOf, type ReadyState } from './life';
import { withLock } from './lock';
import { endProcess } from './os-process';
import { ENGINE, type SandboxFiles, sandboxFiles } from './paths';
import { whyNotFree } from './ports';
import type { OnProgress } from './progress';
import { forgetState } from './state';

export { environmentExports, type Shell } from './environment';

/** What to start. */
export interface StartOptions {
  /** WORKLAB_HOME: each has a sandbox of its own. */
  readonly home: string;
  /** The labs' emulator.py files. */
  readonly declarations: readonly string[];
  /** This one and no other; without it, a free one. */
  readonly port?: number;
  readonly onProgress?: OnProgress;
  /** The folder with the Python package `emulator`, if not this one. */
  readonly engine?: string;
}

/** A sandbox that answers. */
export interface StartedSandbox {
  readonly endpoint: string;
  readonly port: number;
  readonly pid: number;
  /** moto's. */
  readonly version: string;
  /** When it was started, ISO 8601: another time, another sandbox, and nothing in it of the one before. */
  readonly since: string;
  /** Whether it was started just now, empty: what lived in an earlier one is gone. */
  readonly fresh: boolean;
  /** Why it had to be started, where there was an earlier one. */
  readonly reason: string | null;
}

/** What `worklab sandbox status` shows. */
export interface SandboxStatus {
  readonly running: boolean;
  readonly endpoint: string | null;
  readonly version: string | null;
  readonly pid: number | null;
  readonly since: string | null;
}

/** Milliseconds for one that lives and is silent to answer: it may be starting, or at work on something large. */
const PATIENCE = 60_000;
const LOOK_EVERY = 200;
/** A process that was ended gives back its port within this, however large it was. */
const LETS_GO_WITHIN = 3_000;

const GONE = 'the sandbox had ended';
const CHANGED = "the sandbox was restarted, since worklab's code or a lab's emulator.py has changed";

/** This home's sandbox, started if it is not running, and restarted if what it was started with has changed. */
export async function startSandbox(options: StartOptions): Promise<StartedSandbox> {
  const { home, declarations, port, engine = ENGINE, onProgress = () => {} } = options;
  const files = sandboxFiles(home);
  const fingerprint = await fingerprintOf(engine, declarations);
  const before = await lookAt(files);
  if (isWanted(before, fingerprint)) return kept(before.state, port);
  await refuseUsedPort(port, before);
  const { python } = await ensureInstalled({ onProgress });
  const onWait = (): void => onProgress({ step: 'waiting', text: 'another worklab command is starting the sandbox' });
  const act = (): Promise<StartedSandbox> =>
    startAnew({ files, python, engine, declarations, fingerprint }, { port, onProgress });
  return withLock(lockOf(files), act, { onWait });
}

type Start = Omit<Parameters<typeof launch>[0], 'port'>;

/** Under the lock: whoever held it before us may have started what we want. */
async function startAnew(start: Start, { port, onProgress }: { port?: number | undefined; onProgress: OnProgress }) {
  const life = await whenItHasSpoken(start.files);
  if (isWanted(life, start.fingerprint)) return kept(life.state, port);
  await refuseUsedPort(port, life);
  await end(life, start.files);
  onProgress({ step: 'starting', text: 'starting the emulator' });
  const state = await launch({ ...start, port: await placeFor(port, life) });
  onProgress({ step: 'ready', text: `ready at ${endpointOf(state.port)} (moto ${state.version})` });
  return started(state, { fresh: true, reason: reasonFor(life) });
}

/** Ends this home's sandbox. False if there was none. */
export async function stopSandbox(home: string): Promise<boolean> {
  const files = sandboxFiles(home);
  if ((await lookAt(files)).is === 'none') return false;
  const act = async (): Promise<boolean> => {
    const life = await lookAt(files);
    await end(life, files);
    return life.is === 'running' || life.is === 'silent';
  };
  return withLock(lockOf(files), act, { onWait: () => {} });
}

/** What this home's sandbox is doing. One that is too busy to answer is running: nothing in it is lost. */
export async function sandboxStatus(home: string): Promise<SandboxStatus> {
  const life = await lookAt(sandboxFiles(home));
  if ((life.is === 'running' || life.is === 'silent') && isReady(life.state)) {
    const { port, version, pid, since } = life.state;
    return { running: true, endpoint: endpointOf(port), version, pid, since };
  }
  return { running: false, endpoint: null, version: null, pid: null, since: null };
}

/** Makes this home's sandbox forget everything. It goes on running. */
export async function resetSandbox(home: string): Promise<void> {
  const life = await lookAt(sandboxFiles(home));
  if (life.is === 'running') return forgetEverything(life.state.port);
  throw new WorklabError('sandbox/not-running', {
    what: life.is === 'silent' ? 'the sandbox does not answer' : 'the sandbox is not running',
    fix: life.is === 'silent' ? 'worklab sandbox stop, then worklab sandbox start' : 'worklab sandbox start',
  });
}

/** What an interrupted start left behind is not: nobody was told of it, and what it replaced was not said to be gone. */
const isWanted = (life: Life, fingerprint: string): life is Extract<Life, { is: 'running' }> =>
  life.is === 'running' && life.known && life.state.fingerprint === fingerprint;

function reasonFor(life: Life): string | null {
  if (life.is === 'none') return null;
  return life.is === 'running' && life.known ? CHANGED : GONE;
}

function started(state: ReadyState, how: Pick<StartedSandbox, 'fresh' | 'reason'>): StartedSandbox {
  const { port, pid, version, since } = state;
  return { endpoint: endpointOf(port), port, pid, version, since, ...how };
}

function kept(state: ReadyState, port: number | undefined): StartedSandbox {
  if (port === undefined || port === state.port) return started(state, { fresh: false, reason: null });
  throw new WorklabError('sandbox/already-running', {
    what: `the sandbox runs already, on port ${state.port} and not on ${port}`,
    fix: `use it where it is, or worklab sandbox stop (what is in it is gone then) and worklab sandbox start --port ${port}`,
  });
}

/** One that is ours frees its port when it is restarted. */
async function refuseUsedPort(port: number | undefined, life: Life): Promise<void> {
  if (port === undefined || (life.is === 'running' && life.state.port === port)) return;
  const why = await whyNotFree(port);
  if (why === null) return;
  throw new WorklabError('sandbox/port-in-use', {
    what: `port ${port} cannot be used: ${why}`,
    fix: 'give another --port, or leave it out and a free one is taken',
  });
}

/**
 * Where it is asked for; else where it listened before, if it can again: what the learner exported still holds then.
 * A process that has ended loses its memory before its sockets, so its port is waited for a moment.
 */
async function placeFor(port: number | undefined, life: Life): Promise<number> {
  const former = life.is !== 'none' && isReady(life.state) ? life.state.port : undefined;
  if (former === undefined || (port !== undefined && port !== former)) return port ?? 0;
  for (const until = Date.now() + LETS_GO_WITHIN; Date.now() < until; await sleep(LOOK_EVERY)) {
    if ((await whyNotFree(former)) === null) return former;
  }
  return port ?? 0;
}

async function whenItHasSpoken(files: SandboxFiles): Promise<Life> {
  for (const until = Date.now() + PATIENCE; ; await sleep(LOOK_EVERY)) {
    const life = await lookAt(files);
    if (life.is !== 'silent') return life;
    if (Date.now() < until) continue;
    throw new WorklabError('sandbox/start-failed', {
      what: `the sandbox (process ${life.state.pid}) does not answer`,
      where: files.log,
      fix: 'worklab sandbox stop (what is in it is gone then), then run this again',
    });
  }
}

async function end(life: Life, files: SandboxFiles): Promise<void> {
  if (life.is === 'running' || life.is === 'silent') {
    await endProcess({ pid: life.state.pid, mark: markOf(life.state.token) });
  }
  await forgetState(files);
}

function lockOf({ directory, lock }: SandboxFiles): string {
  makePrivate(directory);
  return lock;
}

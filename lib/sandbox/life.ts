// A home → what has become of its sandbox: never started, running, silent, or gone.

import { readFile } from 'node:fs/promises';
import { parseFields } from './fields';
import { answersAs } from './health';
import { lives } from './os-process';
import type { SandboxFiles } from './paths';
import { readState, type SandboxState } from './state';

/** A sandbox that has said where it listens. */
export type ReadyState = SandboxState & { readonly port: number; readonly version: string };

/**
 * Silent: the process lives and does not answer; it is starting, very busy, or stuck.
 * Running, but not known: who started it was interrupted before it could tell anybody.
 */
export type Life =
  | { readonly is: 'none' }
  | { readonly is: 'running'; readonly state: ReadyState; readonly known: boolean }
  | { readonly is: 'silent'; readonly state: SandboxState }
  | { readonly is: 'gone'; readonly state: SandboxState };

/** The mark on the command line of a sandbox's process. */
export const markOf = (token: string): string => `worklab=${token}`;

/** Looks once; changes nothing. */
export async function lookAt(files: SandboxFiles): Promise<Life> {
  const written = await readState(files);
  if (written === null) return { is: 'none' };
  const state = await completed(written, files);
  if (isReady(state) && (await answersAs(state.token, state.port))) {
    return { is: 'running', state, known: isReady(written) };
  }
  const alive = await lives({ pid: state.pid, mark: markOf(state.token) });
  return { is: alive ? 'silent' : 'gone', state };
}

export const isReady = (state: SandboxState): state is ReadyState => state.port !== null && state.version !== null;

/** What the emulator says of itself on its standard output; null while it has said nothing. */
export type Said =
  | { readonly port: number; readonly pid: number; readonly version: string }
  | { readonly error: string }
  | null;

export async function whatItSaid({ ready }: SandboxFiles): Promise<Said> {
  const text = await readFile(ready, 'utf8').catch(() => '');
  const [line = ''] = text.split('\n');
  return (
    parseFields<Extract<Said, { port: number }>>(line, { port: ['number'], pid: ['number'], version: ['string'] }) ??
    parseFields<Extract<Said, { error: string }>>(line, { error: ['string'] }) ??
    null
  );
}

/** Who started it may have been interrupted before it could write down the port: the emulator's own line has it. */
async function completed(state: SandboxState, files: SandboxFiles): Promise<SandboxState> {
  if (isReady(state)) return state;
  const said = await whatItSaid(files);
  if (said === null || 'error' in said) return state;
  // On Windows the process that was started is the environment's launcher, which starts the interpreter.
  return { ...state, port: said.port, version: said.version, pid: said.pid };
}

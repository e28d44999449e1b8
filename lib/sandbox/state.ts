// The state file: which process is this home's sandbox, and what it was started with.

import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { parseFields } from './fields';
import type { SandboxFiles } from './paths';

export interface SandboxState {
  readonly pid: number;
  /** On its command line and in its health: tells it from whatever else has its process id or port. */
  readonly token: string;
  /** When it was started, ISO 8601. */
  readonly since: string;
  /** Of the code and the declarations that it was started with. */
  readonly fingerprint: string;
  /** Unknown until it is ready. */
  readonly port: number | null;
  /** moto's, unknown until it is ready. */
  readonly version: string | null;
}

/** What the state file says; null where there is none, or none that can be read. */
export async function readState({ state }: SandboxFiles): Promise<SandboxState | null> {
  const text = await readFile(state, 'utf8').catch(() => '');
  const kinds = { pid: ['number'], token: ['string'], since: ['string'], fingerprint: ['string'] } as const;
  const read = parseFields<SandboxState>(text, { ...kinds, port: ['number', 'null'], version: ['string', 'null'] });
  // Neither 0, a whole process group, nor an empty mark, which every command line carries, may come from a broken file.
  return read !== undefined && read.pid > 1 && read.token.length >= 16 ? read : null;
}

/** Replaces the state file at once, so that nobody reads half of it. Only its owner can read it. */
export async function writeState({ state }: SandboxFiles, value: SandboxState): Promise<void> {
  const next = `${state}.${process.pid}`;
  await writeFile(next, `${JSON.stringify(value)}\n`, { mode: 0o600 });
  await rename(next, state);
}

export const forgetState = ({ state }: SandboxFiles): Promise<void> => rm(state, { force: true });

// Requirements → a Python environment in the user's cache that has them. The second time there is nothing to do.

import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, WorklabError } from '../core/errors';
import { findPython, type Python } from './find-python';
import { withLock } from './lock';
import { installPackages } from './packages';
import { cacheDirectory, ENGINE, interpreterOf } from './paths';
import type { OnProgress } from './progress';
import { lastLines, runProgram } from './run-program';

/** Where and what to install; the defaults are the sandbox's. */
export interface InstallOptions {
  readonly onProgress?: OnProgress | undefined;
  readonly environment?: NodeJS.ProcessEnv;
  /** The directory that the environment is made in. */
  readonly cache?: string;
  /** The file of pinned packages. */
  readonly requirements?: string;
}

/** An environment that is whole. */
export interface Installed {
  /** Its interpreter. */
  readonly python: string;
  /** Whether it was made just now. */
  readonly fresh: boolean;
}

/**
 * Sees to it that the sandbox's packages are installed. What an interrupted installation leaves is never taken for whole:
 * it is made under another name, and renamed at the end.
 */
export async function ensureInstalled(options: InstallOptions = {}): Promise<Installed> {
  const { environment = process.env, onProgress = () => {} } = options;
  const { cache = cacheDirectory({ environment }), requirements = join(ENGINE, 'requirements.txt') } = options;
  const base = await findPython({ environment });
  const folder = join(cache, `sandbox-${await keyOf(requirements, base)}`);
  const python = interpreterOf(folder);
  if (await runs(python)) return { python, fresh: false };
  await makeCache(cache);
  const onWait = (): void =>
    onProgress({ step: 'waiting', text: 'another worklab command is installing the emulator' });
  const make = async (): Promise<Installed> => {
    if (await runs(python)) return { python, fresh: false };
    await makeEnvironment(folder, { base, requirements, environment, onProgress });
    return { python, fresh: true };
  };
  return withLock(`${folder}.lock`, make, { onWait });
}

/** The same packages for the same Python have the same key. */
async function keyOf(requirements: string, { tag }: Python): Promise<string> {
  const text = (await readFile(requirements, 'utf8')).replaceAll('\r\n', '\n');
  return createHash('sha256').update(`${tag}\n${text}`).digest('hex').slice(0, 12);
}

/** Asked rather than looked at: an environment whose Python was upgraded away is still there and no longer runs. */
const runs = async (python: string): Promise<boolean> => (await runProgram(python, ['-I', '-c', ''])).ok;

async function makeCache(cache: string): Promise<void> {
  await mkdir(cache, { recursive: true }).catch((cause: unknown) => {
    throw new WorklabError('sandbox/install-failed', {
      what: `the cache directory cannot be made: ${messageOf(cause)}`,
      fix: 'make it writable, or set XDG_CACHE_HOME to a directory that is',
      cause,
    });
  });
}

interface Making {
  readonly base: Python;
  readonly requirements: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly onProgress: OnProgress;
}

async function makeEnvironment(folder: string, making: Making): Promise<void> {
  await removeUnfinished(folder);
  const unfinished = `${folder}.unfinished-${process.pid}-${randomBytes(3).toString('hex')}`;
  try {
    await fill(unfinished, making);
    await rm(folder, { recursive: true, force: true });
    await renameWhenLetGo(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function fill(folder: string, { base, requirements, environment, onProgress }: Making): Promise<void> {
  const version = base.version.join('.');
  onProgress({ step: 'environment', text: `making a Python ${version} environment for the emulator (once)` });
  const made = await runProgram(base.executable, ['-I', '-m', 'venv', folder], { environment });
  if (!made.ok) {
    throw new WorklabError('sandbox/install-failed', {
      what: `Python ${version} could not make a virtual environment:${lastLines(made.said)}`,
      where: base.executable,
      fix: 'see that the disk has 300 MB free (and, on Debian and Ubuntu, that python3-venv is installed), then run this again',
    });
  }
  await installPackages(folder, { requirements, wheelsOnly: base.wheels, environment, onProgress });
}

/** Under the lock nobody else is making one, so what is there is from somebody who was interrupted. */
async function removeUnfinished(folder: string): Promise<void> {
  const parent = dirname(folder);
  const left = (await readdir(parent)).filter((name) => name.startsWith(`${basename(folder)}.unfinished-`));
  for (const name of left) await rm(join(parent, name), { recursive: true, force: true });
}

/** Windows refuses to rename a folder while a virus scanner reads the files that were just written. */
async function renameWhenLetGo(from: string, to: string, tries = 20): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (process.platform !== 'win32' || tries === 0) throw error;
    await sleep(500);
    await renameWhenLetGo(from, to, tries - 1);
  }
}

// Platform and environment → the places that the sandbox keeps things in. Pure: touches no file.

import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** The folder with the Python package `emulator` and the requirements: this one. */
export const ENGINE = __dirname;

interface Machine {
  readonly platform?: NodeJS.Platform;
  readonly environment?: NodeJS.ProcessEnv;
}

/** The user's cache directory for worklab: what lies there can be made again. */
export function cacheDirectory({ platform = process.platform, environment = process.env }: Machine = {}): string {
  return join(cacheRoot(platform, environment), 'worklab');
}

function cacheRoot(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string {
  // A relative XDG_CACHE_HOME is to be ignored (XDG Base Directory Specification 0.8).
  const { XDG_CACHE_HOME, LOCALAPPDATA } = environment;
  if (XDG_CACHE_HOME !== undefined && isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME;
  if (platform === 'win32') return LOCALAPPDATA || join(homedir(), 'AppData', 'Local');
  return platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
}

/** The interpreter of a virtual environment. */
export const interpreterOf = (environment: string, platform = process.platform): string =>
  platform === 'win32' ? join(environment, 'Scripts', 'python.exe') : join(environment, 'bin', 'python');

/** What a home's sandbox keeps. */
export interface SandboxFiles {
  readonly directory: string;
  readonly state: string;
  readonly lock: string;
  /** The emulator's one line when it is ready. */
  readonly ready: string;
  readonly log: string;
}

/** The files of a home's sandbox. */
export function sandboxFiles(home: string): SandboxFiles {
  const directory = join(home, 'sandbox');
  return {
    directory,
    state: join(directory, 'state.json'),
    lock: join(directory, 'lock'),
    ready: join(directory, 'ready.json'),
    log: join(directory, 'emulator.log'),
  };
}

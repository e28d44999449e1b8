// Where runs are remembered: WORKLAB_HOME, outside the repository, readable by its owner alone.

import { chmodSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** WORKLAB_HOME, or ~/.worklab. */
export const homeDirectory = (environment: NodeJS.ProcessEnv = process.env): string =>
  environment.WORKLAB_HOME || join(homedir(), '.worklab');

/** The folder of one run: its journal, its key, its assembly. */
export const runDirectory = (home: string, run: string): string => join(home, 'runs', run);

/** Makes a directory that only its owner can enter. */
export function makePrivate(directory: string): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
  return directory;
}

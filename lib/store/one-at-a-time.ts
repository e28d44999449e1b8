// A moment's exclusion between processes, without waiting for an event: for an append that takes a millisecond.

import { closeSync, openSync, rmSync, statSync } from 'node:fs';

/** Milliseconds after which whoever holds the file is dead: nobody needs it for more than one write. */
const STALE = 3000;
const PAUSE = 3;

/** Runs `act` while no other process does under the same file. A process killed meanwhile is waited for no longer than 3 s. */
export function oneAtATime<Result>(file: string, act: () => Result): Result {
  while (!taken(file)) {
    if (ageOf(file) > STALE) rmSync(file, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
  }
  try {
    return act();
  } finally {
    rmSync(file, { force: true });
  }
}

function taken(file: string): boolean {
  try {
    closeSync(openSync(file, 'wx', 0o600));
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Windows answers EPERM while another process is just removing the file.
    if (code === 'EEXIST' || code === 'EPERM') return false;
    throw error;
  }
}

function ageOf(file: string): number {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return 0; // gone meanwhile
  }
}

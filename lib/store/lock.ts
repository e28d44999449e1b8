// One command at a time may change a run.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import { WorklabError } from '../core/errors';
import { makePrivate, runDirectory } from './home';

/** Milliseconds after which the lock of a process that died is taken over; a living one renews it. */
const STALE = 10_000;
/** The same where the process that took it is known to be dead: the least that the library takes. */
const STALE_OF_THE_DEAD = 2000;
const PAUSE = 250;

/** Does `act` while no other command may change the run. */
export async function exclusively<Result>(home: string, run: string, act: () => Promise<Result>): Promise<Result> {
  const directory = makePrivate(runDirectory(home, run));
  const holder = join(directory, 'holder');
  const release = await taken(directory, holder).catch((cause: unknown) => {
    throw new WorklabError('destroy/busy', {
      what: `another worklab command is changing run ${run}`,
      fix: 'wait until it has ended, then run this again',
      cause,
    });
  });
  writeFileSync(holder, `${process.pid}`, { mode: 0o600 });
  try {
    return await act();
  } finally {
    await release();
  }
}

/** The lock; that of a process that was killed is waited for until it is stale. */
async function taken(directory: string, holder: string): Promise<() => Promise<void>> {
  for (;;) {
    const dead = isDead(holder);
    try {
      return await lock(directory, { stale: dead ? STALE_OF_THE_DEAD : STALE });
    } catch (error) {
      if (!dead) throw error;
      await sleep(PAUSE);
    }
  }
}

/** Whether the process that took the lock last is there no more. */
function isDead(holder: string): boolean {
  try {
    process.kill(Number(readFileSync(holder, 'utf8')), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

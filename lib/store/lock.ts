// One command at a time may change a run.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import { WorklabError } from '../core/errors';
import { makePrivate, runDirectory } from './home';

type Holder = 'alive' | 'dead' | 'unsaid';

/**
 * Milliseconds after which a lock is taken over; a living process renews it. Of a process known to be dead: the least that
 * the library takes. Of one that did not say who it is, since it was killed before it could: what any lock is left.
 */
const STALE: Readonly<Record<Holder, number>> = { alive: 10_000, dead: 2000, unsaid: 10_000 };
const PAUSE = 250;

/** Does `act` while no other command may change the run. */
export async function exclusively<Result>(home: string, run: string, act: () => Promise<Result>): Promise<Result> {
  const directory = makePrivate(runDirectory(home, run));
  const holder = join(directory, 'holder');
  const release = await taken(directory, holder, run);
  writeFileSync(holder, `${process.pid}`, { mode: 0o600 });
  try {
    return await act();
  } finally {
    // Who held it last says nothing of who holds it next.
    rmSync(holder, { force: true });
    await release();
  }
}

/** The lock; that of a process that was killed is waited for until it is stale. */
async function taken(directory: string, holder: string, run: string): Promise<() => Promise<void>> {
  for (;;) {
    const who = holderIn(holder);
    try {
      return await lock(directory, { stale: STALE[who] });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ELOCKED') throw cause;
      if (who === 'alive') throw busy(run, cause);
      await sleep(PAUSE);
    }
  }
}

const busy = (run: string, cause: unknown): WorklabError =>
  new WorklabError('destroy/busy', {
    what: `another worklab command is changing run ${run}`,
    fix: 'wait until it has ended, then run this again',
    cause,
  });

/** What is known of the process that took the lock last. */
function holderIn(file: string): Holder {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return 'alive';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ESRCH') return 'dead';
    return code === 'ENOENT' ? 'unsaid' : 'alive';
  }
}

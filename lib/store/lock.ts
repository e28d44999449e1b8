// One command at a time may change a run.

import { lock } from 'proper-lockfile';
import { WorklabError } from '../core/errors';
import { makePrivate, runDirectory } from './home';

/** Milliseconds after which the lock of a process that died is taken over; a living one renews it. */
const STALE = 10_000;

/** Does `act` while no other command may change the run. */
export async function exclusively<Result>(home: string, run: string, act: () => Promise<Result>): Promise<Result> {
  const release = await lock(makePrivate(runDirectory(home, run)), { stale: STALE }).catch((cause: unknown) => {
    throw new WorklabError('destroy/busy', {
      what: `another worklab command is changing run ${run}`,
      fix: 'wait until it has ended, then run this again',
      cause,
    });
  });
  try {
    return await act();
  } finally {
    await release();
  }
}

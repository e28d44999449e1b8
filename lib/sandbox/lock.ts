// One process at a time: a lock in the file system that outlives neither its holder nor a crash by much.

import { WorklabError } from '../core/errors';

/** Milliseconds after which the lock of a process that died is taken over; a living one renews it. */
const STALE = 10_000;
const LOOK_EVERY = 200;
/** Milliseconds: longer than any installation that is not stuck. */
const PATIENCE = 10 * 60_000;

interface Options {
  /** Called once, if somebody else holds it. */
  readonly onWait: () => void;
}

/**
 * Does `act` while no other process holds `file`, for which this waits. Should the lock be lost on the way (the machine
 * slept, and another process took it over), the result is an error.
 */
export async function withLock<Result>(file: string, act: () => Promise<Result>, { onWait }: Options): Promise<Result> {
  let lose: (error: Error) => void = () => {};
  const lost = new Promise<never>((_, reject) => {
    lose = reject;
  });
  lost.catch(() => {}); // Nobody may be listening any more: the race below is over.
  const release = await acquire(file, onWait, (error) => lose(busy(file, error)));
  try {
    return await Promise.race([act(), lost]);
  } finally {
    await release().catch(() => {}); // Refused only when it is ours no more.
  }
}

async function acquire(file: string, onWait: () => void, onCompromised: (error: Error) => void) {
  const { lock } = await import('proper-lockfile'); // 30 ms that a command without a sandbox need not pay
  const options = { lockfilePath: file, realpath: false, stale: STALE, onCompromised };
  const until = Date.now() + PATIENCE;
  for (let waited = false; ; waited = true) {
    try {
      return await lock(file, options);
    } catch (error) {
      if (!isHeld(error)) throw error;
      if (Date.now() > until) throw busy(file, error);
      if (!waited) onWait();
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
    }
  }
}

const isHeld = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ELOCKED';

const busy = (file: string, cause: unknown): WorklabError =>
  new WorklabError('sandbox/start-failed', {
    what: 'another worklab command is at work on the sandbox',
    where: file,
    fix: 'wait until it has ended, then run this again',
    cause,
  });

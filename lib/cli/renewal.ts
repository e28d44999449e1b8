// Credentials that ran out in the middle: say how to renew them, wait for it, go on.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from './context';

/** Without a terminal nobody presses a key: the credentials are read again every 15 seconds, for 15 minutes. */
const EVERY = 15_000;
const MOST = 60;

/** Waits until the credentials may have been renewed; false once that has been waited for long enough. */
export function pauseForRenewal({ io, remark }: Context, profile: string | undefined) {
  const login = profile === undefined ? 'aws sso login (or paste new keys)' : `aws sso login --profile ${profile}`;
  let waits = 0;
  return async (): Promise<boolean> => {
    waits += 1;
    if (io.canAsk) {
      await io.ask(
        `The AWS credentials have expired. Renew them in another window (${login}), then press Enter here: `,
      );
      return true;
    }
    if (waits === 1)
      remark(`the AWS credentials have expired: renew them (${login}); worklab looks every 15 s for 15 min`);
    if (waits > MOST) return false;
    await sleep(EVERY);
    return true;
  };
}

// Credentials that can be read anew while the clients that sign with them go on.

import type { Credentials } from './session';

/** AWS's names for credentials whose time is up, over its protocols. */
const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired']);

/** Whether an error says that the credentials have expired. */
export function isExpired(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'CredentialsProviderError') return /expired|refresh/i.test(error.message);
  return EXPIRED.has(error.name) || /security token.*expired/i.test(error.message);
}

/** The SDK asks a provider again only when what it gave expires within five minutes; these are always asked again. */
const SOON = 60_000;

export interface Renewable {
  readonly credentials: Credentials;
  /** Forgets what was read: the next request reads profile, login and files anew. */
  readonly renew: () => void;
}

/** `make` gives a fresh provider, which may remember; `fresh` says that nothing read before may be used. */
export function renewable(make: (fresh: boolean) => Credentials): Renewable {
  let current = make(false);
  return {
    credentials: async () => ({ ...(await current()), expiration: new Date(Date.now() + SOON) }),
    renew: () => {
      current = make(true);
    },
  };
}

/**
 * Runs a call; when it fails for expired credentials, asks `renewed` whether to try again, with the number of the failure.
 * Calls that fail at once share one answer.
 */
export function untilRenewed(renewed: (failure: number) => Promise<boolean>) {
  let pending: Promise<boolean> | undefined;
  const shared = (failure: number): Promise<boolean> => {
    pending ??= renewed(failure).finally(() => {
      pending = undefined;
    });
    return pending;
  };
  return async <Result>(call: () => Promise<Result>): Promise<Result> => {
    for (let failure = 1; ; failure++) {
      try {
        return await call();
      } catch (error) {
        if (!isExpired(error) || !(await shared(failure))) throw error;
      }
    }
  };
}

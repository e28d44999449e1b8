// Where a run lives: account, region, endpoint and credentials, settled before anything is asked of it.

import type { Target } from '../core/run';

/** A credential provider as the AWS SDK takes it. */
export type Credentials = () => Promise<{
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}>;

/** One account in one region, reachable. */
export interface Session {
  readonly target: Target;
  readonly account: string;
  /** ARN of who the credentials belong to. */
  readonly caller?: string;
  readonly region: string;
  /** Set on local only. */
  readonly endpoint?: string;
  readonly profile?: string;
  readonly credentials: Credentials;
  /** Asked when the credentials have expired, with the number of the failure: reads them anew, waits; true to try again. */
  readonly renewed?: (failure: number) => Promise<boolean>;
}

/** What every client of a session is made with. */
export function clientConfig({ target, region, endpoint, credentials }: Omit<Session, 'account' | 'caller'>): object {
  return {
    region,
    credentials,
    maxAttempts: target === 'local' ? 4 : 10,
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
  };
}

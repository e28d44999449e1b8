// Doors for tests: real SDK clients with made-up credentials; and doors behind which every answer is the same.

import { scopeOf } from '../../lib/core/run';
import type { Aws, SweepScope } from '../../lib/kit';

/** A run of the tests, begun an hour ago, that owns nothing yet. */
export const SCOPE: SweepScope = {
  ...scopeOf('abc123'),
  owned: new Set(),
  since: '2026-11-22T10:00:00.000Z',
};

/** The same run, which owns these ids. */
export const owning = (...ids: readonly string[]): SweepScope => ({ ...SCOPE, owned: new Set(ids) });

/** Real clients, to be intercepted with aws-sdk-client-mock. What is not intercepted cannot be reached. */
export const fakeAws = (target: Aws['target'] = 'local'): Aws => ({
  region: 'us-east-1',
  account: '111111111111',
  target,
  client: (Client) => new Client(CONFIG as never),
});

const CONFIG = {
  region: 'us-east-1',
  endpoint: 'http://127.0.0.1:9',
  credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  maxAttempts: 1,
};

/** A door behind which every call is denied. */
export const deniedAws = (): Aws =>
  answering(async () => {
    throw Object.assign(new Error('User: nobody is not authorized to perform this'), { name: 'AccessDenied' });
  });

/** A door behind which every answer is a 200 with nothing in it: no list where a list should be. */
export const emptyAws = (): Aws => answering(async () => ({}));

const answering = (send: () => Promise<unknown>): Aws => ({
  ...fakeAws(),
  client<C>(Client: new (config: never) => C): C {
    return Object.assign(new Client(CONFIG as never) as object, { send }) as C;
  },
});

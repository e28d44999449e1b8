// What SDK clients of the tests' own, and worklab's, are made with, to talk to an emulator.

import type { Session } from '../../lib/aws/session';

export const ACCOUNT = '123456789012';

export const clientConfig = (endpoint: string, region = 'us-east-1') => ({
  endpoint,
  region,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

/** A session of worklab's, where no process of its own makes one. */
export const sessionAt = (endpoint: string): Session => ({
  target: 'local',
  account: ACCOUNT,
  region: 'us-east-1',
  endpoint,
  credentials: async () => ({ accessKeyId: 'test', secretAccessKey: 'test' }),
});

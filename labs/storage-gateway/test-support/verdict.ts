// Verdicts on plain things, for the tests of the checks.

import type { Verdict } from '../../../lib/kit';
import { exercises } from '../exercises';
import type { Disks } from '../observe/gateways';

export function check<Seen>(id: string, seen: Seen): Verdict {
  const found = exercises.find((exercise) => exercise.id === id)?.check;
  if (found === undefined) throw new Error(`no check of ${id}`);
  return found(seen as never);
}

const GIB = 1024 ** 3;

/** A gateway that runs, with what its type has of disks. */
export const gateway = (type: string, more: Partial<Disks> = {}): Disks => ({
  arn: `arn:${type}`,
  id: 'sgw-12345678',
  name: `worklab-abc123-${type}`,
  type,
  state: 'RUNNING',
  address: '10.44.0.5',
  cacheBytes: type === 'STORED' ? 0 : 150 * GIB,
  bufferBytes: type === 'FILE_S3' ? 0 : 150 * GIB,
  ...more,
});

export const failure = (actual: RegExp, hint: RegExp) => ({
  status: 'failed',
  actual: expect.stringMatching(actual),
  hint: expect.stringMatching(hint),
});

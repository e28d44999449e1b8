// What was done and cannot be seen any more in what is there: old keys deleted, reports asked for. CloudTrail remembers.

import type { Aws, RunScope } from '../../../lib/kit';
import { type User, users } from './people';
import { calls } from './watch';

export interface Rotation {
  readonly user: User;
  /** Has a key of this user been deleted? */
  readonly deleted: boolean;
}

export async function rotations(aws: Aws, scope: RunScope): Promise<Rotation[]> {
  const deletions = await calls(aws, 'DeleteAccessKey');
  const names = deletions.map(({ parameters }) => (parameters as { userName?: string } | null)?.userName);
  return (await users(aws, scope)).map((user) => ({ user, deleted: names.includes(user.name) }));
}

/** ARNs of the run that a report on last use was asked for. */
export async function reports(aws: Aws, { prefix }: RunScope): Promise<string[]> {
  const asked = await calls(aws, 'GenerateServiceLastAccessedDetails');
  return asked
    .map(({ parameters }) => (parameters as { arn?: string } | null)?.arn ?? '')
    .filter((arn) => arn.includes(`/${prefix}/`) || arn.includes(`/${prefix}-`));
}

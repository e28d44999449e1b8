// What belongs to the account rather than to a user: its password policy, and the keys of the run's users beside it.

import { GetAccountPasswordPolicyCommand, IAMClient, type PasswordPolicy } from '@aws-sdk/client-iam';
import type { Aws, RunScope } from '../../../lib/kit';
import { type User, users } from './people';

export interface Credentials {
  /** Undefined where the account has none of its own. */
  readonly passwords?: PasswordPolicy | undefined;
  readonly users: readonly User[];
  /** When it was looked, ISO 8601. */
  readonly now: string;
}

export async function passwordPolicy(aws: Aws): Promise<PasswordPolicy | undefined> {
  try {
    const { PasswordPolicy } = await aws.client(IAMClient).send(new GetAccountPasswordPolicyCommand({}));
    return PasswordPolicy;
  } catch (error) {
    if (error instanceof Error && /^NoSuchEntity/.test(error.name)) return undefined;
    throw error;
  }
}

export async function credentials(aws: Aws, scope: RunScope): Promise<Credentials> {
  return { passwords: await passwordPolicy(aws), users: await users(aws, scope), now: new Date().toISOString() };
}

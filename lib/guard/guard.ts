// A real account → may it be deployed to? What cannot be looked at speaks against nobody, and is said.

import { clientConfig, type Session } from '../aws/session';
import { messageOf, WorklabError } from '../core/errors';

/** What is known of an account before anything in it is touched. */
export interface AccountFacts {
  readonly account: string;
  /** ARN of the caller. */
  readonly caller: string;
  /** The account's alias, null where it has none. */
  readonly alias: string | null;
  /** What could not be looked at, and why. */
  readonly unknown: readonly string[];
}

/** "prod", "production", "prd", "live" as a word of the alias. */
const PRODUCTION = /(?:^|[-_.])(?:prod|production|prd|live)(?:$|[-_.0-9])/i;

/** Looks at the account, read-only. */
export async function inspectAccount(session: Session): Promise<AccountFacts> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  const { IAMClient, ListAccountAliasesCommand } = await import('@aws-sdk/client-iam');
  const { Arn = '' } = await new STSClient(clientConfig(session)).send(new GetCallerIdentityCommand({}));
  try {
    const { AccountAliases } = await new IAMClient(clientConfig(session)).send(new ListAccountAliasesCommand({}));
    if (AccountAliases === undefined) throw new Error('the answer lacks the list of aliases');
    return { account: session.account, caller: Arn, alias: AccountAliases[0] ?? null, unknown: [] };
  } catch (error) {
    const why = `the alias of the account could not be read: ${messageOf(error)}`;
    return { account: session.account, caller: Arn, alias: null, unknown: [why] };
  }
}

/** Throws where the account must not be deployed to. Pure. */
export function judgeAccount({ account, caller, alias }: AccountFacts, allowed: ReadonlySet<string>): void {
  if (/:root$/.test(caller)) {
    throw refused(
      `these are the credentials of the root user of account ${account}`,
      'log in as a user or role of the account: the root user is for its owner, not for practice',
    );
  }
  if (alias !== null && PRODUCTION.test(alias)) {
    throw refused(
      `account ${account} calls itself "${alias}", which reads like production`,
      'use a sandbox account, and nothing that anybody depends on',
    );
  }
  if (!allowed.has(account)) {
    throw refused(
      `account ${account}${alias === null ? '' : ` (${alias})`} is not on your list of accounts to practise in`,
      `if it is a sandbox that may be emptied: worklab account allow ${account}`,
    );
  }
}

const refused = (what: string, fix: string): WorklabError => new WorklabError('account/not-allowed', { what, fix });

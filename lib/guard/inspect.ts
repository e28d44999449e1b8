// A real account → what is known of it: who calls, what it calls itself, whether it manages others. Read-only.

import { clientConfig, type Session } from '../aws/session';
import { messageOf } from '../core/errors';
import type { AccountFacts } from './guard';

/** Looks at the account. What may not be looked at is in `unknown`; who calls has to be known. */
export async function inspectAccount(session: Session): Promise<AccountFacts> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  const { Arn = '' } = await new STSClient(clientConfig(session)).send(new GetCallerIdentityCommand({}));
  const unknown: string[] = [];
  const orUnknown = async <Value>(what: string, otherwise: Value, look: () => Promise<Value>): Promise<Value> => {
    try {
      return await look();
    } catch (error) {
      unknown.push(`${what} could not be read: ${messageOf(error)}`);
      return otherwise;
    }
  };
  const [alias, management] = await Promise.all([
    orUnknown('the alias of the account', null, () => aliasOf(session)),
    orUnknown('the organization of the account', null, () => managementAccountOf(session)),
  ]);
  // Only the management account may ask for names; a member's is not looked for, and nothing is missed by it.
  const name =
    management === session.account
      ? await orUnknown('the name of the account', undefined, () => nameOf(session))
      : undefined;
  return { account: session.account, caller: Arn, alias, management, unknown, ...(name === undefined ? {} : { name }) };
}

async function aliasOf(session: Session): Promise<string | null> {
  const { IAMClient, ListAccountAliasesCommand } = await import('@aws-sdk/client-iam');
  const { AccountAliases } = await new IAMClient(clientConfig(session)).send(new ListAccountAliasesCommand({}));
  if (AccountAliases === undefined) throw new Error('the answer lacks the list of aliases');
  return AccountAliases[0] ?? null;
}

/** Any member may ask (DescribeOrganization, Organizations API reference, 2026-11-22). */
async function managementAccountOf(session: Session): Promise<string | null> {
  const { DescribeOrganizationCommand, OrganizationsClient } = await import('@aws-sdk/client-organizations');
  try {
    const client = new OrganizationsClient(clientConfig(session));
    const { Organization } = await client.send(new DescribeOrganizationCommand({}));
    if (Organization?.MasterAccountId === undefined) throw new Error('the answer names no management account');
    return Organization.MasterAccountId;
  } catch (error) {
    if (error instanceof Error && error.name === 'AWSOrganizationsNotInUseException') return null;
    throw error;
  }
}

async function nameOf(session: Session): Promise<string | undefined> {
  const { DescribeAccountCommand, OrganizationsClient } = await import('@aws-sdk/client-organizations');
  const client = new OrganizationsClient(clientConfig(session));
  const { Account } = await client.send(new DescribeAccountCommand({ AccountId: session.account }));
  return Account?.Name;
}

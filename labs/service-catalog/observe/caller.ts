// Who calls, as the ARN that a portfolio lets in: a session's role rather than the session.

import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Aws } from '../../../lib/kit';

/** Undefined for the root user, whom no portfolio can let in. */
export async function callerArn(aws: Aws): Promise<string | undefined> {
  const { Arn = '' } = await aws.client(STSClient).send(new GetCallerIdentityCommand({}));
  const [, partition = 'aws', , , account = '', rest = ''] = Arn.split(':');
  if (rest.startsWith('user/')) return `arn:${partition}:iam::${account}:${rest}`;
  const [kind, name] = rest.split('/');
  if (kind !== 'assumed-role' || name === undefined) return undefined;
  // A session's ARN leaves out its role's path, which roles of Identity Center have.
  const { Role } = await aws.client(IAMClient).send(new GetRoleCommand({ RoleName: name }));
  return Role?.Arn;
}

/** Nobody else is let in where the account does not say who calls. */
export async function stackParameters(aws: Aws): Promise<Record<string, string>> {
  const arn = await callerArn(aws);
  return arn === undefined ? {} : { LauncherArn: arn };
}

// The role that AWS Backup is to take on: whether it may, and which policies it then has.

import {
  GetRoleCommand,
  IAMClient,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from '@aws-sdk/client-iam';
import { type Aws, collect, items, lastOf, unlessGone } from '../../../lib/kit';

export interface Role {
  readonly name: string;
  /** Its trust policy names AWS Backup. */
  readonly trusted: boolean;
  /** ARNs of attached policies, and names of its own. */
  readonly policies: readonly string[];
}

const GONE = ['NoSuchEntityException', 'NoSuchEntity'];

export async function roleOf(aws: Aws, arn: string): Promise<Role> {
  const client = aws.client(IAMClient);
  const RoleName = lastOf(arn);
  let role: Role = { name: RoleName, trusted: false, policies: [] };
  await unlessGone(GONE, async () => {
    const { Role: found } = await client.send(new GetRoleCommand({ RoleName }));
    const attached = paginateListAttachedRolePolicies({ client }, { RoleName });
    const inline = paginateListRolePolicies({ client }, { RoleName });
    role = {
      name: RoleName,
      trusted: /"backup\.amazonaws\.com"/.test(decodeURIComponent(found?.AssumeRolePolicyDocument ?? '')),
      policies: [
        ...(await collect(items(attached, (page) => page.AttachedPolicies))).flatMap(
          ({ PolicyArn }) => PolicyArn ?? [],
        ),
        ...(await collect(items(inline, (page) => page.PolicyNames))),
      ],
    };
  });
  return role;
}

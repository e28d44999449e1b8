// Managed policies: versions and attachments first. Whoever is bounded by one is not unbound: that would give rights.

import {
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DetachGroupPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  type IAMClient,
  paginateListEntitiesForPolicy,
  paginateListPolicies,
  paginateListPolicyVersions,
} from '@aws-sdk/client-iam';
import { items, type Sweeper, unlessGone } from '../../../lib/kit';
import { GONE, iam, isOurs } from './iam';

export const policies: Sweeper = {
  kind: 'iam:policy',
  after: ['iam:user', 'iam:group', 'iam:role'],

  async *list(aws, scope) {
    const pages = paginateListPolicies(iam(aws), { Scope: 'Local' });
    for await (const { PolicyName, Path, Arn: id } of items(pages, (page) => page.Policies)) {
      if (isOurs(scope, id, PolicyName, Path)) yield { kind: 'iam:policy', id };
    }
  },

  remove: (aws, { id: PolicyArn }) =>
    unlessGone(GONE, async () => {
      const { client } = iam(aws);
      await detach(client, PolicyArn);
      const versions = paginateListPolicyVersions({ client }, { PolicyArn });
      for await (const { VersionId, IsDefaultVersion } of items(versions, (page) => page.Versions)) {
        if (IsDefaultVersion === true) continue;
        await unlessGone(GONE, () => client.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId })));
      }
      await client.send(new DeletePolicyCommand({ PolicyArn }));
    }),
};

async function detach(client: IAMClient, PolicyArn: string): Promise<void> {
  const entities = () =>
    paginateListEntitiesForPolicy({ client }, { PolicyArn, PolicyUsageFilter: 'PermissionsPolicy' });
  for await (const { RoleName } of items(entities(), (page) => page.PolicyRoles)) {
    await unlessGone(GONE, () => client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })));
  }
  for await (const { UserName } of items(entities(), (page) => page.PolicyUsers)) {
    await unlessGone(GONE, () => client.send(new DetachUserPolicyCommand({ UserName, PolicyArn })));
  }
  for await (const { GroupName } of items(entities(), (page) => page.PolicyGroups)) {
    await unlessGone(GONE, () => client.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn })));
  }
}

// Customer managed policies of the run: from whoever holds them first, then their versions, then they.

import {
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DetachGroupPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  IAMClient,
  paginateListEntitiesForPolicy,
  paginateListPolicies,
  paginateListPolicyVersions,
} from '@aws-sdk/client-iam';
import { type Aws, isMarked, items, type Sweeper, unlessGone } from '../../kit';

const GONE = ['NoSuchEntityException', 'NoSuchEntity'];
const iam = (aws: Aws): { readonly client: IAMClient } => ({ client: aws.client(IAMClient) });

/** One that is somebody's permissions boundary cannot go before the boundary does: roles and users go first. */
export const policies: Sweeper = {
  kind: 'iam:policy',
  regions: ['us-east-1'],
  after: ['iam:role', 'iam:user', 'iam:group'],

  async *list(aws, scope) {
    const pages = paginateListPolicies(iam(aws), { Scope: 'Local' });
    for await (const { Arn: id, PolicyName, Path } of items(pages, (page) => page.Policies)) {
      if (id !== undefined && (scope.owned.has(id) || isMarked(scope, { names: [PolicyName, Path] }))) {
        yield { kind: 'iam:policy', id };
      }
    }
  },

  remove: (aws, { id: PolicyArn }) =>
    unlessGone(GONE, async () => {
      const { client } = iam(aws);
      await detach(aws, PolicyArn);
      const versions = paginateListPolicyVersions({ client }, { PolicyArn });
      for await (const { VersionId, IsDefaultVersion } of items(versions, (page) => page.Versions)) {
        if (!IsDefaultVersion) await client.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }));
      }
      await client.send(new DeletePolicyCommand({ PolicyArn }));
    }),
};

async function detach(aws: Aws, PolicyArn: string): Promise<void> {
  const { client } = iam(aws);
  const holders = paginateListEntitiesForPolicy({ client }, { PolicyArn, PolicyUsageFilter: 'PermissionsPolicy' });
  for await (const { PolicyRoles = [], PolicyUsers = [], PolicyGroups = [] } of holders) {
    const detachments = [
      ...PolicyRoles.map(({ RoleName }) => client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }))),
      ...PolicyUsers.map(({ UserName }) => client.send(new DetachUserPolicyCommand({ UserName, PolicyArn }))),
      ...PolicyGroups.map(({ GroupName }) => client.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn }))),
    ];
    await Promise.all(detachments.map((sent) => unlessGone(GONE, () => sent)));
  }
}

// Instance profiles and roles under the run's name or path. IAM is one for all regions, and its lists carry no tags.

import {
  DeleteInstanceProfileCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetInstanceProfileCommand,
  IAMClient,
  paginateListAttachedRolePolicies,
  paginateListInstanceProfiles,
  paginateListInstanceProfilesForRole,
  paginateListRolePolicies,
  paginateListRoles,
  RemoveRoleFromInstanceProfileCommand,
} from '@aws-sdk/client-iam';
import { type Aws, isMarked, items, type Sweeper, unlessGone } from '../../kit';

const GONE = ['NoSuchEntityException', 'NoSuchEntity'];
const iam = (aws: Aws): { readonly client: IAMClient } => ({ client: aws.client(IAMClient) });

export const instanceProfiles: Sweeper = {
  kind: 'iam:instance-profile',
  regions: ['us-east-1'],
  after: ['ec2:instance'],

  async *list(aws, scope) {
    const pages = paginateListInstanceProfiles(iam(aws), {});
    for await (const { InstanceProfileName: id, Path } of items(pages, (page) => page.InstanceProfiles)) {
      const isOfRun = isMarked(scope, { names: [id, Path] }) || (id !== undefined && scope.owned.has(id));
      if (id !== undefined && isOfRun) yield { kind: 'iam:instance-profile', id };
    }
  },

  remove: (aws, { id: InstanceProfileName }) =>
    unlessGone(GONE, async () => {
      const { client } = iam(aws);
      const { InstanceProfile } = await client.send(new GetInstanceProfileCommand({ InstanceProfileName }));
      for (const { RoleName } of InstanceProfile?.Roles ?? []) {
        const remove = new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName });
        await unlessGone(GONE, () => client.send(remove));
      }
      await client.send(new DeleteInstanceProfileCommand({ InstanceProfileName }));
    }),
};

export const roles: Sweeper = {
  kind: 'iam:role',
  regions: ['us-east-1'],
  after: ['iam:instance-profile'],

  async *list(aws, scope) {
    for await (const { RoleName: id, Path } of items(paginateListRoles(iam(aws), {}), (page) => page.Roles)) {
      if (id !== undefined && (isMarked(scope, { names: [id, Path] }) || scope.owned.has(id))) {
        yield { kind: 'iam:role', id };
      }
    }
  },

  remove: (aws, { id: RoleName }) =>
    unlessGone(GONE, async () => {
      const { client } = iam(aws);
      const attached = paginateListAttachedRolePolicies({ client }, { RoleName });
      for await (const { PolicyArn } of items(attached, (page) => page.AttachedPolicies)) {
        await unlessGone(GONE, () => client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })));
      }
      const inline = paginateListRolePolicies({ client }, { RoleName });
      for await (const PolicyName of items(inline, (page) => page.PolicyNames)) {
        await unlessGone(GONE, () => client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })));
      }
      const profiles = paginateListInstanceProfilesForRole({ client }, { RoleName });
      for await (const { InstanceProfileName } of items(profiles, (page) => page.InstanceProfiles)) {
        const remove = new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName });
        await unlessGone(GONE, () => client.send(remove));
      }
      await client.send(new DeleteRoleCommand({ RoleName }));
    }),
};

// Instance profiles and roles. AWS's own (/aws-reserved/, /aws-service-role/) and those of other tools carry no name of a run.

import {
  DeleteInstanceProfileCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetInstanceProfileCommand,
  type IAMClient,
  paginateListAttachedRolePolicies,
  paginateListInstanceProfiles,
  paginateListInstanceProfilesForRole,
  paginateListRolePolicies,
  paginateListRoles,
  RemoveRoleFromInstanceProfileCommand,
} from '@aws-sdk/client-iam';
import { items, type Sweeper, unlessGone } from '../../../lib/kit';
import { GONE, iam, isOurs } from './iam';

const takeOut = (
  client: IAMClient,
  InstanceProfileName: string | undefined,
  RoleName: string | undefined,
): Promise<void> =>
  unlessGone(GONE, () => client.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName })));

export const instanceProfiles: Sweeper = {
  kind: 'iam:instance-profile',
  after: ['ec2:instance'],

  async *list(aws, scope) {
    const pages = paginateListInstanceProfiles(iam(aws), {});
    for await (const { InstanceProfileName: id, Path } of items(pages, (page) => page.InstanceProfiles)) {
      if (isOurs(scope, id, Path)) yield { kind: 'iam:instance-profile', id };
    }
  },

  remove: (aws, { id: InstanceProfileName }) =>
    unlessGone(GONE, async () => {
      const { client } = iam(aws);
      const { InstanceProfile } = await client.send(new GetInstanceProfileCommand({ InstanceProfileName }));
      for (const { RoleName } of InstanceProfile?.Roles ?? []) await takeOut(client, InstanceProfileName, RoleName);
      await client.send(new DeleteInstanceProfileCommand({ InstanceProfileName }));
    }),
};

export const roles: Sweeper = {
  kind: 'iam:role',
  after: ['iam:instance-profile'],

  async *list(aws, scope) {
    for await (const { RoleName: id, Path } of items(paginateListRoles(iam(aws), {}), (page) => page.Roles)) {
      if (isOurs(scope, id, Path)) yield { kind: 'iam:role', id };
    }
  },

  remove: (aws, { id: RoleName }) =>
    unlessGone(GONE, async () => {
      const { client } = iam(aws);
      const of = { RoleName };
      const attached = paginateListAttachedRolePolicies({ client }, of);
      for await (const { PolicyArn } of items(attached, (page) => page.AttachedPolicies)) {
        await unlessGone(GONE, () => client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })));
      }
      for await (const PolicyName of items(paginateListRolePolicies({ client }, of), (page) => page.PolicyNames)) {
        await unlessGone(GONE, () => client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })));
      }
      const profiles = paginateListInstanceProfilesForRole({ client }, of);
      for await (const { InstanceProfileName } of items(profiles, (page) => page.InstanceProfiles)) {
        await takeOut(client, InstanceProfileName, RoleName);
      }
      await client.send(new DeleteRoleCommand({ RoleName }));
    }),
};

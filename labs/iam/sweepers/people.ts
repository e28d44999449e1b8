// Users and groups: a user goes when nothing hangs on it any more, a group when nobody is in it.

import {
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteGroupCommand,
  DeleteGroupPolicyCommand,
  DeleteLoginProfileCommand,
  DeleteServiceSpecificCredentialCommand,
  DeleteSigningCertificateCommand,
  DeleteSSHPublicKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DetachGroupPolicyCommand,
  DetachUserPolicyCommand,
  type IAMClient,
  ListServiceSpecificCredentialsCommand,
  paginateGetGroup,
  paginateListAccessKeys,
  paginateListAttachedGroupPolicies,
  paginateListAttachedUserPolicies,
  paginateListGroupPolicies,
  paginateListGroups,
  paginateListGroupsForUser,
  paginateListMFADevices,
  paginateListSigningCertificates,
  paginateListSSHPublicKeys,
  paginateListUserPolicies,
  paginateListUsers,
  RemoveUserFromGroupCommand,
} from '@aws-sdk/client-iam';
import { items, onePage, type Sweeper, unlessGone } from '../../../lib/kit';
import { GONE, iam, isOurs } from './iam';

export const users: Sweeper = {
  kind: 'iam:user',
  after: ['iam:access-key', 'iam:mfa'],

  async *list(aws, scope) {
    for await (const { UserName: id, Path } of items(paginateListUsers(iam(aws), {}), (page) => page.Users)) {
      if (isOurs(scope, id, Path)) yield { kind: 'iam:user', id };
    }
  },

  remove: (aws, { id: UserName }) =>
    unlessGone(GONE, async () => {
      const { client } = iam(aws);
      await dropCredentials(client, UserName);
      await dropRights(client, UserName);
      await client.send(new DeleteUserCommand({ UserName }));
    }),
};

/** Password, keys, devices, SSH keys, certificates, and credentials for single services: each of them blocks the deletion. */
async function dropCredentials(client: IAMClient, UserName: string): Promise<void> {
  const of = { UserName };
  await unlessGone(GONE, () => client.send(new DeleteLoginProfileCommand(of)));
  for await (const { AccessKeyId } of items(paginateListAccessKeys({ client }, of), (page) => page.AccessKeyMetadata)) {
    await unlessGone(GONE, () => client.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId })));
  }
  for await (const { SerialNumber } of items(paginateListMFADevices({ client }, of), (page) => page.MFADevices)) {
    await unlessGone(GONE, () => client.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber })));
  }
  for await (const { SSHPublicKeyId } of items(
    paginateListSSHPublicKeys({ client }, of),
    (page) => page.SSHPublicKeys,
  )) {
    await unlessGone(GONE, () => client.send(new DeleteSSHPublicKeyCommand({ UserName, SSHPublicKeyId })));
  }
  const certificates = paginateListSigningCertificates({ client }, of);
  for await (const { CertificateId } of items(certificates, (page) => page.Certificates)) {
    await unlessGone(GONE, () => client.send(new DeleteSigningCertificateCommand({ UserName, CertificateId })));
  }
  await dropServiceCredentials(client, UserName);
}

/** The sandbox does not have them: then there are none. */
async function dropServiceCredentials(client: IAMClient, UserName: string): Promise<void> {
  const answer = client.send(new ListServiceSpecificCredentialsCommand({ UserName })).catch((error: Error) => {
    if (error.name === 'NotImplemented') return { ServiceSpecificCredentials: [] };
    throw error;
  });
  for await (const { ServiceSpecificCredentialId } of items(
    onePage(answer),
    (page) => page.ServiceSpecificCredentials,
  )) {
    const remove = new DeleteServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId });
    await unlessGone(GONE, () => client.send(remove));
  }
}

async function dropRights(client: IAMClient, UserName: string): Promise<void> {
  const of = { UserName };
  for await (const { GroupName } of items(paginateListGroupsForUser({ client }, of), (page) => page.Groups)) {
    await unlessGone(GONE, () => client.send(new RemoveUserFromGroupCommand({ UserName, GroupName })));
  }
  const attached = paginateListAttachedUserPolicies({ client }, of);
  for await (const { PolicyArn } of items(attached, (page) => page.AttachedPolicies)) {
    await unlessGone(GONE, () => client.send(new DetachUserPolicyCommand({ UserName, PolicyArn })));
  }
  for await (const PolicyName of items(paginateListUserPolicies({ client }, of), (page) => page.PolicyNames)) {
    await unlessGone(GONE, () => client.send(new DeleteUserPolicyCommand({ UserName, PolicyName })));
  }
}

export const groups: Sweeper = {
  kind: 'iam:group',
  after: ['iam:user'],

  async *list(aws, scope) {
    for await (const { GroupName: id, Path } of items(paginateListGroups(iam(aws), {}), (page) => page.Groups)) {
      if (isOurs(scope, id, Path)) yield { kind: 'iam:group', id };
    }
  },

  remove: (aws, { id: GroupName }) =>
    unlessGone(GONE, async () => {
      const { client } = iam(aws);
      const of = { GroupName };
      for await (const { UserName } of items(paginateGetGroup({ client }, of), (page) => page.Users)) {
        await unlessGone(GONE, () => client.send(new RemoveUserFromGroupCommand({ UserName, GroupName })));
      }
      const attached = paginateListAttachedGroupPolicies({ client }, of);
      for await (const { PolicyArn } of items(attached, (page) => page.AttachedPolicies)) {
        await unlessGone(GONE, () => client.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn })));
      }
      for await (const PolicyName of items(paginateListGroupPolicies({ client }, of), (page) => page.PolicyNames)) {
        await unlessGone(GONE, () => client.send(new DeleteGroupPolicyCommand({ GroupName, PolicyName })));
      }
      await client.send(new DeleteGroupCommand({ GroupName }));
    }),
};

// What the sweepers take for the run's, on the second page too, and how it goes.

import * as IAM from '@aws-sdk/client-iam';
import * as TAG from '@aws-sdk/client-resource-groups-tagging-api';
import { mockClient } from 'aws-sdk-client-mock';
import { owning } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const { found, idsOf, remove, of } = sweeping(sweepers);
const iam = mockClient(IAM.IAMClient);
const tagging = mockClient(TAG.ResourceGroupsTaggingAPIClient);
beforeEach(() => {
  iam.reset();
  tagging.reset();
});

const MORE = { IsTruncated: true, Marker: 'more' };
const PATH = '/worklab-abc123/';
const DATE = new Date('2026-11-22T11:00:00Z');
const entity = { Arn: 'arn', CreateDate: DATE };
const user = (UserName: string, Path = '/'): IAM.User => ({ ...entity, UserName, Path, UserId: 'U' });

describe('people', () => {
  beforeEach(() => {
    iam
      .on(IAM.ListUsersCommand)
      .resolvesOnce({ Users: [user('worklab-abc123-dev1'), user('worklab-abc1234-dev1')], ...MORE })
      .resolves({ Users: [user('mine', PATH), user('known'), user('boss')] });
  });

  test('users are the run’s by name, path, or because they are known, on the second page too', async () => {
    expect(await idsOf('iam:user', owning('known'))).toEqual(['worklab-abc123-dev1', 'mine', 'known']);
  });

  test('their keys are found without a word of them', async () => {
    iam.on(IAM.ListAccessKeysCommand).resolves({ AccessKeyMetadata: [] });
    iam
      .on(IAM.ListAccessKeysCommand, { UserName: 'mine' })
      .resolvesOnce({ AccessKeyMetadata: [{ AccessKeyId: 'AKIA1' }], ...MORE })
      .resolvesOnce({ AccessKeyMetadata: [{ AccessKeyId: 'AKIA2' }] })
      .resolves({ AccessKeyMetadata: [{ AccessKeyId: 'AKIA1' }, { AccessKeyId: 'AKIA2' }] });
    const residues = await found('iam:access-key');
    expect(residues).toEqual([{ kind: 'iam:access-key', id: 'access keys of mine', parent: 'mine' }]);
    await of('iam:access-key').remove({ client: () => new IAM.IAMClient({}) } as never, residues[0] as never);
    expect(iam.commandCalls(IAM.DeleteAccessKeyCommand).map((call) => call.args[0].input.AccessKeyId)).toEqual([
      'AKIA1',
      'AKIA2',
    ]);
  });

  test('a user goes with everything that hangs on it, in this order', async () => {
    const UserName = 'worklab-abc123-dev1';
    iam.on(IAM.ListAccessKeysCommand).resolves({ AccessKeyMetadata: [{ AccessKeyId: 'AKIA1' }] });
    iam
      .on(IAM.ListMFADevicesCommand)
      .resolves({ MFADevices: [{ UserName, SerialNumber: 'arn:mfa', EnableDate: DATE }] });
    const key = { UserName, SSHPublicKeyId: 'APKA1', Status: 'Active', UploadDate: DATE } as const;
    iam.on(IAM.ListSSHPublicKeysCommand).resolves({ SSHPublicKeys: [key] });
    const certificate = { UserName, CertificateId: 'C1', CertificateBody: 'body', Status: 'Active' } as const;
    iam.on(IAM.ListSigningCertificatesCommand).resolves({ Certificates: [certificate] });
    const credential = { UserName, ServiceSpecificCredentialId: 'ACCA1', Status: 'Active', CreateDate: DATE } as const;
    iam
      .on(IAM.ListServiceSpecificCredentialsCommand)
      .resolves({ ServiceSpecificCredentials: [{ ...credential, ServiceName: 'codecommit' }] });
    iam.on(IAM.ListGroupsForUserCommand).resolves({ Groups: [{ ...entity, Path: '/', GroupName: 'g', GroupId: 'G' }] });
    iam.on(IAM.ListAttachedUserPoliciesCommand).resolves({ AttachedPolicies: [{ PolicyArn: 'arn:p' }] });
    iam.on(IAM.ListUserPoliciesCommand).resolves({ PolicyNames: ['inline'] });

    await remove('iam:user', UserName);

    expect(changes()).toEqual([
      'DeleteLoginProfile',
      'DeleteAccessKey',
      'DeactivateMFADevice',
      'DeleteSSHPublicKey',
      'DeleteSigningCertificate',
      'DeleteServiceSpecificCredential',
      'RemoveUserFromGroup',
      'DetachUserPolicy',
      'DeleteUserPolicy',
      'DeleteUser',
    ]);
    expect(of('iam:user').after).toEqual(['iam:access-key', 'iam:mfa']);
  });

  test('a user that is gone already is gone', async () => {
    iam.rejects(Object.assign(new Error('gone'), { name: 'NoSuchEntityException' }));
    await expect(remove('iam:user', 'nobody')).resolves.toBeUndefined();
  });

  test('groups let go of whoever was put into them', async () => {
    const group = (GroupName: string, Path = '/') => ({ ...entity, GroupName, Path, GroupId: 'G' });
    iam
      .on(IAM.ListGroupsCommand)
      .resolvesOnce({ Groups: [group('admins')], ...MORE })
      .resolves({ Groups: [group('worklab-abc123-devs'), group('mine', PATH)] });
    expect(await idsOf('iam:group')).toEqual(['worklab-abc123-devs', 'mine']);
    iam.on(IAM.GetGroupCommand).resolves({ Group: group('mine'), Users: [user('boss')] });
    iam.on(IAM.ListAttachedGroupPoliciesCommand).resolves({ AttachedPolicies: [{ PolicyArn: 'arn:p' }] });
    iam.on(IAM.ListGroupPoliciesCommand).resolves({ PolicyNames: ['inline'] });
    await remove('iam:group', 'mine');
    expect(changes()).toEqual(['RemoveUserFromGroup', 'DetachGroupPolicy', 'DeleteGroupPolicy', 'DeleteGroup']);
  });
});

test('devices are the run’s by name, path or user, assigned or not, and are taken from their users', async () => {
  const device = (SerialNumber: string, User?: IAM.User) => ({ SerialNumber, ...(User ? { User } : {}) });
  iam
    .on(IAM.ListVirtualMFADevicesCommand)
    .resolvesOnce({ VirtualMFADevices: [device('arn:aws:iam::1:mfa/boss', user('boss'))], ...MORE })
    .resolves({
      VirtualMFADevices: [
        device('arn:aws:iam::1:mfa/worklab-abc123-dev1'),
        device('arn:aws:iam::1:mfa/worklab-abc123/phone'),
        device('arn:aws:iam::1:mfa/phone', user('worklab-abc123-dev2')),
      ],
    });
  const residues = await found('iam:mfa');
  expect(residues.map(({ id, parent }) => [id, parent])).toEqual([
    ['arn:aws:iam::1:mfa/worklab-abc123-dev1', undefined],
    ['arn:aws:iam::1:mfa/worklab-abc123/phone', undefined],
    ['arn:aws:iam::1:mfa/phone', 'worklab-abc123-dev2'],
  ]);
  await of('iam:mfa').remove({ client: () => new IAM.IAMClient({}) } as never, residues[2] as never);
  expect(changes()).toEqual(['DeactivateMFADevice', 'DeleteVirtualMFADevice']);
});

test('providers are the run’s by name, issuer or tag; one that was there before is not', async () => {
  iam.on(IAM.ListSAMLProvidersCommand).resolves({
    SAMLProviderList: ['worklab-abc123-idp', 'company', 'tagged'].map((name) => ({
      Arn: `arn:aws:iam::1:saml-provider/${name}`,
    })),
  });
  tagging
    .on(TAG.GetResourcesCommand)
    .resolves({ ResourceTagMappingList: [{ ResourceARN: 'arn:aws:iam::1:saml-provider/tagged' }] });
  const issuer = 'arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com';
  iam
    .on(IAM.ListOpenIDConnectProvidersCommand)
    .resolves({ OpenIDConnectProviderList: [{ Arn: issuer }, { Arn: `${issuer}/worklab-abc123` }] });
  expect(await idsOf('iam:saml-provider')).toEqual(
    ['worklab-abc123-idp', 'tagged'].map((name) => `arn:aws:iam::1:saml-provider/${name}`),
  );
  expect(await idsOf('iam:oidc-provider')).toEqual([`${issuer}/worklab-abc123`]);
  await remove('iam:saml-provider', 'arn:s');
  await remove('iam:oidc-provider', 'arn:o');
  expect(changes()).toEqual(['DeleteSAMLProvider', 'DeleteOpenIDConnectProvider']);
});

/** The names of the calls that changed something in IAM, in their order. */
function changes(): string[] {
  return iam
    .calls()
    .map((call) => call.args[0].constructor.name.replace(/Command$/, ''))
    .filter((name) => !/^(List|Get)/.test(name));
}

// The account's settings: what is read can be put back, and "never set" is put back by taking the setting away.

import * as IAM from '@aws-sdk/client-iam';
import * as ORG from '@aws-sdk/client-organizations';
import { mockClient } from 'aws-sdk-client-mock';
import { fakeAws } from '../../test/support/fake-aws';
import { organization, passwordPolicy } from './settings';

const iam = mockClient(IAM.IAMClient);
const organizations = mockClient(ORG.OrganizationsClient);
beforeEach(() => {
  iam.reset();
  organizations.reset();
});

const none = (name: string) => Object.assign(new Error('none'), { name });

test('a password policy is read without what follows from it, and put back as it was', async () => {
  const policy = { MinimumPasswordLength: 10, RequireSymbols: false, MaxPasswordAge: 60, HardExpiry: false };
  iam.on(IAM.GetAccountPasswordPolicyCommand).resolves({ PasswordPolicy: { ...policy, ExpirePasswords: true } });
  const was = await passwordPolicy.read(fakeAws());
  expect(was).toEqual(policy);
  await passwordPolicy.restore(fakeAws(), was);
  expect(iam.commandCalls(IAM.UpdateAccountPasswordPolicyCommand)[0]?.args[0].input).toEqual(policy);
});

test('where there was none, it is taken away; also twice', async () => {
  iam.on(IAM.GetAccountPasswordPolicyCommand).rejects(none('NoSuchEntityException'));
  iam.on(IAM.DeleteAccountPasswordPolicyCommand).resolvesOnce({}).rejects(none('NoSuchEntityException'));
  expect(await passwordPolicy.read(fakeAws())).toBeNull();
  await passwordPolicy.restore(fakeAws(), null);
  await passwordPolicy.restore(fakeAws(), null);
  expect(iam.commandCalls(IAM.DeleteAccountPasswordPolicyCommand)).toHaveLength(2);
});

test('an organization that was not there is ended in the sandbox, and on AWS not even looked at', async () => {
  organizations.on(ORG.DescribeOrganizationCommand).rejects(none('AWSOrganizationsNotInUseException'));
  organizations.on(ORG.DeleteOrganizationCommand).resolves({});
  expect(await organization.read(fakeAws('local'))).toBeNull();
  expect(await organization.read(fakeAws('aws'))).toBeNull();
  expect(organizations.commandCalls(ORG.DescribeOrganizationCommand)).toHaveLength(1);
  await organization.restore(fakeAws('aws'), null);
  await organization.restore(fakeAws('local'), '111111111111');
  expect(organizations.commandCalls(ORG.DeleteOrganizationCommand)).toHaveLength(0);
  await organization.restore(fakeAws('local'), null);
  expect(organizations.commandCalls(ORG.DeleteOrganizationCommand)).toHaveLength(1);
});

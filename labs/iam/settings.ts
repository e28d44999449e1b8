// What the lab changes and there is one of: the account's password policy; and, in the sandbox alone, whether there is an organization.

import {
  DeleteAccountPasswordPolicyCommand,
  IAMClient,
  type PasswordPolicy,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam';
import { DeleteOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { type AccountSetting, type SettingValue, unlessGone } from '../../lib/kit';
import { passwordPolicy as read } from './observe/account';
import { manager } from './observe/organization';

/** What can be set; the rest of the answer follows from it. Sorted, so that two reads are equal. */
const FIELDS = [
  'AllowUsersToChangePassword',
  'HardExpiry',
  'MaxPasswordAge',
  'MinimumPasswordLength',
  'PasswordReusePrevention',
  'RequireLowercaseCharacters',
  'RequireNumbers',
  'RequireSymbols',
  'RequireUppercaseCharacters',
] as const satisfies readonly (keyof PasswordPolicy)[];

export const passwordPolicy: AccountSetting = {
  kind: 'iam:account-password-policy',

  async read(aws) {
    const policy = await read(aws);
    if (policy === undefined) return null;
    return Object.fromEntries(FIELDS.flatMap((field) => (policy[field] === undefined ? [] : [[field, policy[field]]])));
  },

  async restore(aws, was) {
    const client = aws.client(IAMClient);
    await (was === null
      ? unlessGone(['NoSuchEntityException', 'NoSuchEntity'], () =>
          client.send(new DeleteAccountPasswordPolicyCommand({})),
        )
      : client.send(new UpdateAccountPasswordPolicyCommand(was as Partial<PasswordPolicy>)));
  },
};

/** On AWS this lab neither makes nor ends an organization, and so has nothing to put back. */
export const organization: AccountSetting = {
  kind: 'organizations:membership',

  read: async (aws): Promise<SettingValue> => (aws.target === 'aws' ? null : ((await manager(aws)) ?? null)),

  async restore(aws, was) {
    if (was !== null || aws.target === 'aws') return;
    await unlessGone(['AWSOrganizationsNotInUseException'], () =>
      aws.client(OrganizationsClient).send(new DeleteOrganizationCommand({})),
    );
  },
};

export const settings: readonly AccountSetting[] = [passwordPolicy, organization];

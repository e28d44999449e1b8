// What belongs to the account and this lab changes: which resource types AWS Backup selects, per region; and whether copies may
// leave the account, for the whole organization.

import {
  BackupClient,
  DescribeGlobalSettingsCommand,
  DescribeRegionSettingsCommand,
  UpdateGlobalSettingsCommand,
  UpdateRegionSettingsCommand,
} from '@aws-sdk/client-backup';
import { type AccountSetting, MissingList, type SettingValue, unlessGone } from '../../lib/kit';

/** The types of this lab's exercises; what an account has chosen for others is its own business. */
const TYPES = ['EBS', 'S3'] as const;

export const optIn: AccountSetting = {
  kind: 'backup:resource-types',

  read: async (aws) => {
    const { ResourceTypeOptInPreference } = await aws.client(BackupClient).send(new DescribeRegionSettingsCommand({}));
    if (ResourceTypeOptInPreference === undefined)
      throw new MissingList('the answer lacks the settings it should carry');
    return Object.fromEntries(TYPES.map((type) => [type, ResourceTypeOptInPreference[type] ?? false]));
  },

  restore: async (aws, was: SettingValue) => {
    const before = was as Readonly<Record<string, boolean>>;
    await aws.client(BackupClient).send(new UpdateRegionSettingsCommand({ ResourceTypeOptInPreference: before }));
  },
};

/** The answer to an account that is in no organization: for it the setting is off, whatever it was, and cannot be set. */
const NO_ORGANIZATION = ['InvalidRequestException'];

export const crossAccount: AccountSetting = {
  kind: 'backup:cross-account',

  read: async (aws) => {
    let isOn = false;
    await unlessGone(NO_ORGANIZATION, async () => {
      const { GlobalSettings } = await aws.client(BackupClient).send(new DescribeGlobalSettingsCommand({}));
      if (GlobalSettings === undefined) throw new MissingList('the answer lacks the settings it should carry');
      isOn = GlobalSettings.isCrossAccountBackupEnabled === 'true';
    });
    return isOn;
  },

  restore: (aws, was) => {
    const GlobalSettings = { isCrossAccountBackupEnabled: String(was) };
    const update = new UpdateGlobalSettingsCommand({ GlobalSettings });
    return unlessGone(NO_ORGANIZATION, () => aws.client(BackupClient).send(update));
  },
};

export const settings: readonly AccountSetting[] = [optIn, crossAccount];

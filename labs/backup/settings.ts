// What belongs to the account and this lab changes: which resource types AWS Backup selects, per region.

import { BackupClient, DescribeRegionSettingsCommand, UpdateRegionSettingsCommand } from '@aws-sdk/client-backup';
import { type AccountSetting, MissingList, type SettingValue } from '../../lib/kit';

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

export const settings: readonly AccountSetting[] = [optIn];

// Settings of the account: what is read of them, and what is put back.

import * as Backup from '@aws-sdk/client-backup';
import { mockClient } from 'aws-sdk-client-mock';
import { emptyAws, fakeAws } from '../../test/support/fake-aws';
import { crossAccount, optIn } from './settings';

const backup = mockClient(Backup.BackupClient);
beforeEach(() => backup.reset());
const NOT_IN_ONE = Object.assign(new Error('no organization'), { name: 'InvalidRequestException' });

test('of the resource types those of the lab alone are read and put back', async () => {
  backup.on(Backup.DescribeRegionSettingsCommand).resolves({ ResourceTypeOptInPreference: { EBS: true, EFS: false } });
  const was = await optIn.read(fakeAws());
  expect(was).toEqual({ EBS: true, S3: false });
  await optIn.restore(fakeAws(), was);
  expect(backup.commandCalls(Backup.UpdateRegionSettingsCommand)[0]?.args[0].input).toEqual({
    ResourceTypeOptInPreference: { EBS: true, S3: false },
  });
});

test('an account in no organization has cross-account backup off; one that joined in between has it switched off again', async () => {
  backup
    .on(Backup.DescribeGlobalSettingsCommand)
    .rejectsOnce(NOT_IN_ONE)
    .resolves({
      GlobalSettings: { isCrossAccountBackupEnabled: 'true' },
    });
  const was = await crossAccount.read(fakeAws());
  expect([was, await crossAccount.read(fakeAws())]).toEqual([false, true]);
  await crossAccount.restore(fakeAws(), was);
  expect(backup.commandCalls(Backup.UpdateGlobalSettingsCommand)[0]?.args[0].input).toEqual({
    GlobalSettings: { isCrossAccountBackupEnabled: 'false' },
  });
});

test('an empty answer is no setting', async () => {
  for (const setting of [optIn, crossAccount])
    await expect(setting.read(emptyAws())).rejects.toThrow('lacks the settings');
});

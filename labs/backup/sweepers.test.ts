// Sweepers of vaults and of what is in them: what they take for the run's, on the second page too, and how it goes.

import * as Backup from '@aws-sdk/client-backup';
import * as TAG from '@aws-sdk/client-resource-groups-tagging-api';
import { mockClient } from 'aws-sdk-client-mock';
import { owning } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const { idsOf, of, remove } = sweeping(sweepers);
const backup = mockClient(Backup.BackupClient);
const tagging = mockClient(TAG.ResourceGroupsTaggingAPIClient);
const inputs = (mock: { calls: () => { args: unknown[] }[] }): string[] =>
  mock.calls().map(({ args: [command] }) => (command as object).constructor.name.replace(/Command$/, ''));
const named = (name: string): Error => Object.assign(new Error(name), { name });
const NOT_FOUND = named('ResourceNotFoundException');
const MORE = { NextToken: 'more' };

const arnOf = (name: string) => `arn:aws:backup:us-east-1:1:backup-vault:${name}`;
const vault = (name: string, more: Backup.BackupVaultListMember = {}): Backup.BackupVaultListMember => ({
  BackupVaultName: name,
  BackupVaultArn: arnOf(name),
  ...more,
});
const OWN = 'worklab-abc123-vault';
const SNAPSHOT = 'arn:aws:ec2:us-east-1::snapshot/snap-1';

beforeEach(() => {
  backup.reset();
  tagging.reset();
  tagging.on(TAG.GetResourcesCommand).resolves({ ResourceTagMappingList: [] });
  backup
    .on(Backup.ListBackupVaultsCommand)
    .resolvesOnce({ BackupVaultList: [vault('Default'), vault('worklab-abc124-vault', { Locked: true })], ...MORE })
    .resolvesOnce({ BackupVaultList: [vault(OWN, { Locked: true }), vault('tagged')] });
  tagging.on(TAG.GetResourcesCommand).resolves({ ResourceTagMappingList: [{ ResourceARN: arnOf('tagged') }] });
});

describe('vaults', () => {
  test('are the run’s by name, tag or stack', async () => {
    expect(await idsOf('backup:backup-vault')).toEqual([OWN, 'tagged']);
  });

  test('a vault that a stack of the run holds is the run’s, whatever its name', async () => {
    expect(await idsOf('backup:backup-vault', owning('Default'))).toEqual(['Default', OWN, 'tagged']);
  });

  test('first lose their lock and their policy, before the stacks', async () => {
    backup.on(Backup.GetBackupVaultAccessPolicyCommand).rejects(NOT_FOUND);
    backup.on(Backup.GetBackupVaultAccessPolicyCommand, { BackupVaultName: OWN }).resolves({ Policy: '{}' });
    expect(await idsOf('backup:vault-access-policy')).toEqual([OWN]);
    for (const kind of ['backup:vault-access-policy', 'backup:vault-lock']) {
      expect(of(kind).beforeStacks).toBe(true);
      expect(of('backup:recovery-point').after).toContain(kind);
      await remove(kind, OWN);
    }
    expect(inputs(backup)).toEqual(
      expect.arrayContaining(['DeleteBackupVaultAccessPolicy', 'DeleteBackupVaultLockConfiguration']),
    );
  });

  test('of which only the locked ones have a lock', async () => {
    expect(await idsOf('backup:vault-lock')).toEqual([OWN]);
  });

  test('a lock that is final is told, not swallowed', async () => {
    backup.on(Backup.DeleteBackupVaultLockConfigurationCommand).rejects(named('InvalidRequestException'));
    await expect(remove('backup:vault-lock', OWN)).rejects.toThrow('InvalidRequestException');
  });

  test('go when they are empty; one that is gone is gone', async () => {
    backup
      .on(Backup.DeleteBackupVaultCommand)
      .resolvesOnce({})
      .rejectsOnce(NOT_FOUND)
      .rejects(named('InvalidRequestException'));
    await remove('backup:backup-vault', OWN);
    await remove('backup:backup-vault', OWN);
    await expect(remove('backup:backup-vault', OWN)).rejects.toThrow('InvalidRequestException');
  });
});

describe('recovery points', () => {
  test('are those of the run’s vaults, to the last page', async () => {
    backup.on(Backup.ListRecoveryPointsByBackupVaultCommand).resolves({ RecoveryPoints: [] });
    backup
      .on(Backup.ListRecoveryPointsByBackupVaultCommand, { BackupVaultName: OWN })
      .resolvesOnce({ RecoveryPoints: [{ RecoveryPointArn: 'p-1' }], ...MORE })
      .resolvesOnce({ RecoveryPoints: [{ RecoveryPointArn: 'p-2' }] });
    expect(await idsOf('backup:recovery-point')).toEqual([`p-1 in ${OWN}`, `p-2 in ${OWN}`]);
  });

  test('are deleted when they are made, and gone when they are not found', async () => {
    backup
      .on(Backup.DescribeRecoveryPointCommand)
      .resolvesOnce({ Status: 'CREATING' })
      .resolvesOnce({ Status: 'COMPLETED' })
      .resolvesOnce({ Status: 'DELETING' })
      .rejects(NOT_FOUND);
    await remove('backup:recovery-point', `${SNAPSHOT} in ${OWN}`);
    expect(backup.commandCalls(Backup.DeleteRecoveryPointCommand).map((call) => call.args[0].input)).toEqual([
      { BackupVaultName: OWN, RecoveryPointArn: SNAPSHOT },
    ]);
    expect(backup.commandCalls(Backup.DisassociateRecoveryPointCommand)).toEqual([]);
  });

  test('that are continuous are let go of first, and may be gone with that', async () => {
    const continuous = 'arn:aws:backup:us-east-1:1:recovery-point:continuous:worklab-abc123-data';
    backup.on(Backup.DescribeRecoveryPointCommand).resolvesOnce({ Status: 'AVAILABLE' }).rejects(NOT_FOUND);
    backup.on(Backup.DeleteRecoveryPointCommand).rejects(NOT_FOUND);
    await remove('backup:recovery-point', `${continuous} in ${OWN}`);
    expect(inputs(backup)).toEqual(['DescribeRecoveryPoint', 'DisassociateRecoveryPoint', 'DeleteRecoveryPoint']);
  });

  test('that the vault’s policy still guards are told, not swallowed', async () => {
    backup.on(Backup.DescribeRecoveryPointCommand).resolves({ Status: 'COMPLETED' });
    backup.on(Backup.DeleteRecoveryPointCommand).rejects(named('AccessDeniedException'));
    await expect(remove('backup:recovery-point', `${SNAPSHOT} in ${OWN}`)).rejects.toThrow('AccessDeniedException');
  });
});

describe('jobs', () => {
  test('are swept while they run, the run’s by their vault or by what they are about', async () => {
    const other = { BackupVaultArn: arnOf('Default'), ResourceArn: 'arn:aws:ec2:us-east-1:1:volume/vol-9' };
    backup
      .on(Backup.ListBackupJobsCommand)
      .resolvesOnce({ BackupJobs: [{ BackupJobId: 'b-1', State: 'COMPLETED', BackupVaultArn: arnOf(OWN) }], ...MORE })
      .resolvesOnce({
        BackupJobs: [
          { BackupJobId: 'b-2', State: 'RUNNING', BackupVaultArn: arnOf(OWN) },
          { BackupJobId: 'b-3', State: 'CREATED', ...other },
        ],
      });
    expect(await idsOf('backup:backup-job')).toEqual(['b-2']);
  });

  test('restores and copies as well', async () => {
    backup
      .on(Backup.ListRestoreJobsCommand)
      .resolvesOnce({ RestoreJobs: [{ RestoreJobId: 'r-1', Status: 'RUNNING', RecoveryPointArn: SNAPSHOT }], ...MORE })
      .resolvesOnce({ RestoreJobs: [{ RestoreJobId: 'r-2', Status: 'PENDING', BackupVaultArn: arnOf(OWN) }] });
    backup
      .on(Backup.ListCopyJobsCommand)
      .resolvesOnce({
        CopyJobs: [{ CopyJobId: 'c-1', State: 'RUNNING', SourceBackupVaultArn: arnOf('Default') }],
        ...MORE,
      })
      .resolvesOnce({ CopyJobs: [{ CopyJobId: 'c-2', State: 'CREATED', DestinationBackupVaultArn: arnOf(OWN) }] });
    expect(await idsOf('backup:restore-job', owning(SNAPSHOT))).toEqual(['r-1', 'r-2']);
    expect(await idsOf('backup:copy-job')).toEqual(['c-2']);
  });

  test('a backup is stopped; a restore and a copy are waited for', async () => {
    backup.on(Backup.StopBackupJobCommand).rejects(named('InvalidRequestException'));
    backup.on(Backup.DescribeBackupJobCommand).resolvesOnce({ State: 'ABORTING' }).resolves({ State: 'ABORTED' });
    backup.on(Backup.DescribeRestoreJobCommand).resolvesOnce({ Status: 'RUNNING' }).resolves({ Status: 'COMPLETED' });
    backup
      .on(Backup.DescribeCopyJobCommand)
      .resolvesOnce({ CopyJob: { State: 'RUNNING' } })
      .rejects(NOT_FOUND);
    for (const kind of ['backup', 'restore', 'copy']) await remove(`backup:${kind}-job`, 'j');
    expect(inputs(backup)).toEqual([
      'StopBackupJob',
      ...['Backup', 'Restore', 'Copy'].flatMap((kind) => [`Describe${kind}Job`, `Describe${kind}Job`]),
    ]);
  });
});

// Sweepers of what stands beside the vaults: restored volumes, snapshots, plans; on the second page too. Roles come after them.

import * as Backup from '@aws-sdk/client-backup';
import * as EC2 from '@aws-sdk/client-ec2';
import * as TAG from '@aws-sdk/client-resource-groups-tagging-api';
import { mockClient } from 'aws-sdk-client-mock';
import { universalSweepers } from '../../lib/teardown/universal';
import { postsOf } from '../../lib/teardown/world';
import { owning } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const { idsOf, of, remove } = sweeping(sweepers);
const backup = mockClient(Backup.BackupClient);
const tagging = mockClient(TAG.ResourceGroupsTaggingAPIClient);
const ec2 = mockClient(EC2.EC2Client);
const inputs = (mock: { calls: () => { args: unknown[] }[] }): string[] =>
  mock.calls().map(({ args: [command] }) => (command as object).constructor.name.replace(/Command$/, ''));
const named = (name: string): Error => Object.assign(new Error(name), { name });
const NOT_FOUND = named('ResourceNotFoundException');
const MORE = { NextToken: 'more' };
const Tags = [{ Key: 'worklab:run', Value: 'abc123' }];
const OWN = 'worklab-abc123-vault';
const SNAPSHOT = 'arn:aws:ec2:us-east-1::snapshot/snap-1';
const arnOf = (name: string) => `arn:aws:backup:us-east-1:1:backup-vault:${name}`;

beforeEach(() => {
  for (const mock of [backup, ec2]) mock.reset();
  tagging.reset();
  tagging.on(TAG.GetResourcesCommand).resolves({ ResourceTagMappingList: [] });
});

describe('restored volumes', () => {
  const made = (id: string, vaultArn: string) => ({
    CreatedResourceArn: `arn:aws:ec2:us-east-1:1:volume/${id}`,
    BackupVaultArn: vaultArn,
  });

  test('are the run’s by their restore job, though they carry no tag, on the second page too', async () => {
    backup
      .on(Backup.ListRestoreJobsCommand)
      .resolvesOnce({ RestoreJobs: [made('vol-9', arnOf('Default'))], ...MORE })
      .resolvesOnce({ RestoreJobs: [made('vol-1', arnOf(OWN))] });
    ec2
      .on(EC2.DescribeVolumesCommand)
      .resolvesOnce({ Volumes: [{ VolumeId: 'vol-9' }, { VolumeId: 'vol-2', Tags }], ...MORE })
      .resolvesOnce({ Volumes: [{ VolumeId: 'vol-1' }, { VolumeId: 'vol-3', SnapshotId: 'snap-1' }] });
    expect(await idsOf('ec2:volume', owning('snap-1'))).toEqual(['vol-2', 'vol-1', 'vol-3']);
    expect(of('ec2:volume').after).toContain('backup:restore-job');
  });

  test('are deleted', async () => {
    ec2.on(EC2.DescribeVolumesCommand).rejects(named('InvalidVolume.NotFound'));
    await remove('ec2:volume', 'vol-1');
    expect(inputs(ec2)).toEqual(['DeleteVolume', 'DescribeVolumes']);
  });
});

describe('snapshots', () => {
  test('are the run’s by tag, or by the volume that AWS Backup made them of; a learner’s own of another volume is not', async () => {
    const byBackup = { Description: 'This snapshot is created by the AWS Backup service.' };
    ec2
      .on(EC2.DescribeSnapshotsCommand)
      .resolvesOnce({
        Snapshots: [
          { SnapshotId: 'snap-1', Tags },
          { SnapshotId: 'snap-2', VolumeId: 'vol-1' },
        ],
        ...MORE,
      })
      .resolvesOnce({
        Snapshots: [
          { SnapshotId: 'snap-3', VolumeId: 'vol-1', ...byBackup },
          { SnapshotId: 'snap-4', VolumeId: 'vol-9', ...byBackup },
        ],
      });
    expect(await idsOf('ec2:snapshot', owning('vol-1'))).toEqual(['snap-1', 'snap-3']);
    expect(of('ec2:snapshot').after).toContain('backup:recovery-point');
  });

  test('that are still recovery points are deleted by AWS Backup', async () => {
    ec2.on(EC2.DescribeSnapshotsCommand).resolves({ Snapshots: [{ SnapshotId: 'snap-1', VolumeId: 'vol-1' }] });
    ec2.on(EC2.DeleteSnapshotCommand).rejects(named('InvalidSnapshot.NotFound'));
    backup
      .on(Backup.ListRecoveryPointsByResourceCommand)
      .resolvesOnce({ RecoveryPoints: [{ RecoveryPointArn: `${SNAPSHOT}9`, BackupVaultName: OWN }], ...MORE })
      .resolvesOnce({ RecoveryPoints: [{ RecoveryPointArn: SNAPSHOT, BackupVaultName: OWN }] });
    await remove('ec2:snapshot', 'snap-1');
    expect(backup.commandCalls(Backup.DeleteRecoveryPointCommand).map((call) => call.args[0].input)).toEqual([
      { BackupVaultName: OWN, RecoveryPointArn: SNAPSHOT },
    ]);
  });
});

describe('plans', () => {
  const plan = (id: string, name: string): Backup.BackupPlansListMember => ({
    BackupPlanId: id,
    BackupPlanName: name,
    BackupPlanArn: `arn:aws:backup:us-east-1:1:backup-plan:${id}`,
  });
  beforeEach(() => {
    backup
      .on(Backup.ListBackupPlansCommand)
      .resolvesOnce({ BackupPlansList: [plan('1', 'another'), plan('2', 'worklab-abc123-plan')], ...MORE })
      .resolvesOnce({
        BackupPlansList: [plan('3', 'worklab-abc1234-plan'), plan('4', 'mine'), plan('5', 'of a stack')],
      });
    tagging
      .on(TAG.GetResourcesCommand)
      .resolves({ ResourceTagMappingList: [{ ResourceARN: 'arn:aws:backup:us-east-1:1:backup-plan:4' }] });
  });

  test('are the run’s by name, tag or stack, and go after their selections', async () => {
    expect(await idsOf('backup:backup-plan', owning('5'))).toEqual(['2', '4', '5']);
    expect(of('backup:backup-plan').after).toEqual(['backup:backup-selection']);
  });

  test('selections are named as CloudFormation names them, to the last page', async () => {
    backup.on(Backup.ListBackupSelectionsCommand).resolves({ BackupSelectionsList: [] });
    backup
      .on(Backup.ListBackupSelectionsCommand, { BackupPlanId: '2' })
      .resolvesOnce({ BackupSelectionsList: [{ SelectionId: 's-1' }], ...MORE })
      .resolvesOnce({ BackupSelectionsList: [{ SelectionId: 's-2' }] });
    expect(await idsOf('backup:backup-selection')).toEqual(['s-1_2', 's-2_2']);
    await remove('backup:backup-selection', 's-1_2');
    expect(backup.commandCalls(Backup.DeleteBackupSelectionCommand)[0]?.args[0].input).toEqual({
      SelectionId: 's-1',
      BackupPlanId: '2',
    });
  });

  test('that are gone are gone; one that still selects is told', async () => {
    backup.on(Backup.DeleteBackupPlanCommand).rejectsOnce(NOT_FOUND).rejects(named('InvalidRequestException'));
    await remove('backup:backup-plan', '2');
    await expect(remove('backup:backup-plan', '2')).rejects.toThrow('InvalidRequestException');
  });

  test('report plans are named with underscores, and deleted by name', async () => {
    const report = (name: string) => ({
      ReportPlanName: name,
      ReportPlanArn: `arn:aws:backup:us-east-1:1:report-plan:${name}-1`,
    });
    const pages = () =>
      backup
        .on(Backup.ListReportPlansCommand)
        .resolvesOnce({ ReportPlans: [report('another'), report('worklab_abc124_backups')], ...MORE })
        .resolvesOnce({ ReportPlans: [report('worklab_abc123_backups')] });
    pages();
    const [id = ''] = await idsOf('backup:report-plan');
    expect(id).toBe('arn:aws:backup:us-east-1:1:report-plan:worklab_abc123_backups-1');
    backup.reset();
    pages();
    await remove('backup:report-plan', id);
    expect(backup.commandCalls(Backup.DeleteReportPlanCommand).map((call) => call.args[0].input)).toEqual([
      { ReportPlanName: 'worklab_abc123_backups' },
    ]);
  });
});

test('roles go after what needs them: a recovery point whose role is gone would expire instead of being deleted', () => {
  const all = universalSweepers(sweepers, ['us-east-1'], async () => {});
  const order = postsOf(all, ['us-east-1']).map(({ sweeper }) => sweeper.kind);
  for (const kind of ['backup:recovery-point', 'backup:backup-selection', 'backup:report-plan']) {
    expect(order.indexOf(kind)).toBeLessThan(order.indexOf('iam:role'));
    expect(order.indexOf(kind)).toBeLessThan(order.indexOf('s3:object'));
  }
});

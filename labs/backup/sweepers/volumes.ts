// Restored volumes, which stand in no stack and carry no tag; and snapshots that AWS Backup made.

import {
  BackupClient,
  DeleteRecoveryPointCommand,
  paginateListRecoveryPointsByResource,
  paginateListRestoreJobs,
} from '@aws-sdk/client-backup';
import {
  DeleteSnapshotCommand,
  DeleteVolumeCommand,
  DescribeSnapshotsCommand,
  EC2Client,
  paginateDescribeSnapshots,
  paginateDescribeVolumes,
  waitUntilVolumeDeleted,
} from '@aws-sdk/client-ec2';
import {
  type Aws,
  isMarked,
  items,
  lastOf,
  patience,
  type Sweeper,
  type SweepScope,
  unlessGone,
} from '../../../lib/kit';
import { isOfRun } from './jobs';

const VOLUME_GONE = ['InvalidVolume.NotFound'];
const SNAPSHOT_GONE = ['InvalidSnapshot.NotFound'];
const A_VOLUME = 300;
/** The description that AWS Backup gives, and the tag that it leaves on what it makes. */
const BY_BACKUP = /AWS Backup service/;
const SOURCE = 'aws:backup:source-resource';

/** Restore jobs are kept for thirty days, and are the one trail from a restored volume to its run. */
async function restoredVolumes(aws: Aws, scope: SweepScope): Promise<Set<string>> {
  const ids = new Set<string>();
  const pages = paginateListRestoreJobs({ client: aws.client(BackupClient) }, {});
  for await (const job of items(pages, (page) => page.RestoreJobs)) {
    const { CreatedResourceArn, BackupVaultArn, RecoveryPointArn, SourceResourceArn } = job;
    if (CreatedResourceArn !== undefined && isOfRun(scope, BackupVaultArn, RecoveryPointArn, SourceResourceArn)) {
      ids.add(lastOf(CreatedResourceArn));
    }
  }
  return ids;
}

export const volumes: Sweeper = {
  kind: 'ec2:volume',
  after: ['ec2:instance', 'backup:restore-job'],

  async *list(aws, scope) {
    const restored = await restoredVolumes(aws, scope);
    const pages = paginateDescribeVolumes({ client: aws.client(EC2Client) }, {});
    for await (const { VolumeId: id = '', Tags, State, SnapshotId = '' } of items(pages, (page) => page.Volumes)) {
      const isRuns =
        restored.has(id) || scope.owned.has(id) || scope.owned.has(SnapshotId) || isMarked(scope, { tags: Tags });
      if (isRuns && State !== 'deleted') yield { kind: 'ec2:volume', id };
    }
  },

  remove: (aws, { id: VolumeId }) =>
    unlessGone(VOLUME_GONE, async () => {
      const client = aws.client(EC2Client);
      await client.send(new DeleteVolumeCommand({ VolumeId }));
      await waitUntilVolumeDeleted({ client, ...patience(aws, A_VOLUME) }, { VolumeIds: [VolumeId] });
    }),
};

/** What is left when the recovery points are gone: EC2 refuses to delete a snapshot of AWS Backup's, which has to do it itself. */
export const snapshots: Sweeper = {
  kind: 'ec2:snapshot',
  after: ['ec2:image', 'backup:recovery-point'],

  async *list(aws, scope) {
    const pages = paginateDescribeSnapshots({ client: aws.client(EC2Client) }, { OwnerIds: ['self'] });
    for await (const { SnapshotId: id = '', VolumeId = '', Tags = [], Description = '' } of items(
      pages,
      (page) => page.Snapshots,
    )) {
      const byBackup = BY_BACKUP.test(Description) || Tags.some(({ Key }) => Key === SOURCE);
      const isRuns = isMarked(scope, { tags: Tags }) || scope.owned.has(id) || (byBackup && scope.owned.has(VolumeId));
      if (isRuns) yield { kind: 'ec2:snapshot', id };
    }
  },

  remove: (aws, { id: SnapshotId }) =>
    unlessGone(SNAPSHOT_GONE, async () => {
      await deleteAsRecoveryPoint(aws, SnapshotId);
      await aws.client(EC2Client).send(new DeleteSnapshotCommand({ SnapshotId }));
    }),
};

/** By the snapshot's source: AWS Backup lists the recovery points of a resource, whichever vault they are in. */
async function deleteAsRecoveryPoint(aws: Aws, SnapshotId: string): Promise<void> {
  const { Snapshots = [] } = await aws
    .client(EC2Client)
    .send(new DescribeSnapshotsCommand({ SnapshotIds: [SnapshotId] }));
  const client = aws.client(BackupClient);
  for (const { VolumeId } of Snapshots) {
    const ResourceArn = `arn:aws:ec2:${aws.region}:${aws.account}:volume/${VolumeId}`;
    const pages = paginateListRecoveryPointsByResource({ client }, { ResourceArn });
    for await (const { RecoveryPointArn = '', BackupVaultName } of items(pages, (page) => page.RecoveryPoints)) {
      if (lastOf(RecoveryPointArn) !== SnapshotId) continue;
      await client.send(new DeleteRecoveryPointCommand({ BackupVaultName, RecoveryPointArn }));
    }
  }
}

// A backup by hand, and its restore: two jobs that are waited for, and a volume that is marked as the run's.

import {
  BackupClient,
  DescribeBackupJobCommand,
  DescribeRestoreJobCommand,
  GetRecoveryPointRestoreMetadataCommand,
  StartBackupJobCommand,
  StartRestoreJobCommand,
} from '@aws-sdk/client-backup';
import { CreateTagsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { type Aws, lastOf, type RunScope, WorklabError, waitUntil } from '../../../lib/kit';
import { BACKUP_TAG, KEPT_DAYS } from '../facts';
import { recovery } from '../observe/jobs';
import { volumes } from '../observe/volumes';
import { roleArn } from './plan';
import { vaultName } from './vault';

/** Seconds: a backup of an empty GiB takes minutes on AWS, and may wait for its turn before. */
const A_JOB = 1800;

export interface Point {
  readonly arn: string;
  readonly vault: string;
}

/** A completed backup of the lab's volume, made if there is none. */
export async function completedBackup(aws: Aws, scope: RunScope): Promise<Point> {
  const { backups } = await recovery(aws, scope);
  const done = backups.find(({ state, point }) => state === 'COMPLETED' && point !== undefined);
  if (done?.point !== undefined) return { arn: done.point, vault: done.vault };
  const vault = await vaultName(aws, scope);
  const running = backups.find(({ state }) => ['CREATED', 'PENDING', 'RUNNING'].includes(state));
  const job = running?.id ?? (await startBackup(aws, scope, vault));
  return { arn: await untilBackedUp(aws, job), vault: running?.vault ?? vault };
}

async function startBackup(aws: Aws, scope: RunScope, BackupVaultName: string): Promise<string> {
  const volume = (await volumes(aws, scope)).find(({ tags }) => tags[BACKUP_TAG] === scope.run);
  if (volume === undefined) {
    throw new WorklabError('usage/invalid', {
      what: `the volume of run ${scope.run} is not there`,
      fix: 'deploy the lab again: the exercises stand on it',
    });
  }
  const start = new StartBackupJobCommand({
    BackupVaultName,
    ResourceArn: volume.arn,
    IamRoleArn: roleArn(aws, scope),
    Lifecycle: { DeleteAfterDays: KEPT_DAYS },
    RecoveryPointTags: { [scope.tag.key]: scope.tag.value },
  });
  const { BackupJobId = '' } = await aws.client(BackupClient).send(start);
  return BackupJobId;
}

async function untilBackedUp(aws: Aws, BackupJobId: string): Promise<string> {
  let point = '';
  await waitUntil(aws, { for: `backup job ${BackupJobId} to be completed`, seconds: A_JOB }, async () => {
    const job = await aws.client(BackupClient).send(new DescribeBackupJobCommand({ BackupJobId }));
    point = job.RecoveryPointArn ?? '';
    return isDone(job.State, `backup job ${BackupJobId}`, job.StatusMessage);
  });
  return point;
}

/** Throws for a job that will never be done. */
export function isDone(state: string | undefined, job: string, why = 'no reason was given'): boolean {
  if (['FAILED', 'ABORTED', 'EXPIRED', 'PARTIAL'].includes(state ?? '')) throw new Error(`${job} is ${state}: ${why}`);
  return state === 'COMPLETED';
}

export async function restore(aws: Aws, scope: RunScope): Promise<void> {
  const { restores } = await recovery(aws, scope);
  if (restores.some(({ state, volume }) => state === 'COMPLETED' && volume !== undefined)) return;
  const point = await completedBackup(aws, scope);
  const client = aws.client(BackupClient);
  const get = new GetRecoveryPointRestoreMetadataCommand({ BackupVaultName: point.vault, RecoveryPointArn: point.arn });
  const { RestoreMetadata: Metadata } = await client.send(get);
  const start = new StartRestoreJobCommand({ RecoveryPointArn: point.arn, Metadata, IamRoleArn: roleArn(aws, scope) });
  const { RestoreJobId = '' } = await client.send(start);
  await mark(aws, scope, await untilRestored(aws, RestoreJobId));
}

async function untilRestored(aws: Aws, RestoreJobId: string): Promise<string> {
  let volume = '';
  await waitUntil(aws, { for: `restore job ${RestoreJobId} to be completed`, seconds: A_JOB }, async () => {
    const job = await aws.client(BackupClient).send(new DescribeRestoreJobCommand({ RestoreJobId }));
    volume = lastOf(job.CreatedResourceArn ?? '');
    return isDone(job.Status, `restore job ${RestoreJobId}`, job.StatusMessage);
  });
  return volume;
}

async function mark(aws: Aws, { prefix, tag }: RunScope, volume: string): Promise<void> {
  const Tags = [
    { Key: tag.key, Value: tag.value },
    { Key: 'Name', Value: `${prefix}-restored` },
  ];
  await aws.client(EC2Client).send(new CreateTagsCommand({ Resources: [volume], Tags }));
}

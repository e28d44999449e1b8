// The jobs of the run's vaults: backups, restores and copies, with what is there of what they made.

import {
  BackupClient,
  paginateListBackupJobs,
  paginateListCopyJobs,
  paginateListRecoveryPointsByBackupVault,
  paginateListRestoreJobs,
} from '@aws-sdk/client-backup';
import { type Aws, collect, items, lastOf, type RunScope } from '../../../lib/kit';
import { COPY_REGION } from '../facts';
import { type Plan, plans } from './plans';
import { vaults } from './vaults';
import { type Volume, volumes } from './volumes';

export interface BackupJob {
  readonly id: string;
  readonly state: string;
  readonly why?: string | undefined;
  readonly volume: string;
  readonly vault: string;
  readonly point?: string | undefined;
}

export interface RestoreJob {
  readonly id: string;
  readonly state: string;
  readonly why?: string | undefined;
  readonly point: string;
  /** The volume that it made, if that is still there. */
  readonly volume?: Volume | undefined;
}

export interface Recovery {
  readonly backups: readonly BackupJob[];
  readonly restores: readonly RestoreJob[];
}

export async function recovery(aws: Aws, scope: RunScope): Promise<Recovery> {
  const names = new Set((await vaults(aws, scope)).map(({ name }) => name));
  const backups = (await backupJobs(aws)).filter(({ vault }) => names.has(vault));
  const points = new Set(backups.flatMap(({ point }) => point ?? []));
  const pages = paginateListRestoreJobs({ client: aws.client(BackupClient) }, {});
  const restores = (await collect(items(pages, (page) => page.RestoreJobs))).filter(
    ({ BackupVaultArn = '', RecoveryPointArn = '' }) =>
      names.has(lastOf(BackupVaultArn)) || points.has(RecoveryPointArn),
  );
  const made = new Set(
    restores.flatMap(({ CreatedResourceArn }) => (CreatedResourceArn ? lastOf(CreatedResourceArn) : [])),
  );
  const there = await volumes(aws, scope, made);
  return {
    backups,
    restores: restores.map(
      ({ RestoreJobId = '', Status = 'unknown', StatusMessage, RecoveryPointArn = '', CreatedResourceArn }) => ({
        id: RestoreJobId,
        state: Status,
        why: StatusMessage,
        point: RecoveryPointArn,
        volume: there.find(({ id }) => CreatedResourceArn !== undefined && id === lastOf(CreatedResourceArn)),
      }),
    ),
  };
}

async function backupJobs(aws: Aws): Promise<BackupJob[]> {
  const pages = paginateListBackupJobs({ client: aws.client(BackupClient) }, {});
  const all = await collect(items(pages, (page) => page.BackupJobs));
  return all.map((job) => ({
    id: job.BackupJobId ?? '',
    state: job.State ?? 'unknown',
    why: job.StatusMessage,
    volume: lastOf(job.ResourceArn ?? ''),
    vault: job.BackupVaultName ?? '',
    point: job.RecoveryPointArn,
  }));
}

export interface CopyJob {
  readonly id: string;
  readonly state: string;
  readonly why?: string | undefined;
}

export interface Copies {
  readonly region: string;
  readonly plans: readonly Plan[];
  /** ARNs of the run's vaults in the copy region. */
  readonly vaults: readonly string[];
  readonly jobs: readonly CopyJob[];
  /** Copies that have arrived there. */
  readonly arrived: readonly string[];
}

export async function copies(aws: Aws, scope: RunScope): Promise<Copies> {
  const there: Aws = { ...aws, region: COPY_REGION, client: (type, region = COPY_REGION) => aws.client(type, region) };
  const found = await vaults(there, scope);
  const arns = new Set(found.map(({ arn }) => arn));
  const pages = paginateListCopyJobs({ client: aws.client(BackupClient) }, {});
  const jobs = await collect(items(pages, (page) => page.CopyJobs));
  return {
    region: aws.region,
    plans: await plans(aws, scope),
    vaults: [...arns],
    jobs: jobs
      .filter(({ DestinationBackupVaultArn = '' }) => arns.has(DestinationBackupVaultArn))
      .map(({ CopyJobId = '', State = 'unknown', StatusMessage }) => ({
        id: CopyJobId,
        state: State,
        why: StatusMessage,
      })),
    arrived: (await Promise.all(found.map(({ name }) => completedPoints(there, name)))).flat(),
  };
}

async function completedPoints(aws: Aws, BackupVaultName: string): Promise<string[]> {
  const pages = paginateListRecoveryPointsByBackupVault({ client: aws.client(BackupClient) }, { BackupVaultName });
  const points = await collect(items(pages, (page) => page.RecoveryPoints));
  return points
    .filter(({ Status }) => Status === 'COMPLETED')
    .flatMap(({ RecoveryPointArn }) => RecoveryPointArn ?? []);
}

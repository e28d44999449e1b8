// Jobs that still run: what they are about to make would be there when everything else has been looked for.

import {
  BackupClient,
  DescribeBackupJobCommand,
  DescribeCopyJobCommand,
  DescribeRestoreJobCommand,
  paginateListBackupJobs,
  paginateListCopyJobs,
  paginateListRestoreJobs,
  StopBackupJobCommand,
} from '@aws-sdk/client-backup';
import {
  type Aws,
  isMarked,
  items,
  lastOf,
  type Sweeper,
  type SweepScope,
  unlessGone,
  waitUntil,
} from '../../../lib/kit';

const RUNNING: readonly string[] = ['CREATED', 'PENDING', 'RUNNING', 'ABORTING'];
/** Seconds. A copy between regions cannot be stopped, only waited for. */
const A_JOB = 1800;

const isRunning = (state: string | undefined): boolean => state !== undefined && RUNNING.includes(state);

/** The job is the run's when its vault is, or what it copies or restores. */
export const isOfRun = (scope: SweepScope, ...arns: readonly (string | undefined)[]): boolean =>
  arns.some(
    (arn) =>
      arn !== undefined &&
      (scope.owned.has(arn) || isMarked(scope, { names: [lastOf(arn)] }) || scope.owned.has(lastOf(arn))),
  );

const ended = (aws: Aws, job: string, state: () => Promise<string | undefined>): Promise<void> =>
  unlessGone(['ResourceNotFoundException'], () =>
    waitUntil(aws, { for: `${job} to end`, seconds: A_JOB }, async () => !isRunning(await state())),
  );

export const backupJobs: Sweeper = {
  kind: 'backup:backup-job',

  async *list(aws, scope) {
    const pages = paginateListBackupJobs({ client: aws.client(BackupClient) }, {});
    for await (const { BackupJobId: id = '', State, BackupVaultArn, ResourceArn } of items(
      pages,
      (page) => page.BackupJobs,
    )) {
      if (isRunning(State) && isOfRun(scope, BackupVaultArn, ResourceArn)) yield { kind: 'backup:backup-job', id };
    }
  },

  async remove(aws, { id: BackupJobId }) {
    const client = aws.client(BackupClient);
    // InvalidRequestException: it has just ended.
    await unlessGone(['ResourceNotFoundException', 'InvalidRequestException'], () =>
      client.send(new StopBackupJobCommand({ BackupJobId })),
    );
    await ended(
      aws,
      `backup job ${BackupJobId}`,
      async () => (await client.send(new DescribeBackupJobCommand({ BackupJobId }))).State,
    );
  },
};

export const restoreJobs: Sweeper = {
  kind: 'backup:restore-job',

  async *list(aws, scope) {
    const pages = paginateListRestoreJobs({ client: aws.client(BackupClient) }, {});
    for await (const job of items(pages, (page) => page.RestoreJobs)) {
      const { RestoreJobId: id = '', Status, BackupVaultArn, RecoveryPointArn, SourceResourceArn } = job;
      if (isRunning(Status) && isOfRun(scope, BackupVaultArn, RecoveryPointArn, SourceResourceArn)) {
        yield { kind: 'backup:restore-job', id };
      }
    }
  },

  remove: (aws, { id: RestoreJobId }) =>
    ended(aws, `restore job ${RestoreJobId}`, async () => {
      const { Status } = await aws.client(BackupClient).send(new DescribeRestoreJobCommand({ RestoreJobId }));
      return Status;
    }),
};

export const copyJobs: Sweeper = {
  kind: 'backup:copy-job',

  async *list(aws, scope) {
    const pages = paginateListCopyJobs({ client: aws.client(BackupClient) }, {});
    for await (const job of items(pages, (page) => page.CopyJobs)) {
      const {
        CopyJobId: id = '',
        State,
        SourceBackupVaultArn,
        DestinationBackupVaultArn,
        SourceRecoveryPointArn,
      } = job;
      if (isRunning(State) && isOfRun(scope, SourceBackupVaultArn, DestinationBackupVaultArn, SourceRecoveryPointArn)) {
        yield { kind: 'backup:copy-job', id };
      }
    }
  },

  remove: (aws, { id: CopyJobId }) =>
    ended(aws, `copy job ${CopyJobId}`, async () => {
      const { CopyJob } = await aws.client(BackupClient).send(new DescribeCopyJobCommand({ CopyJobId }));
      return CopyJob?.State;
    }),
};

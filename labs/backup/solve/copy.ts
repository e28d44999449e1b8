// Copies into the other region: the plan's copy action, and one by hand, which need not wait for the plan's schedule.

import {
  BackupClient,
  type BackupRuleInput,
  CreateBackupVaultCommand,
  DescribeCopyJobCommand,
  StartCopyJobCommand,
} from '@aws-sdk/client-backup';
import { type Aws, meets, NotHere, type RunScope, waitUntil } from '../../../lib/kit';
import { copying } from '../demands';
import { COPY_REGION, KEPT_DAYS } from '../facts';
import { copies } from '../observe/jobs';
import { ordinary, plan, rewrite, roleArn } from './plan';
import { completedBackup, isDone } from './restore';

const A_COPY = 1800;
const Lifecycle = { DeleteAfterDays: KEPT_DAYS };

export async function copy(aws: Aws, scope: RunScope): Promise<void> {
  if (aws.region === COPY_REGION) throw new NotHere(`the run itself stands in ${COPY_REGION}`);
  await plan(aws, scope);
  const seen = await copies(aws, scope);
  const DestinationBackupVaultArn = seen.vaults[0] ?? (await createVault(aws, scope));
  const first = ordinary(seen.plans);
  if (first !== undefined && !seen.plans.some((one) => meets(one, copying(new Set(seen.vaults))))) {
    await rewrite(aws, first, ([rule, ...rest]) =>
      rule ? [withCopy(rule, DestinationBackupVaultArn), ...rest] : rest,
    );
  }
  if (seen.arrived.length > 0) return;
  const running = seen.jobs.find(({ state }) => state === 'CREATED' || state === 'RUNNING');
  await untilCopied(aws, running?.id ?? (await startCopy(aws, scope, DestinationBackupVaultArn)));
}

/** Any action into the same vault gives way to one whose copies end. */
const withCopy = (rule: BackupRuleInput, DestinationBackupVaultArn: string): BackupRuleInput => ({
  ...rule,
  CopyActions: [
    ...(rule.CopyActions ?? []).filter((action) => action.DestinationBackupVaultArn !== DestinationBackupVaultArn),
    { DestinationBackupVaultArn, Lifecycle },
  ],
});

async function createVault(aws: Aws, { prefix, tag }: RunScope): Promise<string> {
  const create = new CreateBackupVaultCommand({
    BackupVaultName: `${prefix}-copies`,
    BackupVaultTags: { [tag.key]: tag.value },
  });
  const { BackupVaultArn = '' } = await aws.client(BackupClient, COPY_REGION).send(create);
  return BackupVaultArn;
}

async function startCopy(aws: Aws, scope: RunScope, DestinationBackupVaultArn: string): Promise<string> {
  const point = await completedBackup(aws, scope);
  const start = new StartCopyJobCommand({
    RecoveryPointArn: point.arn,
    SourceBackupVaultName: point.vault,
    DestinationBackupVaultArn,
    IamRoleArn: roleArn(aws, scope),
    Lifecycle,
  });
  const { CopyJobId = '' } = await aws.client(BackupClient).send(start);
  return CopyJobId;
}

const untilCopied = (aws: Aws, CopyJobId: string): Promise<void> =>
  waitUntil(aws, { for: `copy job ${CopyJobId} to be completed`, seconds: A_COPY }, async () => {
    const { CopyJob } = await aws.client(BackupClient).send(new DescribeCopyJobCommand({ CopyJobId }));
    return isDone(CopyJob?.State, `copy job ${CopyJobId}`, CopyJob?.StatusMessage);
  });

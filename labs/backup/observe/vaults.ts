// The run's vaults in a region: what guards them, and whom they tell.

import {
  BackupClient,
  type BackupVaultListMember,
  GetBackupVaultAccessPolicyCommand,
  GetBackupVaultNotificationsCommand,
  paginateListBackupVaults,
} from '@aws-sdk/client-backup';
import { type Aws, items, type RunScope, unlessGone } from '../../../lib/kit';
import { isOfRun } from './marks';

export interface Lock {
  readonly minDays?: number | undefined;
  readonly maxDays?: number | undefined;
  /** When a compliance lock becomes immutable; a governance lock has no such day. */
  readonly finalFrom?: string | undefined;
}

export interface Vault {
  readonly name: string;
  readonly arn: string;
  readonly lock?: Lock | undefined;
  /** The access policy, as AWS Backup keeps it. */
  readonly policy?: string | undefined;
  readonly tells?: { readonly topic: string; readonly events: readonly string[] } | undefined;
}

export async function vaults(aws: Aws, scope: RunScope): Promise<Vault[]> {
  const found: Vault[] = [];
  const pages = paginateListBackupVaults({ client: aws.client(BackupClient) }, {});
  for await (const vault of items(pages, (page) => page.BackupVaultList)) {
    const { BackupVaultName: name = '', BackupVaultArn: arn = '' } = vault;
    if (await isOfRun(aws, scope, { name, arn })) {
      found.push({
        name,
        arn,
        lock: lockOf(vault),
        policy: await policyOf(aws, name),
        tells: await tellsOf(aws, name),
      });
    }
  }
  return found;
}

const lockOf = ({ Locked = false, MinRetentionDays, MaxRetentionDays, LockDate }: BackupVaultListMember) =>
  Locked ? { minDays: MinRetentionDays, maxDays: MaxRetentionDays, finalFrom: LockDate?.toISOString() } : undefined;

/** AWS Backup answers that there is no such thing for a vault that has no policy. */
async function policyOf(aws: Aws, BackupVaultName: string): Promise<string | undefined> {
  let policy: string | undefined;
  await unlessGone(['ResourceNotFoundException'], async () => {
    policy = (await aws.client(BackupClient).send(new GetBackupVaultAccessPolicyCommand({ BackupVaultName }))).Policy;
  });
  return policy;
}

async function tellsOf(aws: Aws, BackupVaultName: string): Promise<Vault['tells']> {
  let tells: Vault['tells'];
  await unlessGone(['ResourceNotFoundException'], async () => {
    const get = new GetBackupVaultNotificationsCommand({ BackupVaultName });
    const { SNSTopicArn, BackupVaultEvents = [] } = await aws.client(BackupClient).send(get);
    if (SNSTopicArn !== undefined) tells = { topic: SNSTopicArn, events: BackupVaultEvents };
  });
  return tells;
}

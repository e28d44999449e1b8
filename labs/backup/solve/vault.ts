// A vault that nobody empties: made, guarded by policy and lock, and told whom to tell.

import {
  BackupClient,
  CreateBackupVaultCommand,
  DeleteBackupVaultLockConfigurationCommand,
  PutBackupVaultAccessPolicyCommand,
  PutBackupVaultLockConfigurationCommand,
  PutBackupVaultNotificationsCommand,
} from '@aws-sdk/client-backup';
import { type Aws, meets, type RunScope } from '../../../lib/kit';
import { GUARDED } from '../demands';
import { EVENTS, FORBIDDEN, KEPT_DAYS, MOST_DAYS } from '../facts';
import { type Vault, vaults } from '../observe/vaults';

export async function guard(aws: Aws, scope: RunScope): Promise<void> {
  const own = await vaults(aws, scope);
  if (own.some((vault) => meets(vault, GUARDED))) return;
  const client = aws.client(BackupClient);
  const { name: BackupVaultName, lock } = own[0] ?? (await createVault(aws, scope));
  await client.send(new PutBackupVaultAccessPolicyCommand({ BackupVaultName, Policy: JSON.stringify(NOBODY_DELETES) }));
  // A compliance lock cannot be turned into one of governance; until its day it can be deleted.
  if (lock?.finalFrom !== undefined) {
    await client.send(new DeleteBackupVaultLockConfigurationCommand({ BackupVaultName }));
  }
  await client.send(
    new PutBackupVaultLockConfigurationCommand({
      BackupVaultName,
      MinRetentionDays: KEPT_DAYS,
      MaxRetentionDays: MOST_DAYS,
    }),
  );
  await client.send(
    new PutBackupVaultNotificationsCommand({
      BackupVaultName,
      SNSTopicArn: `arn:aws:sns:${aws.region}:${aws.account}:${scope.prefix}-backup-events`,
      BackupVaultEvents: [...EVENTS],
    }),
  );
}

const NOBODY_DELETES = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: FORBIDDEN, Resource: '*' }],
};

/** The name of a vault of the run, made if there is none. */
export async function vaultName(aws: Aws, scope: RunScope): Promise<string> {
  const [known] = await vaults(aws, scope);
  return (known ?? (await createVault(aws, scope))).name;
}

async function createVault(aws: Aws, { prefix, tag }: RunScope): Promise<Vault> {
  const name = `${prefix}-vault`;
  const create = new CreateBackupVaultCommand({ BackupVaultName: name, BackupVaultTags: { [tag.key]: tag.value } });
  const { BackupVaultArn = '' } = await aws.client(BackupClient).send(create);
  return { name, arn: BackupVaultArn };
}

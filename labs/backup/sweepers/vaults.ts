// Vaults: first what guards them, then what is in them, then they themselves; in the copy region as well.

import {
  BackupClient,
  type BackupVaultListMember,
  DeleteBackupVaultAccessPolicyCommand,
  DeleteBackupVaultCommand,
  DeleteBackupVaultLockConfigurationCommand,
  DeleteRecoveryPointCommand,
  DescribeRecoveryPointCommand,
  DisassociateRecoveryPointCommand,
  GetBackupVaultAccessPolicyCommand,
  paginateListBackupVaults,
  paginateListRecoveryPointsByBackupVault,
} from '@aws-sdk/client-backup';
import {
  type Aws,
  items,
  lastOf,
  type Residue,
  type Sweeper,
  type SweepScope,
  unlessGone,
  waitUntil,
} from '../../../lib/kit';
import { belonging } from './belonging';

const GONE = ['ResourceNotFoundException'];
/** Seconds that AWS Backup may take to create or to delete a recovery point. */
const A_POINT = 900;
/** Between the two halves of a recovery point's id. Neither a vault's name nor an ARN has it. */
const IN = ' in ';

type OwnVault = BackupVaultListMember & { readonly BackupVaultName: string };

export async function* vaultsOfRun(aws: Aws, scope: SweepScope): AsyncGenerator<OwnVault> {
  const isOfRun = await belonging(aws, scope);
  const pages = paginateListBackupVaults({ client: aws.client(BackupClient) }, {});
  for await (const vault of items(pages, (page) => page.BackupVaultList)) {
    const { BackupVaultName: name = '', BackupVaultArn: arn = '' } = vault;
    if (scope.owned.has(name) || isOfRun({ name, arn })) yield { ...vault, BackupVaultName: name };
  }
}

/** A Deny binds the sweeper as well. */
export const accessPolicies: Sweeper = {
  kind: 'backup:vault-access-policy',
  beforeStacks: true,

  async *list(aws, scope) {
    for await (const { BackupVaultName: id } of vaultsOfRun(aws, scope)) {
      if (await hasPolicy(aws, id)) yield { kind: 'backup:vault-access-policy', id };
    }
  },

  remove: (aws, { id: BackupVaultName }) =>
    unlessGone(GONE, () =>
      aws.client(BackupClient).send(new DeleteBackupVaultAccessPolicyCommand({ BackupVaultName })),
    ),
};

async function hasPolicy(aws: Aws, BackupVaultName: string): Promise<boolean> {
  let found = false;
  await unlessGone(GONE, async () => {
    const { Policy } = await aws.client(BackupClient).send(new GetBackupVaultAccessPolicyCommand({ BackupVaultName }));
    found = Policy !== undefined;
  });
  return found;
}

/** A governance lock can be lifted by who may; a compliance lock until its day, and then AWS refuses, which is told. */
export const locks: Sweeper = {
  kind: 'backup:vault-lock',
  beforeStacks: true,

  async *list(aws, scope) {
    for await (const { BackupVaultName: id, Locked } of vaultsOfRun(aws, scope)) {
      if (Locked) yield { kind: 'backup:vault-lock', id };
    }
  },

  remove: (aws, { id: BackupVaultName }) =>
    unlessGone(GONE, () =>
      aws.client(BackupClient).send(new DeleteBackupVaultLockConfigurationCommand({ BackupVaultName })),
    ),
};

export const recoveryPoints: Sweeper = {
  kind: 'backup:recovery-point',
  after: [
    'backup:backup-job',
    'backup:copy-job',
    'backup:restore-job',
    'backup:vault-access-policy',
    'backup:vault-lock',
  ],

  async *list(aws, scope) {
    for await (const { BackupVaultName } of vaultsOfRun(aws, scope)) yield* pointsOf(aws, BackupVaultName);
  },

  remove: (aws, { id }) =>
    unlessGone(GONE, async () => {
      const [RecoveryPointArn = '', BackupVaultName = ''] = id.split(IN);
      const point = { BackupVaultName, RecoveryPointArn };
      await created(aws, point);
      await deleteOrLetGo(aws, point);
      await waitUntil(aws, { for: `recovery point ${RecoveryPointArn} to be gone`, seconds: A_POINT }, async () => {
        await aws.client(BackupClient).send(new DescribeRecoveryPointCommand(point));
        return false; // until it is not found
      });
    }),
};

async function* pointsOf(aws: Aws, BackupVaultName: string): AsyncGenerator<Residue> {
  const pages = paginateListRecoveryPointsByBackupVault({ client: aws.client(BackupClient) }, { BackupVaultName });
  for await (const { RecoveryPointArn = '' } of items(pages, (page) => page.RecoveryPoints)) {
    yield { kind: 'backup:recovery-point', id: `${RecoveryPointArn}${IN}${BackupVaultName}` };
  }
}

interface Point {
  readonly BackupVaultName: string;
  readonly RecoveryPointArn: string;
}

const created = (aws: Aws, point: Point): Promise<void> =>
  waitUntil(aws, { for: `recovery point ${point.RecoveryPointArn} to be created`, seconds: A_POINT }, async () => {
    const { Status } = await aws.client(BackupClient).send(new DescribeRecoveryPointCommand(point));
    return Status !== 'CREATING';
  });

/**
 * A continuous recovery point goes on growing while its resource is protected: it is disassociated, which ends it, and
 * deleted if it is still there. AWS Backup refuses to disassociate any other, and says so.
 */
async function deleteOrLetGo(aws: Aws, point: Point): Promise<void> {
  const client = aws.client(BackupClient);
  if (isContinuous(point.RecoveryPointArn)) {
    await unlessGone(['InvalidRequestException', 'InvalidResourceStateException'], () =>
      client.send(new DisassociateRecoveryPointCommand(point)),
    );
  }
  await client.send(new DeleteRecoveryPointCommand(point));
}

/** "arn:…:recovery-point:continuous:…": the ones that a point in time can be taken from. */
const isContinuous = (arn: string): boolean => arn.includes(':continuous:');

export const vaults: Sweeper = {
  kind: 'backup:backup-vault',
  after: ['backup:recovery-point', 'backup:backup-plan'],

  async *list(aws, scope) {
    for await (const { BackupVaultName: id } of vaultsOfRun(aws, scope)) yield { kind: 'backup:backup-vault', id };
  },

  remove: (aws, { id }) =>
    unlessGone(GONE, () =>
      aws.client(BackupClient).send(new DeleteBackupVaultCommand({ BackupVaultName: lastOf(id) })),
    ),
};

// Exercises on copies → backups that are kept, a snapshot that was restored once, a replica.

import {
  CreateDBInstanceReadReplicaCommand,
  CreateDBSnapshotCommand,
  DeleteDBInstanceCommand,
  RDSClient,
  RestoreDBInstanceFromDBSnapshotCommand,
  waitUntilDBInstanceDeleted,
  waitUntilDBSnapshotAvailable,
} from '@aws-sdk/client-rds';
import { type Aws, meets, patience, type RunScope, waitUntil } from '../../../lib/kit';
import { AVAILABLE, isReplica } from '../demands/setup';
import { FOLLOWING, KEPT, RESTORED } from '../demands/upkeep';
import { INSTANCE_CLASS, NO_EXTENDED_SUPPORT } from '../facts';
import { type Database, databases } from '../observe/databases';
import { type BackedUp, backedUp } from '../observe/history';
import { modify, mysql, until } from './database';
import { tags } from './ground';

/** Seconds. */
const A_SNAPSHOT = 1800;
const A_DELETION = 1800;
const AN_EVENT = 300;

export async function backUp(aws: Aws, scope: RunScope): Promise<void> {
  const database = await mysql(aws, scope);
  await keepBackups(aws, scope, database.id);
  const own = await look(aws, scope, database.id);
  const known = own.snapshots.find(({ status }) => status === 'available' || status === 'creating');
  const snapshot = known?.id ?? (await takeSnapshot(aws, scope, database.id));
  const client = aws.client(RDSClient);
  await waitUntilDBSnapshotAvailable({ client, ...patience(aws, A_SNAPSHOT) }, { DBSnapshotIdentifier: snapshot });
  await until(aws, scope, database.id, 'available again', (one) => meets(one, [AVAILABLE]));
  if (!meets(own, [RESTORED])) await restoreOnce(aws, scope, database, snapshot);
}

const keepBackups = (aws: Aws, scope: RunScope, id: string): Promise<void> =>
  modify(aws, scope, id, { BackupRetentionPeriod: 1 }, 'backed up', ({ retention }) => retention >= 1);

async function look(aws: Aws, scope: RunScope, id: string): Promise<BackedUp> {
  const found = (await backedUp(aws, scope)).find((one) => one.id === id);
  if (found === undefined) throw new Error(`database ${id} is gone`);
  return found;
}

async function takeSnapshot(aws: Aws, scope: RunScope, DBInstanceIdentifier: string): Promise<string> {
  const DBSnapshotIdentifier = `${scope.prefix}-snapshot`;
  const input = { DBInstanceIdentifier, DBSnapshotIdentifier, Tags: tags(scope) };
  await aws.client(RDSClient).send(new CreateDBSnapshotCommand(input));
  return DBSnapshotIdentifier;
}

/** Restores beside the original, in one zone, and takes the copy away again: it costs by the hour, and the event tells of it. */
async function restoreOnce(aws: Aws, scope: RunScope, from: Database, snapshot: string): Promise<void> {
  const client = aws.client(RDSClient);
  const DBInstanceIdentifier = `${scope.prefix}-restored`;
  if (!(await databases(aws, scope)).some(({ id }) => id === DBInstanceIdentifier)) {
    await client.send(
      new RestoreDBInstanceFromDBSnapshotCommand({
        DBInstanceIdentifier,
        DBSnapshotIdentifier: snapshot,
        DBInstanceClass: INSTANCE_CLASS,
        DBSubnetGroupName: from.subnetGroup,
        VpcSecurityGroupIds: [...from.securityGroups],
        MultiAZ: false,
        PubliclyAccessible: false,
        DeletionProtection: false,
        EngineLifecycleSupport: NO_EXTENDED_SUPPORT,
        Tags: tags(scope),
      }),
    );
  }
  await until(aws, scope, DBInstanceIdentifier, 'available', (one) => meets(one, [AVAILABLE]));
  await waitUntil(aws, { for: `RDS to tell that ${DBInstanceIdentifier} was restored`, seconds: AN_EVENT }, async () =>
    meets(await look(aws, scope, from.id), [...KEPT, RESTORED]),
  );
  await client.send(
    new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true, DeleteAutomatedBackups: true }),
  );
  await waitUntilDBInstanceDeleted({ client, ...patience(aws, A_DELETION) }, { DBInstanceIdentifier });
}

export async function replicate(aws: Aws, scope: RunScope): Promise<void> {
  const source = await mysql(aws, scope);
  const replicas = (await databases(aws, scope)).filter(isReplica);
  if (replicas.some((one) => meets(one, FOLLOWING))) return;
  await keepBackups(aws, scope, source.id);
  const known = replicas.find(({ status }) => status === 'creating');
  const id = known?.id ?? (await createReplica(aws, scope, source));
  await until(aws, scope, id, 'following', (one) => meets(one, FOLLOWING));
}

/** In the region of its source a replica takes the subnet group, the engine and the encryption from there. */
async function createReplica(aws: Aws, scope: RunScope, source: Database): Promise<string> {
  const DBInstanceIdentifier = await freeName(aws, scope, `${scope.prefix}-mysql-replica`);
  await aws.client(RDSClient).send(
    new CreateDBInstanceReadReplicaCommand({
      DBInstanceIdentifier,
      SourceDBInstanceIdentifier: source.id,
      DBInstanceClass: INSTANCE_CLASS,
      VpcSecurityGroupIds: [...source.securityGroups],
      PubliclyAccessible: false,
      AutoMinorVersionUpgrade: true,
      DeletionProtection: false,
      CopyTagsToSnapshot: true,
      Tags: tags(scope),
    }),
  );
  return DBInstanceIdentifier;
}

/** A replica that was promoted keeps its name. */
async function freeName(aws: Aws, scope: RunScope, name: string): Promise<string> {
  const taken = (await databases(aws, scope)).map(({ id }) => id);
  const free = [name, ...taken.map((_, index) => `${name}-${index + 2}`)].find((one) => !taken.includes(one));
  return free ?? name;
}

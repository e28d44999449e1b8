// The databases of the lab → there and available. RDS makes the passwords: they pass through no hand.

import {
  CreateDBInstanceCommand,
  type CreateDBInstanceCommandInput,
  ModifyDBInstanceCommand,
  type ModifyDBInstanceCommandInput,
  RDSClient,
} from '@aws-sdk/client-rds';
import { type Aws, meets, type RunScope, waitUntil } from '../../../lib/kit';
import { AVAILABLE, isMysql, isPostgres, LAUNCHED } from '../demands/setup';
import { INSIGHTFUL } from '../demands/upkeep';
import {
  BACKUP_WINDOW,
  GIGABYTES,
  INSTANCE_CLASS,
  LOGS,
  MAINTENANCE_WINDOW,
  MASTER,
  MYSQL,
  NO_EXTENDED_SUPPORT,
  POSTGRES,
} from '../facts';
import { type Database, databases } from '../observe/databases';
import { ground, tags } from './ground';
import { optionGroup, parameterGroup, securityGroup, subnetGroup } from './groups';

/** Seconds. A Multi-AZ database takes a quarter of an hour, an upgrade of its version half of one. */
const A_DATABASE = 2700;

/** The run's MySQL database, available; made if there is none. What else is wrong with it, its own exercise puts right. */
export async function mysql(aws: Aws, scope: RunScope): Promise<Database> {
  const known = await standing(aws, scope);
  const id = known?.id ?? (await create(aws, scope));
  await until(aws, scope, id, 'available', (database) => meets(database, [AVAILABLE]));
  await launchAsAsked(aws, scope, id);
  const made = (await databases(aws, scope)).find((database) => database.id === id);
  if (made === undefined) throw new Error(`database ${id} is gone`);
  return made;
}

async function standing(aws: Aws, scope: RunScope): Promise<Database | undefined> {
  const own = (await databases(aws, scope)).filter((one) => isMysql(one) && !one.id.includes('restored'));
  return own.find((one) => meets(one, LAUNCHED)) ?? own.find(({ status }) => status !== 'deleting');
}

/** What can be changed of how a database was launched. */
async function launchAsAsked(aws: Aws, scope: RunScope, id: string): Promise<void> {
  const inside = { PubliclyAccessible: false };
  await modify(aws, scope, id, inside, 'without a public address', ({ isPublic }) => !isPublic);
  const managed = { ManageMasterUserPassword: true };
  await modify(aws, scope, id, managed, 'managed in its password', ({ managedPassword }) => managedPassword);
}

async function create(aws: Aws, scope: RunScope): Promise<string> {
  const given = await ground(aws, scope);
  const DBInstanceIdentifier = `${scope.prefix}-mysql`;
  await launch(aws, {
    ...common(scope),
    DBInstanceIdentifier,
    Engine: MYSQL.engine,
    EngineVersion: MYSQL.major,
    MultiAZ: true,
    BackupRetentionPeriod: 1,
    EnableCloudwatchLogsExports: [...LOGS],
    DBSubnetGroupName: await subnetGroup(aws, scope, given),
    DBParameterGroupName: await parameterGroup(aws, scope),
    OptionGroupName: await optionGroup(aws, scope),
    VpcSecurityGroupIds: [await securityGroup(aws, scope, given)],
  });
  return DBInstanceIdentifier;
}

const launch = (aws: Aws, input: CreateDBInstanceCommandInput): Promise<unknown> =>
  aws.client(RDSClient).send(new CreateDBInstanceCommand(input));

const common = (scope: RunScope) => ({
  DBInstanceClass: INSTANCE_CLASS,
  AllocatedStorage: GIGABYTES,
  StorageType: 'gp3',
  StorageEncrypted: true,
  MasterUsername: MASTER,
  ManageMasterUserPassword: true,
  PubliclyAccessible: false,
  CopyTagsToSnapshot: true,
  AutoMinorVersionUpgrade: true,
  PreferredBackupWindow: BACKUP_WINDOW,
  PreferredMaintenanceWindow: MAINTENANCE_WINDOW,
  EngineLifecycleSupport: NO_EXTENDED_SUPPORT,
  DeletionProtection: false,
  Tags: tags(scope),
});

/** MySQL on a class this small cannot have Performance Insights. */
export async function lookInside(aws: Aws, scope: RunScope): Promise<void> {
  const known = (await databases(aws, scope)).find(isPostgres);
  const id = known?.id ?? (await createPostgres(aws, scope));
  await until(aws, scope, id, 'available', (database) => meets(database, [AVAILABLE]));
  const change = { EnablePerformanceInsights: true, PerformanceInsightsRetentionPeriod: 7 };
  await modify(aws, scope, id, change, 'with insights', (database) => meets(database, INSIGHTFUL));
}

async function createPostgres(aws: Aws, scope: RunScope): Promise<string> {
  const given = await ground(aws, scope);
  const DBInstanceIdentifier = `${scope.prefix}-postgres`;
  await launch(aws, {
    ...common(scope),
    DBInstanceIdentifier,
    Engine: POSTGRES.engine,
    EngineVersion: POSTGRES.major,
    BackupRetentionPeriod: 0,
    EnablePerformanceInsights: true,
    PerformanceInsightsRetentionPeriod: 7,
    DBSubnetGroupName: await subnetGroup(aws, scope, given),
    VpcSecurityGroupIds: [await securityGroup(aws, scope, given, POSTGRES.port)],
  });
  return DBInstanceIdentifier;
}

/**
 * Changes a database at once, unless it is right already, and waits until it is. The SDK's waiter would not do: for some
 * seconds after the call the database still is "available", and as it was.
 */
export async function modify(
  aws: Aws,
  scope: RunScope,
  id: string,
  change: Omit<ModifyDBInstanceCommandInput, 'DBInstanceIdentifier' | 'ApplyImmediately'>,
  what: string,
  isRight: (database: Database) => boolean,
): Promise<void> {
  const now = (await databases(aws, scope)).find((database) => database.id === id);
  if (now !== undefined && isRight(now)) return;
  const command = new ModifyDBInstanceCommand({ ...change, DBInstanceIdentifier: id, ApplyImmediately: true });
  await aws.client(RDSClient).send(command);
  await until(aws, scope, id, what, (database) => meets(database, [AVAILABLE]) && isRight(database));
}

/** Waits for a database of the run to be so. */
export const until = (
  aws: Aws,
  scope: RunScope,
  id: string,
  what: string,
  isSo: (database: Database) => boolean,
): Promise<void> =>
  waitUntil(aws, { for: `database ${id} to be ${what}`, seconds: A_DATABASE }, async () =>
    (await databases(aws, scope)).some((database) => database.id === id && isSo(database)),
  );

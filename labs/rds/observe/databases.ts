// The run's databases, as plain data.

import { type DBInstance, paginateDescribeDBInstances, RDSClient } from '@aws-sdk/client-rds';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';

/** A group that a database uses, and whether the database has taken it over yet: "in-sync" when it has. */
export interface InUse {
  readonly name: string;
  readonly status: string;
}

export interface Database {
  readonly id: string;
  readonly engine: string;
  readonly version: string;
  readonly status: string;
  readonly instanceClass: string;
  readonly isPublic: boolean;
  /** By RDS, in Secrets Manager. */
  readonly managedPassword: boolean;
  readonly lifecycle: string;
  readonly multiAz: boolean;
  readonly zone: string;
  readonly standbyZone?: string | undefined;
  readonly encrypted: boolean;
  readonly keyId?: string | undefined;
  readonly certificate?: string | undefined;
  /** Days. */
  readonly retention: number;
  readonly source?: string | undefined;
  /** Of a replica: is it following its source? Undefined where RDS says nothing of it. */
  readonly follows?: boolean | undefined;
  readonly replicas: readonly string[];
  readonly parameterGroup?: InUse | undefined;
  readonly optionGroup?: InUse | undefined;
  readonly subnetGroup?: string | undefined;
  readonly securityGroups: readonly string[];
  readonly logs: readonly string[];
  readonly maintenanceWindow: string;
  readonly autoMinor: boolean;
  /** What was asked for and waits for the maintenance window, by RDS's own names. */
  readonly waiting: Readonly<Record<string, unknown>>;
  /** Days that Performance Insights keeps, where it is on. */
  readonly insightsDays?: number | undefined;
  /** The PostgreSQL that look-inside puts beside the database, by its name. */
  readonly beside: boolean;
}

/** Of the run by their marks, by the subnet group they stand in, or as replicas of one. */
export async function databases(aws: Aws, scope: RunScope): Promise<Database[]> {
  const pages = paginateDescribeDBInstances({ client: aws.client(RDSClient) }, {});
  const all = await collect(items(pages, (page) => page.DBInstances));
  const own = new Set(all.filter((one) => isOfRun(one, scope)).map(({ DBInstanceIdentifier: id }) => id));
  return all
    .filter(
      ({ DBInstanceIdentifier: id, ReadReplicaSourceDBInstanceIdentifier: source }) => own.has(id) || own.has(source),
    )
    .map((one) => ({ ...plain(one), beside: one.DBInstanceIdentifier === `${scope.prefix}-postgres` }));
}

const isOfRun = ({ DBInstanceIdentifier: id, TagList: tags, DBSubnetGroup: group }: DBInstance, scope: RunScope) =>
  isMarked(scope, { tags, names: [id, group?.DBSubnetGroupName] });

const plain = (one: DBInstance): Omit<Database, 'beside'> => ({
  ...identity(one),
  ...placement(one),
  ...groupsOf(one),
  retention: one.BackupRetentionPeriod ?? 0,
  source: one.ReadReplicaSourceDBInstanceIdentifier,
  follows: one.StatusInfos?.find(({ StatusType }) => StatusType === 'read replication')?.Normal,
  replicas: one.ReadReplicaDBInstanceIdentifiers ?? [],
  logs: one.EnabledCloudwatchLogsExports ?? [],
  maintenanceWindow: one.PreferredMaintenanceWindow ?? '',
  autoMinor: one.AutoMinorVersionUpgrade ?? false,
  waiting: waitingOf(one),
  insightsDays: one.PerformanceInsightsEnabled ? (one.PerformanceInsightsRetentionPeriod ?? 0) : undefined,
});

const identity = (one: DBInstance) => ({
  id: one.DBInstanceIdentifier ?? '',
  engine: one.Engine ?? '',
  version: one.EngineVersion ?? '',
  status: one.DBInstanceStatus ?? 'unknown',
  instanceClass: one.DBInstanceClass ?? '',
  managedPassword: one.MasterUserSecret !== undefined,
  lifecycle: one.EngineLifecycleSupport ?? 'not said',
});

const placement = (one: DBInstance) => ({
  isPublic: one.PubliclyAccessible ?? false,
  multiAz: one.MultiAZ ?? false,
  zone: one.AvailabilityZone ?? '',
  standbyZone: one.SecondaryAvailabilityZone,
  encrypted: one.StorageEncrypted ?? false,
  keyId: one.KmsKeyId,
  certificate: one.CACertificateIdentifier,
});

const groupsOf = ({
  DBParameterGroups,
  OptionGroupMemberships,
  DBSubnetGroup,
  VpcSecurityGroups = [],
}: DBInstance) => ({
  parameterGroup: inUse(DBParameterGroups?.[0]?.DBParameterGroupName, DBParameterGroups?.[0]?.ParameterApplyStatus),
  optionGroup: inUse(OptionGroupMemberships?.[0]?.OptionGroupName, OptionGroupMemberships?.[0]?.Status),
  subnetGroup: DBSubnetGroup?.DBSubnetGroupName,
  securityGroups: VpcSecurityGroups.flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []),
});

const inUse = (name: string | undefined, status = 'unknown'): InUse | undefined =>
  name ? { name, status } : undefined;

/** Never the password, which RDS shows here as stars. */
const waitingOf = ({ PendingModifiedValues = {} }: DBInstance): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(PendingModifiedValues).filter(
      ([name, value]) => name !== 'MasterUserPassword' && value !== undefined,
    ),
  );

// The databases: MySQL in two zones with a replica; and, where it is asked for, a PostgreSQL that shows what it is busy with.

import { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import {
  BACKUP_WINDOW,
  GIGABYTES,
  LOGS,
  MAINTENANCE_WINDOW,
  MASTER,
  MYSQL,
  NO_EXTENDED_SUPPORT,
  POSTGRES,
} from '../facts';

export interface DatabasesProps {
  readonly named: (thing: string) => string;
  readonly instanceClass: string;
  readonly subnetGroup: string;
}

export interface MysqlProps {
  readonly version: string;
  readonly parameterGroup: string;
  readonly optionGroup: string;
  readonly securityGroupId: string;
}

/** What every database of the lab has. RDS makes the password, keeps it in Secrets Manager and never shows it here. */
const COMMON = {
  allocatedStorage: `${GIGABYTES}`,
  storageType: 'gp3',
  // With the key that RDS has in the account for itself: one's own costs a dollar a month, and seven days to be rid of.
  storageEncrypted: true,
  masterUsername: MASTER,
  manageMasterUserPassword: true,
  publiclyAccessible: false,
  copyTagsToSnapshot: true,
  autoMinorVersionUpgrade: true,
  allowMajorVersionUpgrade: false,
  preferredBackupWindow: BACKUP_WINDOW,
  preferredMaintenanceWindow: MAINTENANCE_WINDOW,
  engineLifecycleSupport: NO_EXTENDED_SUPPORT,
  caCertificateIdentifier: 'rds-ca-rsa2048-g1',
  deletionProtection: false,
  deleteAutomatedBackups: true,
} as const;

export class Databases extends Construct {
  private readonly props: DatabasesProps;

  constructor(parent: Construct, id: string, props: DatabasesProps) {
    super(parent, id);
    this.props = props;
  }

  mysql({ version, parameterGroup, optionGroup, securityGroupId }: MysqlProps): CfnDBInstance {
    const { named, instanceClass, subnetGroup } = this.props;
    const database = new CfnDBInstance(this, 'Mysql', {
      ...COMMON,
      dbInstanceIdentifier: named('mysql'),
      dbInstanceClass: instanceClass,
      engine: MYSQL.engine,
      engineVersion: version,
      multiAz: true,
      // A replica needs a source with backups. Every snapshot of a day is as large as what changed on it.
      backupRetentionPeriod: 1,
      enableCloudwatchLogsExports: [...LOGS],
      dbSubnetGroupName: subnetGroup,
      dbParameterGroupName: parameterGroup,
      optionGroupName: optionGroup,
      vpcSecurityGroups: [securityGroupId],
    });
    // In the region of its source a replica takes the subnet group, the engine and the encryption from there.
    new CfnDBInstance(this, 'Replica', {
      dbInstanceIdentifier: named('mysql-replica'),
      sourceDbInstanceIdentifier: database.ref,
      dbInstanceClass: instanceClass,
      vpcSecurityGroups: [securityGroupId],
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      deletionProtection: false,
      copyTagsToSnapshot: true,
    });
    return database;
  }

  /** MySQL on a class this small cannot have Performance Insights. */
  postgres(securityGroupId: string): CfnDBInstance {
    const { named, instanceClass, subnetGroup } = this.props;
    return new CfnDBInstance(this, 'Postgres', {
      ...COMMON,
      dbInstanceIdentifier: named('postgres'),
      dbInstanceClass: instanceClass,
      engine: POSTGRES.engine,
      engineVersion: POSTGRES.major,
      multiAz: false,
      backupRetentionPeriod: 0,
      databaseInsightsMode: 'standard',
      enablePerformanceInsights: true,
      // Seven days are free of charge.
      performanceInsightsRetentionPeriod: 7,
      dbSubnetGroupName: subnetGroup,
      vpcSecurityGroups: [securityGroupId],
    });
  }
}

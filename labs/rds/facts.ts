// Facts that the stack makes and the checks look for, said once. Plain data, so that reading it loads nothing.

/**
 * MySQL's long-term line: standard support to 2029-07-31 (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html, 2026-11-25).
 * The version is the last but one that CloudFormation's own rules know: what is deployed where RDS is not asked.
 */
export const MYSQL = { engine: 'mysql', major: '8.4', version: '8.4.10', family: 'mysql8.4', port: 3306 } as const;
export const POSTGRES = { engine: 'postgres', major: '17', port: 5432 } as const;

/** With it, a version past standard support is refused instead of enrolled in what is paid for by the vCPU and hour. */
export const NO_EXTENDED_SUPPORT = 'open-source-rds-extended-support-disabled';

/** The smallest classes that MySQL 8.4 and PostgreSQL 17 run on. */
export const INSTANCE_CLASS = 'db.t4g.micro';
export const INSTANCE_CLASSES: readonly string[] = [INSTANCE_CLASS, 'db.t3.micro', 'db.t4g.small'];
export const GIGABYTES = 20;

/** Not "admin" or "root": names that everybody tries first. */
export const MASTER = 'learner';

/** UTC. A backup window may not lie in the maintenance window. */
export const BACKUP_WINDOW = '03:00-04:00';
export const MAINTENANCE_WINDOW = 'sun:05:00-sun:06:00';

/** The slow query log goes to CloudWatch as a file only. */
export const PARAMETERS = {
  require_secure_transport: '1',
  slow_query_log: '1',
  long_query_time: '1',
  log_output: 'FILE',
} as const;
export const AUDIT = 'MARIADB_AUDIT_PLUGIN';
export const LOGS: readonly string[] = ['audit', 'error', 'slowquery'];

export const EVENTS: readonly string[] = ['backup', 'failover'];

/** RDS keeps events for 14 days; without a duration it shows the last hour (https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeEvents.html, 2026-11-25). */
export const MINUTES_OF_EVENTS = 14 * 24 * 60;

/** Alarms: metric of AWS/RDS, the end of the alarm's name, when it goes off. */
export const ALARMS = [
  { metric: 'CPUUtilization', name: 'database-cpu-high', threshold: 80, comparison: 'GreaterThanThreshold' },
  // 2 GiB of 20: a database whose storage is full stops.
  {
    metric: 'FreeStorageSpace',
    name: 'database-storage-low',
    threshold: 2 * 1024 ** 3,
    comparison: 'LessThanThreshold',
  },
  // db.t4g.micro lets in about 60 by its default of max_connections.
  {
    metric: 'DatabaseConnections',
    name: 'database-connections-high',
    threshold: 50,
    comparison: 'GreaterThanThreshold',
  },
] as const;

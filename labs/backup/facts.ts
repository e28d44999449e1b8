// Facts that the stacks make and the checks look for, said once. Plain data, so that reading it loads nothing.

/** The copy region (lib's design: us-west-2), where the second stack has a vault of its own. */
export const COPY_REGION = 'us-west-2';

/** Volumes that carry this tag with the run's id as its value are backed up: two runs in an account select their own. */
export const BACKUP_TAG = 'worklab:backup';

/** Days that a backup of the lab is kept, and the most that its vault's lock lets it be. */
export const KEPT_DAYS = 1;
export const MOST_DAYS = 7;

/** AWS's own policies for the role that AWS Backup takes on, by the ends of their ARNs. */
export const MAKES_BACKUPS = 'service-role/AWSBackupServiceRolePolicyForBackup';
export const RESTORES_BACKUPS = 'service-role/AWSBackupServiceRolePolicyForRestores';

export const BACKS_UP_BUCKETS = 'AWSBackupServiceRolePolicyForS3Backup';
export const RESTORES_BUCKETS = 'AWSBackupServiceRolePolicyForS3Restore';

/** What nobody may do to a recovery point while the vault's policy stands. */
export const FORBIDDEN = ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'] as const;

/** What a vault has to tell: that a backup failed, and that a restore is done. */
export const EVENTS = ['BACKUP_JOB_FAILED', 'RESTORE_JOB_COMPLETED'] as const;

/** Every night, and once a week, in a time zone that says so. Schedules of AWS Backup begin up to their start window late. */
export const DAILY = 'cron(0 5 ? * * *)';
export const WEEKLY = 'cron(0 6 ? * SUN *)';
export const TIME_ZONE = 'Asia/Ho_Chi_Minh';

/** The most days that a continuous backup can be kept (API reference of BackupRule, 2026-11-22). */
export const LONGEST_CONTINUOUS = 35;

/** Report plans are named in letters, digits and underscores. */
export const reportPlanName = (prefix: string): string => `${prefix.replaceAll('-', '_')}_backups`;

/** The role that AWS Backup makes for itself when an account's first report plan is made: it writes the reports. */
export const reportWriter = (account: string): string =>
  `arn:aws:iam::${account}:role/aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports`;

// Facts that the stack makes and the checks look for, said once. Plain data, so that reading it loads nothing.

/** Below the run's name. Buckets: "worklab-<run>-datasync-source". */
export const NAMES = {
  source: 'datasync-source',
  target: 'datasync-target',
  role: 'datasync',
  logGroup: 'datasync',
  policy: 'datasync',
  buckets: 'datasync-buckets',
  files: 'datasync-files',
  share: 'datasync-share',
  agent: 'datasync-agent',
  agentGroup: 'datasync-agent',
  efsGroup: 'datasync-efs',
  fromEfs: 'datasync-efs-from',
  toEfs: 'datasync-efs-to',
} as const;

/** Where the copy lies in the target bucket, and where the reports: apart, so that a verification meets none of them. */
export const COPY = '/copy/';
export const REPORTS = '/reports/';

/** 1 MiB a second. */
export const BYTES_PER_SECOND = 1_048_576;
/** Sundays at three; switched off, so that nothing fills the buckets while they are taken down. */
export const WEEKLY = 'cron(0 3 ? * SUN *)';

/** What is put into the source bucket where nothing is in it. */
export const FILES: readonly string[] = ['a.txt', 'b.txt', 'c.txt', 'reports/2026.csv', 'reports/2025.csv'];

export const SERVICE = 'datasync.amazonaws.com';

/** What the role does with the buckets (DataSync user guide, "Required permissions for S3 buckets", 2026-11-22). */
export const BUCKET_ACTIONS: readonly string[] = [
  's3:GetBucketLocation',
  's3:ListBucket',
  's3:ListBucketMultipartUploads',
];
export const OBJECT_ACTIONS: readonly string[] = [
  's3:AbortMultipartUpload',
  's3:DeleteObject',
  's3:GetObject',
  's3:GetObjectTagging',
  's3:GetObjectVersion',
  's3:GetObjectVersionTagging',
  's3:ListMultipartUploadParts',
  's3:PutObject',
  's3:PutObjectTagging',
];

/** A public parameter that AWS keeps up to date (DataSync user guide, "Deploying your agent", 2026-11-22). */
export const AGENT_IMAGE = '/aws/service/datasync/ami';
/** The smallest type that the user guide supports (2026-11-22). */
export const AGENT_TYPE = 'm5.2xlarge';
/** GiB. */
export const AGENT_DISK = 80;
export const ROOT_DEVICE = '/dev/xvda';
export const CONNECT_AGENT = 'connect-agent';

/** A share that an agent would read: a name that leads nowhere (RFC 2606). */
export const SHARE_HOST = 'files.worklab.example';

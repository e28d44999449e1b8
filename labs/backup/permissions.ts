// What the AWS Backup lab has to be allowed: a vault and a plan of the run, jobs on its volume, the role that they run with.

import type { Permission } from '../../lib/kit';

const OF_A_RUN = { StringLike: { 'aws:ResourceTag/worklab:run': '*' } };
const VAULTS = ['arn:aws:backup:*:*:backup-vault:worklab-*'];
/** Plans, jobs and recovery points are named by ids. */
const PLANS = ['arn:aws:backup:*:*:backup-plan:*'];
const POINTS = ['arn:aws:ec2:*::snapshot/*', 'arn:aws:backup:*:*:recovery-point:*'];

export const permissions: readonly Permission[] = [
  {
    actions: [
      'backup:DescribeBackupJob',
      'backup:DescribeCopyJob',
      'backup:DescribeGlobalSettings',
      'backup:DescribeRegionSettings',
      'backup:DescribeReportJob',
      'backup:DescribeRestoreJob',
      'backup:ListBackupJobs',
      'backup:ListBackupPlans',
      'backup:ListBackupVaults',
      'backup:ListCopyJobs',
      'backup:ListRecoveryPointsByResource',
      'backup:ListReportJobs',
      'backup:ListReportPlans',
      'backup:ListRestoreJobs',
      'backup:ListTags',
      'backup:StopBackupJob',
      'backup:UpdateGlobalSettings',
      'backup:UpdateRegionSettings',
      'ec2:DescribeAvailabilityZones',
      'ec2:DescribeSnapshots',
      'ec2:DescribeVolumes',
      'iam:ListRoles',
      'organizations:DescribeOrganization',
      's3:ListAllMyBuckets',
      'sns:ListTopics',
    ],
    resources: ['*'],
  },
  {
    actions: [
      'backup:CreateBackupVault',
      'backup:DeleteBackupVault',
      'backup:DeleteBackupVaultAccessPolicy',
      'backup:DeleteBackupVaultLockConfiguration',
      'backup:DeleteBackupVaultNotifications',
      'backup:DescribeBackupVault',
      'backup:GetBackupVaultAccessPolicy',
      'backup:GetBackupVaultNotifications',
      'backup:ListRecoveryPointsByBackupVault',
      'backup:PutBackupVaultAccessPolicy',
      'backup:PutBackupVaultLockConfiguration',
      'backup:PutBackupVaultNotifications',
      'backup:StartBackupJob',
      'backup:TagResource',
      'backup:UntagResource',
    ],
    resources: VAULTS,
  },
  {
    // "backup-storage" is the part of AWS Backup that keeps what is in a vault.
    actions: ['backup-storage:MountCapsule'],
    resources: ['*'],
  },
  {
    actions: [
      'backup:CreateBackupPlan',
      'backup:CreateBackupSelection',
      'backup:DeleteBackupPlan',
      'backup:DeleteBackupSelection',
      'backup:GetBackupPlan',
      'backup:GetBackupSelection',
      'backup:ListBackupSelections',
      'backup:TagResource',
      'backup:UpdateBackupPlan',
    ],
    resources: PLANS,
  },
  {
    actions: [
      'backup:DeleteRecoveryPoint',
      'backup:DescribeRecoveryPoint',
      'backup:DisassociateRecoveryPoint',
      'backup:GetRecoveryPointRestoreMetadata',
      'backup:StartCopyJob',
      'backup:StartRestoreJob',
      'backup:TagResource',
    ],
    resources: POINTS,
  },
  {
    // Report plans are named in letters, digits and underscores.
    actions: ['backup:CreateReportPlan', 'backup:DeleteReportPlan', 'backup:StartReportJob', 'backup:TagResource'],
    resources: ['arn:aws:backup:*:*:report-plan:worklab_*'],
  },
  {
    // AWS Backup makes the role that writes reports with the account's first report plan.
    actions: ['iam:CreateServiceLinkedRole'],
    resources: ['arn:aws:iam::*:role/aws-service-role/reports.backup.amazonaws.com/*'],
  },
  {
    actions: [
      's3:CreateBucket',
      's3:DeleteBucket',
      's3:DeleteBucketPolicy',
      's3:GetBucketTagging',
      's3:GetBucketVersioning',
      's3:ListBucketVersions',
      's3:PutBucketPolicy',
      's3:PutBucketPublicAccessBlock',
      's3:PutBucketTagging',
      's3:PutBucketVersioning',
    ],
    resources: ['arn:aws:s3:::worklab-*'],
  },
  { actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'], resources: ['arn:aws:s3:::worklab-*/*'] },
  { actions: ['ec2:CreateTags', 'ec2:CreateVolume'], resources: ['arn:aws:ec2:*:*:volume/*'] },
  // A restored volume carries no tag, so none can be asked for.
  { actions: ['ec2:DeleteVolume'], resources: ['arn:aws:ec2:*:*:volume/*'] },
  { actions: ['ec2:DeleteSnapshot'], resources: ['arn:aws:ec2:*::snapshot/*'], conditions: OF_A_RUN },
  {
    actions: [
      'iam:AttachRolePolicy',
      'iam:CreateRole',
      'iam:DeleteRole',
      'iam:DeleteRolePolicy',
      'iam:DetachRolePolicy',
      'iam:GetRole',
      'iam:ListAttachedRolePolicies',
      'iam:ListRolePolicies',
      'iam:TagRole',
    ],
    resources: ['arn:aws:iam::*:role/worklab-*'],
  },
  {
    actions: ['iam:PassRole'],
    resources: ['arn:aws:iam::*:role/worklab-*'],
    conditions: { StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } },
  },
  {
    actions: [
      'sns:CreateTopic',
      'sns:DeleteTopic',
      'sns:GetTopicAttributes',
      'sns:SetTopicAttributes',
      'sns:TagResource',
    ],
    resources: ['arn:aws:sns:*:*:worklab-*'],
  },
  {
    // The default key "aws/backup" is asked for when a vault is made without one.
    actions: ['kms:CreateGrant', 'kms:DescribeKey', 'kms:GenerateDataKey', 'kms:RetireGrant'],
    resources: ['arn:aws:kms:*:*:key/*'],
    conditions: { StringLike: { 'kms:ViaService': 'backup.*.amazonaws.com' } },
  },
];

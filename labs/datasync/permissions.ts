// What the DataSync lab has to be allowed: tasks and their ends, what they stand on, and an agent's machine.

import type { Permission } from '../../lib/kit';

const OF_A_RUN = { StringLike: { 'aws:ResourceTag/worklab:run': '*' } };
const EVERY_EC2 = ['arn:aws:ec2:*:*:*', 'arn:aws:ec2:*::image/*'];

export const permissions: readonly Permission[] = [
  {
    actions: [
      'datasync:Describe*',
      'datasync:List*',
      'ec2:Describe*',
      'elasticfilesystem:Describe*',
      'iam:ListRoles',
      'logs:DescribeLogGroups',
      'logs:DescribeResourcePolicies',
      's3:GetBucketTagging',
      's3:ListAllMyBuckets',
    ],
    resources: ['*'],
  },
  {
    actions: [
      'datasync:CancelTaskExecution',
      'datasync:CreateAgent',
      'datasync:CreateLocationEfs',
      'datasync:CreateLocationNfs',
      'datasync:CreateLocationS3',
      'datasync:CreateTask',
      'datasync:DeleteAgent',
      'datasync:DeleteLocation',
      'datasync:DeleteTask',
      'datasync:StartTaskExecution',
      'datasync:TagResource',
      'datasync:UntagResource',
      'datasync:UpdateLocationEfs',
      'datasync:UpdateLocationS3',
      'datasync:UpdateTask',
    ],
    resources: ['arn:aws:datasync:*:*:*'],
  },
  {
    actions: [
      's3:CreateBucket',
      's3:DeleteBucket',
      's3:GetBucketLocation',
      's3:ListBucket',
      's3:ListBucketMultipartUploads',
      's3:ListBucketVersions',
      's3:PutBucketOwnershipControls',
      's3:PutBucketPublicAccessBlock',
      's3:PutBucketTagging',
      's3:PutEncryptionConfiguration',
    ],
    resources: ['arn:aws:s3:::worklab-*'],
  },
  {
    actions: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:GetObject', 's3:PutObject'],
    resources: ['arn:aws:s3:::worklab-*/*'],
  },
  {
    actions: [
      'iam:CreateRole',
      'iam:DeleteRole',
      'iam:DeleteRolePolicy',
      'iam:DetachRolePolicy',
      'iam:GetRole',
      'iam:GetRolePolicy',
      'iam:ListAttachedRolePolicies',
      'iam:ListRolePolicies',
      'iam:PutRolePolicy',
      'iam:TagRole',
    ],
    resources: ['arn:aws:iam::*:role/worklab-*'],
  },
  {
    actions: ['iam:PassRole'],
    resources: ['arn:aws:iam::*:role/worklab-*'],
    conditions: { StringEquals: { 'iam:PassedToService': 'datasync.amazonaws.com' } },
  },
  {
    actions: [
      'logs:CreateLogGroup',
      'logs:DeleteLogGroup',
      'logs:FilterLogEvents',
      'logs:ListTagsForResource',
      'logs:PutRetentionPolicy',
      'logs:TagResource',
    ],
    resources: ['arn:aws:logs:*:*:log-group:worklab-*'],
  },
  { actions: ['logs:DeleteResourcePolicy', 'logs:PutResourcePolicy'], resources: ['*'] },
  {
    actions: [
      'elasticfilesystem:CreateFileSystem',
      'elasticfilesystem:CreateMountTarget',
      'elasticfilesystem:DeleteFileSystem',
      'elasticfilesystem:DeleteMountTarget',
      'elasticfilesystem:PutBackupPolicy',
      'elasticfilesystem:TagResource',
    ],
    resources: ['arn:aws:elasticfilesystem:*:*:*'],
  },
  {
    actions: ['ec2:CreateSecurityGroup', 'ec2:CreateTags', 'ec2:RunInstances'],
    resources: EVERY_EC2,
  },
  {
    // DataSync and EFS make interfaces in the subnet in the name of whoever makes the location, task or mount target.
    actions: [
      'ec2:CreateNetworkInterface',
      'ec2:CreateNetworkInterfacePermission',
      'ec2:DeleteNetworkInterface',
      'ec2:ModifyNetworkInterfaceAttribute',
    ],
    resources: EVERY_EC2,
  },
  {
    actions: [
      'ec2:AuthorizeSecurityGroupEgress',
      'ec2:AuthorizeSecurityGroupIngress',
      'ec2:DeleteSecurityGroup',
      'ec2:DeleteVolume',
      'ec2:RevokeSecurityGroupEgress',
      'ec2:RevokeSecurityGroupIngress',
      'ec2:TerminateInstances',
    ],
    resources: EVERY_EC2,
    conditions: OF_A_RUN,
  },
  {
    actions: ['ssm:GetParameter', 'ssm:GetParameters'],
    resources: ['arn:aws:ssm:*::parameter/aws/service/datasync/*', 'arn:aws:ssm:*:*:parameter/worklab-*'],
  },
];

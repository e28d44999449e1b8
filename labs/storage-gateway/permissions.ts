// What the Storage Gateway lab has to be allowed: gateways and what stands on them, their instances, a bucket and its role.

import type { Permission } from '../../lib/kit';

const OF_A_RUN = { StringLike: { 'aws:ResourceTag/worklab:run': '*' } };
const WITH_THE_TAG = { StringLike: { 'aws:RequestTag/worklab:run': '*' } };
const EVERY_EC2 = ['arn:aws:ec2:*:*:*', 'arn:aws:ec2:*::image/*', 'arn:aws:ec2:*::snapshot/*'];
const EVERY_GATEWAY = ['arn:aws:storagegateway:*:*:*'];

export const permissions: readonly Permission[] = [
  {
    actions: [
      'ec2:DescribeInstances',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSnapshots',
      'ec2:DescribeVolumes',
      'ec2:DescribeVpcEndpoints',
      'ec2:DescribeVpcs',
      'cloudwatch:ListDashboards',
      'iam:ListRoles',
      'logs:DescribeLogGroups',
      's3:ListAllMyBuckets',
      'storagegateway:List*',
    ],
    resources: ['*'],
  },
  {
    actions: ['ssm:GetParameter', 'ssm:GetParameters'],
    resources: ['arn:aws:ssm:*::parameter/aws/service/storagegateway/*', 'arn:aws:ssm:*:*:parameter/worklab-*'],
  },
  {
    actions: ['storagegateway:ActivateGateway', 'storagegateway:CreateTapePool'],
    resources: ['*'],
    conditions: WITH_THE_TAG,
  },
  { actions: ['storagegateway:Describe*', 'storagegateway:AddTagsToResource'], resources: EVERY_GATEWAY },
  {
    // Volumes, shares and devices stand below their gateway's ARN or beside it, and not each takes a condition on its tags.
    actions: [
      'storagegateway:AddCache',
      'storagegateway:AddUploadBuffer',
      'storagegateway:CreateCachediSCSIVolume',
      'storagegateway:CreateNFSFileShare',
      'storagegateway:CreateSMBFileShare',
      'storagegateway:CreateSnapshot',
      'storagegateway:CreateStorediSCSIVolume',
      'storagegateway:CreateTapes',
      'storagegateway:DeleteFileShare',
      'storagegateway:DeleteGateway',
      'storagegateway:DeleteTape',
      'storagegateway:DeleteTapeArchive',
      'storagegateway:DeleteTapePool',
      'storagegateway:DeleteVolume',
      'storagegateway:DisassociateFileSystem',
      'storagegateway:SetSMBGuestPassword',
      'storagegateway:UpdateBandwidthRateLimitSchedule',
      'storagegateway:UpdateChapCredentials',
      'storagegateway:UpdateNFSFileShare',
    ],
    resources: EVERY_GATEWAY,
  },
  { actions: ['ec2:CreateSecurityGroup', 'ec2:CreateTags', 'ec2:RunInstances'], resources: EVERY_EC2 },
  {
    actions: [
      'ec2:AuthorizeSecurityGroupIngress',
      'ec2:DeleteSecurityGroup',
      'ec2:DeleteSnapshot',
      'ec2:DeleteVolume',
      'ec2:DetachVolume',
      'ec2:RevokeSecurityGroupIngress',
      'ec2:StartInstances',
      'ec2:TerminateInstances',
    ],
    resources: EVERY_EC2,
    conditions: OF_A_RUN,
  },
  {
    actions: [
      's3:AbortMultipartUpload',
      's3:CreateBucket',
      's3:DeleteBucket',
      's3:DeleteBucketPolicy',
      's3:DeleteObject',
      's3:DeleteObjectVersion',
      's3:GetBucketPolicy',
      's3:GetBucketPublicAccessBlock',
      's3:GetLifecycleConfiguration',
      's3:ListBucket',
      's3:ListBucketMultipartUploads',
      's3:ListBucketVersions',
      's3:PutBucketPolicy',
      's3:PutBucketPublicAccessBlock',
      's3:PutBucketTagging',
      's3:PutBucketVersioning',
      's3:PutEncryptionConfiguration',
      's3:PutLifecycleConfiguration',
    ],
    resources: ['arn:aws:s3:::worklab-*'],
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
      'iam:UpdateAssumeRolePolicy',
    ],
    resources: ['arn:aws:iam::*:role/worklab-*'],
  },
  {
    actions: ['iam:PassRole'],
    resources: ['arn:aws:iam::*:role/worklab-*'],
    conditions: { StringEquals: { 'iam:PassedToService': 'storagegateway.amazonaws.com' } },
  },
  {
    actions: ['logs:CreateLogGroup', 'logs:DeleteLogGroup', 'logs:PutRetentionPolicy', 'logs:TagResource'],
    resources: ['arn:aws:logs:*:*:log-group:/worklab-*', 'arn:aws:logs:*:*:log-group:/aws/storagegateway/*'],
  },
  { actions: ['cloudwatch:DescribeAlarms'], resources: ['arn:aws:cloudwatch:*:*:alarm:*'] },
  {
    actions: ['cloudwatch:DeleteAlarms', 'cloudwatch:PutMetricAlarm', 'cloudwatch:TagResource'],
    resources: ['arn:aws:cloudwatch:*:*:alarm:worklab-*'],
  },
  {
    actions: ['cloudwatch:DeleteDashboards', 'cloudwatch:GetDashboard', 'cloudwatch:PutDashboard'],
    resources: ['arn:aws:cloudwatch::*:dashboard/worklab-*'],
  },
];

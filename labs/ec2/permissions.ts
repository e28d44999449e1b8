// What the EC2 lab has to be allowed: a machine and what belongs to it, a role that it is managed by, alarms.

import type { Permission } from '../../lib/kit';

const OF_A_RUN = { StringLike: { 'aws:ResourceTag/worklab:run': '*' } };
const EVERY_EC2 = ['arn:aws:ec2:*:*:*', 'arn:aws:ec2:*::image/*', 'arn:aws:ec2:*::snapshot/*'];

export const permissions: readonly Permission[] = [
  {
    actions: ['ec2:Describe*', 'ssm:DescribeParameters', 'ssm:ListCommandInvocations', 'cloudwatch:ListDashboards'],
    resources: ['*'],
  },
  { actions: ['ssm:GetParameter', 'ssm:GetParameters'], resources: ['arn:aws:ssm:*::parameter/aws/service/*'] },
  { actions: ['ssm:GetParameter'], resources: ['arn:aws:ssm:*:*:parameter/worklab-*'] },
  {
    actions: [
      'ec2:AllocateAddress',
      'ec2:CreateImage',
      'ec2:CreateNetworkAcl',
      'ec2:CreatePlacementGroup',
      'ec2:CreateSecurityGroup',
      'ec2:CreateSnapshot',
      'ec2:CreateSubnet',
      'ec2:CreateTags',
      'ec2:CreateVolume',
      'ec2:ImportKeyPair',
      'ec2:RunInstances',
    ],
    resources: EVERY_EC2,
  },
  {
    actions: [
      'ec2:AssociateAddress',
      'ec2:AssociateIamInstanceProfile',
      'ec2:AssociateRouteTable',
      'ec2:AttachVolume',
      'ec2:AuthorizeSecurityGroupIngress',
      'ec2:CreateNetworkAclEntry',
      'ec2:CreateRoute',
      'ec2:CreateRouteTable',
      'ec2:DeleteKeyPair',
      'ec2:DeleteLaunchTemplate',
      'ec2:DeleteNetworkAcl',
      'ec2:DeleteNetworkAclEntry',
      'ec2:DeletePlacementGroup',
      'ec2:DeleteSecurityGroup',
      'ec2:DeleteSnapshot',
      'ec2:DeleteSubnet',
      'ec2:DeleteVolume',
      'ec2:DeregisterImage',
      'ec2:DetachVolume',
      'ec2:DisableImageDeregistrationProtection',
      'ec2:DisassociateAddress',
      'ec2:DisassociateIamInstanceProfile',
      'ec2:ModifyImageAttribute',
      'ec2:ModifyInstanceAttribute',
      'ec2:ModifyInstanceMetadataOptions',
      'ec2:ReleaseAddress',
      'ec2:ReplaceNetworkAclAssociation',
      'ec2:RevokeSecurityGroupIngress',
      'ec2:StartInstances',
      'ec2:StopInstances',
      'ec2:TerminateInstances',
    ],
    resources: EVERY_EC2,
    conditions: OF_A_RUN,
  },
  {
    actions: [
      'iam:AttachRolePolicy',
      'iam:CreateRole',
      'iam:DeleteRole',
      'iam:DeleteRolePolicy',
      'iam:DetachRolePolicy',
      'iam:GetRole',
      'iam:ListAttachedRolePolicies',
      'iam:ListInstanceProfilesForRole',
      'iam:ListRolePolicies',
      'iam:TagRole',
    ],
    resources: ['arn:aws:iam::*:role/worklab-*'],
  },
  {
    actions: ['iam:PassRole'],
    resources: ['arn:aws:iam::*:role/worklab-*'],
    conditions: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
  },
  {
    actions: [
      'iam:AddRoleToInstanceProfile',
      'iam:CreateInstanceProfile',
      'iam:DeleteInstanceProfile',
      'iam:GetInstanceProfile',
      'iam:RemoveRoleFromInstanceProfile',
      'iam:TagInstanceProfile',
    ],
    resources: ['arn:aws:iam::*:instance-profile/worklab-*'],
  },
  { actions: ['iam:ListInstanceProfiles', 'iam:ListRoles'], resources: ['*'] },
  {
    actions: [
      'cloudwatch:DeleteAlarms',
      'cloudwatch:ListTagsForResource',
      'cloudwatch:PutMetricAlarm',
      'cloudwatch:TagResource',
    ],
    resources: ['arn:aws:cloudwatch:*:*:alarm:worklab-*'],
  },
  { actions: ['cloudwatch:DescribeAlarms'], resources: ['arn:aws:cloudwatch:*:*:alarm:*'] },
  {
    actions: ['cloudwatch:DeleteDashboards', 'cloudwatch:GetDashboard', 'cloudwatch:PutDashboard'],
    resources: ['arn:aws:cloudwatch::*:dashboard/worklab-*'],
  },
  {
    actions: ['ssm:SendCommand'],
    resources: ['arn:aws:ec2:*:*:instance/*', 'arn:aws:ssm:*::document/AWS-RunShellScript'],
  },
];

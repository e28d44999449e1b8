// What the Systems Manager lab has to be allowed: one machine, what looks after it, and the roles that it and Automation act with.

import type { Permission } from '../../lib/kit';

const OF_A_RUN = { StringLike: { 'aws:ResourceTag/worklab:run': '*' } };
const EVERY_EC2 = ['arn:aws:ec2:*:*:*', 'arn:aws:ec2:*::image/*'];
const INSTANCES = 'arn:aws:ec2:*:*:instance/*';
const DOCUMENTS = ['arn:aws:ssm:*:*:document/worklab-*', 'arn:aws:ssm:*:*:automation-definition/worklab-*'];
const AMAZONS = 'arn:aws:ssm:*::document/AWS-*';

export const permissions: readonly Permission[] = [
  {
    actions: [
      'ec2:Describe*',
      'events:ListRules',
      'iam:ListRoles',
      'logs:DescribeLogGroups',
      'ssm:Describe*',
      'ssm:GetAutomationExecution',
      'ssm:GetInventory',
      'ssm:GetPatchBaselineForPatchGroup',
      'ssm:List*',
      'tag:GetResources',
    ],
    resources: ['*'],
  },
  { actions: ['ssm:GetParameter', 'ssm:GetParameters'], resources: ['arn:aws:ssm:*::parameter/aws/service/*'] },
  {
    actions: [
      'ssm:AddTagsToResource',
      'ssm:DeleteParameter',
      'ssm:GetParameter',
      'ssm:GetParameters',
      'ssm:GetParametersByPath',
      'ssm:PutParameter',
      'ssm:RemoveTagsFromResource',
    ],
    resources: ['arn:aws:ssm:*:*:parameter/worklab-*'],
  },
  {
    actions: [
      'ec2:CreateRouteTable',
      'ec2:CreateSecurityGroup',
      'ec2:CreateSubnet',
      'ec2:CreateTags',
      'ec2:RunInstances',
    ],
    resources: EVERY_EC2,
  },
  {
    actions: [
      'ec2:AssociateIamInstanceProfile',
      'ec2:AssociateRouteTable',
      'ec2:AuthorizeSecurityGroupEgress',
      'ec2:CreateRoute',
      'ec2:DeleteRoute',
      'ec2:DeleteRouteTable',
      'ec2:DeleteSecurityGroup',
      'ec2:DeleteSubnet',
      'ec2:DisassociateRouteTable',
      'ec2:ModifySubnetAttribute',
      'ec2:RebootInstances',
      'ec2:RevokeSecurityGroupEgress',
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
      'ssm:AddTagsToResource',
      'ssm:CreateDocument',
      'ssm:DeleteDocument',
      'ssm:GetDocument',
      'ssm:StartAutomationExecution',
      'ssm:UpdateDocument',
      'ssm:UpdateDocumentDefaultVersion',
    ],
    resources: DOCUMENTS,
  },
  // Named by ids that AWS makes: an execution, an association, a baseline, a window cannot be told by its name.
  {
    actions: [
      'ssm:AddTagsToResource',
      'ssm:CreateAssociation',
      'ssm:CreateMaintenanceWindow',
      'ssm:CreatePatchBaseline',
      'ssm:PutComplianceItems',
      'ssm:StopAutomationExecution',
    ],
    resources: ['*'],
  },
  {
    actions: [
      'ssm:DeleteAssociation',
      'ssm:DeleteMaintenanceWindow',
      'ssm:DeletePatchBaseline',
      'ssm:DeregisterPatchBaselineForPatchGroup',
      'ssm:DeregisterTargetFromMaintenanceWindow',
      'ssm:DeregisterTaskFromMaintenanceWindow',
      'ssm:GetMaintenanceWindow',
      'ssm:GetMaintenanceWindowTask',
      'ssm:GetPatchBaseline',
      'ssm:RegisterPatchBaselineForPatchGroup',
      'ssm:RegisterTargetWithMaintenanceWindow',
      'ssm:RegisterTaskWithMaintenanceWindow',
      'ssm:StartAssociationsOnce',
      'ssm:UpdateAssociation',
      'ssm:UpdateMaintenanceWindow',
      'ssm:UpdatePatchBaseline',
    ],
    resources: [
      'arn:aws:ssm:*:*:association/*',
      'arn:aws:ssm:*:*:maintenancewindow/*',
      'arn:aws:ssm:*:*:patchbaseline/*',
      ...DOCUMENTS,
      AMAZONS,
      INSTANCES,
    ],
  },
  { actions: ['ssm:SendCommand'], resources: [INSTANCES, ...DOCUMENTS, AMAZONS] },
  { actions: ['ssm:StartSession'], resources: [INSTANCES, ...DOCUMENTS] },
  { actions: ['ssm:TerminateSession'], resources: ['arn:aws:ssm:*:*:session/*'] },
  {
    actions: [
      'iam:AttachRolePolicy',
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
    conditions: { StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com', 'ssm.amazonaws.com'] } },
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
  {
    actions: [
      'logs:CreateLogGroup',
      'logs:DeleteLogGroup',
      'logs:ListTagsForResource',
      'logs:PutRetentionPolicy',
      'logs:TagResource',
    ],
    resources: ['arn:aws:logs:*:*:log-group:worklab-*'],
  },
  {
    actions: [
      'events:DeleteRule',
      'events:DescribeRule',
      'events:ListTargetsByRule',
      'events:PutRule',
      'events:PutTargets',
      'events:RemoveTargets',
      'events:TagResource',
    ],
    resources: ['arn:aws:events:*:*:rule/worklab-*'],
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
];

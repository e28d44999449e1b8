// What the Organizations lab has to be allowed. Nothing that makes, moves, closes or removes an account, or an organization.

import type { Permission } from '../../lib/kit';

const OF_A_RUN = { StringLike: { 'aws:ResourceTag/worklab:run': '*' } };

export const permissions: readonly Permission[] = [
  {
    actions: [
      'organizations:DescribeOrganization',
      'organizations:ListAccounts',
      'organizations:ListAWSServiceAccessForOrganization',
      'organizations:ListPolicies',
      'organizations:ListRoots',
      'ce:ListCostAllocationTags',
      'ce:ListCostCategoryDefinitions',
      'ec2:DescribeManagedPrefixLists',
      'ec2:GetManagedPrefixListEntries',
      'ram:GetResourceShareAssociations',
      'ram:GetResourceShares',
      'ram:ListPrincipals',
      'ram:ListResources',
      'sns:ListTopics',
    ],
    resources: ['*'],
  },
  {
    actions: [
      'organizations:DescribeOrganizationalUnit',
      'organizations:DescribePolicy',
      'organizations:ListOrganizationalUnitsForParent',
      'organizations:ListPoliciesForTarget',
      'organizations:ListTagsForResource',
      'organizations:ListTargetsForPolicy',
    ],
    resources: ['arn:aws:organizations::*:*'],
  },
  {
    actions: [
      'organizations:AttachPolicy',
      'organizations:CreateOrganizationalUnit',
      'organizations:DeleteOrganizationalUnit',
      'organizations:DetachPolicy',
      'organizations:UpdateOrganizationalUnit',
    ],
    resources: [
      'arn:aws:organizations::*:root/*',
      'arn:aws:organizations::*:ou/*',
      'arn:aws:organizations::*:policy/*',
    ],
  },
  {
    actions: ['organizations:DeletePolicy', 'organizations:UpdatePolicy'],
    resources: ['arn:aws:organizations::*:policy/*'],
    conditions: OF_A_RUN,
  },
  {
    actions: [
      'organizations:CreatePolicy',
      'organizations:DisableAWSServiceAccess',
      'organizations:DisablePolicyType',
      'organizations:EnablePolicyType',
      'organizations:TagResource',
      'ce:UpdateCostAllocationTagsStatus',
    ],
    resources: ['*'],
  },
  {
    actions: [
      'budgets:ListTagsForResource',
      'budgets:ModifyBudget',
      'budgets:TagResource',
      'budgets:UntagResource',
      'budgets:ViewBudget',
    ],
    resources: ['arn:aws:budgets::*:budget/*'],
  },
  {
    actions: [
      'ce:CreateCostCategoryDefinition',
      'ce:DeleteCostCategoryDefinition',
      'ce:DescribeCostCategoryDefinition',
      'ce:ListTagsForResource',
      'ce:TagResource',
      'ce:UpdateCostCategoryDefinition',
    ],
    resources: ['*'],
  },
  {
    actions: ['ec2:CreateManagedPrefixList', 'ec2:CreateTags'],
    resources: ['arn:aws:ec2:*:*:prefix-list/*'],
  },
  {
    actions: ['ec2:DeleteManagedPrefixList', 'ec2:DeleteTags', 'ec2:ModifyManagedPrefixList'],
    resources: ['arn:aws:ec2:*:*:prefix-list/*'],
    conditions: OF_A_RUN,
  },
  { actions: ['ram:CreateResourceShare', 'ram:TagResource'], resources: ['*'] },
  {
    actions: [
      'ram:AssociateResourceShare',
      'ram:DeleteResourceShare',
      'ram:DisassociateResourceShare',
      'ram:UpdateResourceShare',
    ],
    resources: ['arn:aws:ram:*:*:resource-share/*'],
    conditions: OF_A_RUN,
  },
  {
    actions: [
      'sns:CreateTopic',
      'sns:DeleteTopic',
      'sns:GetTopicAttributes',
      'sns:ListTagsForResource',
      'sns:SetTopicAttributes',
      'sns:TagResource',
    ],
    resources: ['arn:aws:sns:*:*:worklab-*'],
  },
];

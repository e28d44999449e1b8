// What the IAM lab has to be allowed. Nothing that gives rights, except under a path of a run and under a run's boundary.

import type { Permission } from '../../lib/kit';

const BOUNDED = { ArnLike: { 'iam:PermissionsBoundary': 'arn:aws:iam::*:policy/worklab-*/worklab-*-boundary' } };
const USERS = ['arn:aws:iam::*:user/worklab-*'];
const GROUPS = ['arn:aws:iam::*:group/worklab-*'];
const ROLES = ['arn:aws:iam::*:role/worklab-*'];
const POLICIES = ['arn:aws:iam::*:policy/worklab-*'];
const PROFILES = ['arn:aws:iam::*:instance-profile/worklab-*'];
const DEVICES = ['arn:aws:iam::*:mfa/*'];

const LOOKING: Permission = {
  actions: [
    'iam:Get*',
    'iam:List*',
    'iam:Simulate*',
    'iam:GenerateServiceLastAccessedDetails',
    'cloudtrail:DescribeTrails',
    'cloudtrail:GetTrailStatus',
    'cloudtrail:LookupEvents',
    'events:ListRules',
    'organizations:Describe*',
    'organizations:List*',
    's3:ListAllMyBuckets',
    'sns:ListTopics',
    'ssm:DescribeParameters',
  ],
  resources: ['*'],
};

const PEOPLE: readonly Permission[] = [
  { actions: ['iam:CreateUser', 'iam:PutUserPermissionsBoundary'], resources: USERS, conditions: BOUNDED },
  {
    actions: [
      'iam:CreateAccessKey',
      'iam:DeactivateMFADevice',
      'iam:DeleteAccessKey',
      'iam:DeleteLoginProfile',
      'iam:DeleteSSHPublicKey',
      'iam:DeleteServiceSpecificCredential',
      'iam:DeleteSigningCertificate',
      'iam:DeleteUser',
      'iam:DeleteUserPolicy',
      'iam:DetachUserPolicy',
      'iam:EnableMFADevice',
      'iam:TagUser',
      'iam:UntagUser',
      'iam:UpdateAccessKey',
    ],
    resources: USERS,
  },
  {
    actions: [
      'iam:AddUserToGroup',
      'iam:AttachGroupPolicy',
      'iam:CreateGroup',
      'iam:DeleteGroup',
      'iam:DeleteGroupPolicy',
      'iam:DetachGroupPolicy',
      'iam:PutGroupPolicy',
      'iam:RemoveUserFromGroup',
    ],
    resources: GROUPS,
  },
  { actions: ['iam:CreateVirtualMFADevice', 'iam:DeleteVirtualMFADevice', 'iam:TagMFADevice'], resources: DEVICES },
  {
    actions: ['iam:DeleteAccountPasswordPolicy', 'iam:UpdateAccountPasswordPolicy'],
    resources: ['*'],
  },
];

const ROLES_AND_POLICIES: readonly Permission[] = [
  {
    actions: ['iam:AttachRolePolicy', 'iam:CreateRole', 'iam:PutRolePermissionsBoundary', 'iam:PutRolePolicy'],
    resources: ROLES,
    conditions: BOUNDED,
  },
  {
    actions: [
      'iam:DeleteRole',
      'iam:DeleteRolePolicy',
      'iam:DetachRolePolicy',
      'iam:TagRole',
      'iam:UntagRole',
      'iam:UpdateAssumeRolePolicy',
      'iam:UpdateRole',
    ],
    resources: ROLES,
  },
  {
    actions: ['iam:PassRole'],
    resources: ROLES,
    conditions: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
  },
  {
    actions: [
      'iam:CreatePolicy',
      'iam:CreatePolicyVersion',
      'iam:DeletePolicy',
      'iam:DeletePolicyVersion',
      'iam:TagPolicy',
      'iam:UntagPolicy',
    ],
    resources: POLICIES,
  },
  {
    actions: [
      'iam:AddRoleToInstanceProfile',
      'iam:CreateInstanceProfile',
      'iam:DeleteInstanceProfile',
      'iam:RemoveRoleFromInstanceProfile',
      'iam:TagInstanceProfile',
    ],
    resources: PROFILES,
  },
  {
    actions: ['iam:CreateSAMLProvider', 'iam:DeleteSAMLProvider', 'iam:TagSAMLProvider', 'iam:UpdateSAMLProvider'],
    resources: ['arn:aws:iam::*:saml-provider/worklab-*'],
  },
  {
    actions: [
      'iam:CreateOpenIDConnectProvider',
      'iam:DeleteOpenIDConnectProvider',
      'iam:TagOpenIDConnectProvider',
      'iam:UpdateOpenIDConnectProviderThumbprint',
    ],
    resources: ['arn:aws:iam::*:oidc-provider/token.actions.githubusercontent.com/worklab-*'],
  },
];

const WATCHING: readonly Permission[] = [
  {
    actions: [
      'cloudtrail:AddTags',
      'cloudtrail:CreateTrail',
      'cloudtrail:DeleteTrail',
      'cloudtrail:StartLogging',
      'cloudtrail:StopLogging',
      'cloudtrail:UpdateTrail',
    ],
    resources: ['arn:aws:cloudtrail:us-east-1:*:trail/worklab-*'],
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
    resources: ['arn:aws:events:us-east-1:*:rule/worklab-*'],
  },
  {
    actions: [
      'sns:CreateTopic',
      'sns:DeleteTopic',
      'sns:GetTopicAttributes',
      'sns:SetTopicAttributes',
      'sns:TagResource',
    ],
    resources: ['arn:aws:sns:us-east-1:*:worklab-*'],
  },
  {
    actions: [
      's3:AbortMultipartUpload',
      's3:CreateBucket',
      's3:DeleteBucket',
      's3:DeleteBucketPolicy',
      's3:DeleteObject',
      's3:DeleteObjectVersion',
      's3:GetBucket*',
      's3:ListBucketMultipartUploads',
      's3:ListBucketVersions',
      's3:PutBucketOwnershipControls',
      's3:PutBucketPolicy',
      's3:PutBucketPublicAccessBlock',
      's3:PutBucketTagging',
      's3:PutEncryptionConfiguration',
      's3:PutLifecycleConfiguration',
    ],
    resources: ['arn:aws:s3:::worklab-*'],
  },
  {
    actions: ['ssm:AddTagsToResource', 'ssm:DeleteParameter', 'ssm:GetParameter', 'ssm:PutParameter'],
    resources: ['arn:aws:ssm:us-east-1:*:parameter/worklab-*'],
  },
];

/** Organizations knows no names in its ARNs: these are for the account that manages one, and only for who lets the exercise in. */
const GUARDRAILS: Permission = {
  actions: [
    'organizations:AttachPolicy',
    'organizations:CreateOrganizationalUnit',
    'organizations:CreatePolicy',
    'organizations:DeleteOrganizationalUnit',
    'organizations:DeletePolicy',
    'organizations:DetachPolicy',
    'organizations:TagResource',
    'organizations:UpdatePolicy',
  ],
  resources: ['*'],
};

export const permissions: readonly Permission[] = [LOOKING, ...PEOPLE, ...ROLES_AND_POLICIES, ...WATCHING, GUARDRAILS];

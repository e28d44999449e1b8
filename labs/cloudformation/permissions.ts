// What the CloudFormation lab has to be allowed: stacks and sets under the runs' names, and what its templates make.

import type { Permission } from '../../lib/kit';

const STACKS = ['arn:aws:cloudformation:*:*:stack/worklab-*'];
const SETS = [
  'arn:aws:cloudformation:*:*:stackset/worklab-*',
  'arn:aws:cloudformation:*:*:stackset-target/worklab-*',
  'arn:aws:cloudformation:*::type/resource/*',
];
const ROLES = ['arn:aws:iam::*:role/worklab-*'];

export const permissions: readonly Permission[] = [
  {
    actions: [
      'cloudformation:CreateStack',
      'cloudformation:DetectStackDrift',
      'cloudformation:DetectStackResourceDrift',
      'cloudformation:DescribeStackResources',
      'cloudformation:GetStackPolicy',
      'cloudformation:ListChangeSets',
      'cloudformation:SetStackPolicy',
      'cloudformation:TagResource',
      'cloudformation:UpdateStack',
    ],
    resources: STACKS,
  },
  {
    actions: [
      'cloudformation:DescribeStackDriftDetectionStatus',
      'cloudformation:GetTemplateSummary',
      'cloudformation:ListExports',
      'cloudformation:ListImports',
      'cloudformation:ListStacks',
      'cloudformation:ValidateTemplate',
    ],
    resources: ['*'],
  },
  // An instance whose set is gone.
  { actions: ['cloudformation:DeleteStack'], resources: ['arn:aws:cloudformation:*:*:stack/StackSet-worklab-*'] },
  {
    actions: [
      'cloudformation:CreateStackInstances',
      'cloudformation:CreateStackSet',
      'cloudformation:DeleteStackInstances',
      'cloudformation:DeleteStackSet',
      'cloudformation:DescribeStackSet',
      'cloudformation:DescribeStackSetOperation',
      'cloudformation:ListStackInstances',
      'cloudformation:ListStackSetOperationResults',
      'cloudformation:ListStackSetOperations',
      'cloudformation:TagResource',
      'cloudformation:UpdateStackInstances',
      'cloudformation:UpdateStackSet',
    ],
    resources: SETS,
  },
  {
    actions: [
      'iam:CreateRole',
      'iam:DeleteRole',
      'iam:DeleteRolePolicy',
      'iam:GetRole',
      'iam:GetRolePolicy',
      'iam:PutRolePolicy',
      'iam:TagRole',
    ],
    resources: ROLES,
  },
  {
    actions: ['iam:PassRole'],
    resources: ROLES,
    conditions: { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } },
  },
  {
    actions: [
      's3:CreateBucket',
      's3:DeleteBucket',
      's3:GetObject',
      's3:PutBucketOwnershipControls',
      's3:PutBucketPublicAccessBlock',
      's3:PutBucketTagging',
      's3:PutEncryptionConfiguration',
      's3:PutObject',
    ],
    resources: ['arn:aws:s3:::worklab-*'],
  },
  {
    actions: [
      'cloudwatch:DeleteAlarms',
      'cloudwatch:PutMetricAlarm',
      'cloudwatch:SetAlarmState',
      'cloudwatch:TagResource',
    ],
    resources: ['arn:aws:cloudwatch:*:*:alarm:worklab-*'],
  },
  {
    actions: ['sqs:CreateQueue', 'sqs:DeleteQueue', 'sqs:GetQueueAttributes', 'sqs:SetQueueAttributes', 'sqs:TagQueue'],
    resources: ['arn:aws:sqs:*:*:worklab-*'],
  },
  {
    actions: ['sns:CreateTopic', 'sns:DeleteTopic', 'sns:GetTopicAttributes', 'sns:Subscribe', 'sns:TagResource'],
    resources: ['arn:aws:sns:*:*:worklab-*'],
  },
  {
    actions: [
      'ssm:AddTagsToResource',
      'ssm:DeleteParameter',
      'ssm:GetParameter',
      'ssm:GetParameters',
      'ssm:ListTagsForResource',
      'ssm:PutParameter',
      'ssm:RemoveTagsFromResource',
    ],
    resources: ['arn:aws:ssm:*:*:parameter/worklab-*'],
  },
  { actions: ['ssm:DescribeParameters'], resources: ['*'] },
];

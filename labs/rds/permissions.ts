// What the RDS lab has to be allowed: databases of small classes and what belongs to them, alarms, a topic.

import type { Permission } from '../../lib/kit';

const OF_A_RUN = { StringLike: { 'aws:ResourceTag/worklab:run': '*' } };
const rds = (...types: readonly string[]): string[] => types.map((type) => `arn:aws:rds:*:*:${type}:worklab-*`);
const OF_RDS = rds('db', 'snapshot', 'subgrp', 'pg', 'og', 'es');

export const permissions: readonly Permission[] = [
  {
    actions: [
      'rds:Describe*',
      'rds:ListTagsForResource',
      'ec2:DescribeInstances',
      'ec2:DescribeRouteTables',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSubnets',
      'ec2:DescribeVpcs',
      'kms:DescribeKey',
      'kms:ListAliases',
      'kms:ListKeys',
      'kms:ListResourceTags',
      'logs:DescribeLogGroups',
      'secretsmanager:ListSecrets',
      'sns:ListTopics',
      'ssm:DescribeInstanceInformation',
      'cloudwatch:DescribeAlarms',
      'cloudwatch:ListDashboards',
    ],
    resources: ['*'],
  },
  { actions: ['ssm:GetParameter'], resources: ['arn:aws:ssm:*:*:parameter/worklab-*'] },
  {
    actions: [
      'rds:CreateDBInstance',
      'rds:CreateDBInstanceReadReplica',
      'rds:ModifyDBInstance',
      'rds:RestoreDBInstanceFromDBSnapshot',
    ],
    resources: [...OF_RDS, 'arn:aws:rds:*:*:pg:default.*', 'arn:aws:rds:*:*:og:default:*'],
    conditions: { StringEqualsIfExists: { 'rds:DatabaseClass': ['db.t4g.micro', 'db.t3.micro', 'db.t4g.small'] } },
  },
  {
    actions: [
      'rds:AddTagsToResource',
      'rds:CreateDBParameterGroup',
      'rds:CreateDBSnapshot',
      'rds:CreateDBSubnetGroup',
      'rds:CreateEventSubscription',
      'rds:CreateOptionGroup',
      'rds:DeleteDBInstance',
      'rds:DeleteDBParameterGroup',
      'rds:DeleteDBSnapshot',
      'rds:DeleteDBSubnetGroup',
      'rds:DeleteEventSubscription',
      'rds:DeleteOptionGroup',
      'rds:ModifyDBParameterGroup',
      'rds:ModifyEventSubscription',
      'rds:ModifyOptionGroup',
      'rds:RebootDBInstance',
      'rds:RemoveTagsFromResource',
    ],
    resources: OF_RDS,
  },
  { actions: ['rds:DeleteDBInstanceAutomatedBackup'], resources: ['arn:aws:rds:*:*:auto-backup:*'] },
  {
    actions: ['rds:DeleteBlueGreenDeployment'],
    resources: ['arn:aws:rds:*:*:deployment:*', 'arn:aws:rds:*:*:db:worklab-*'],
  },
  // The way in: a port that an instance of the run forwards.
  {
    actions: ['ssm:StartSession'],
    resources: ['arn:aws:ec2:*:*:instance/*'],
    conditions: { StringLike: { 'ssm:resourceTag/worklab:run': '*' } },
  },
  { actions: ['ssm:StartSession'], resources: ['arn:aws:ssm:*::document/AWS-StartPortForwardingSessionToRemoteHost'] },
  {
    actions: ['iam:CreateServiceLinkedRole'],
    resources: ['arn:aws:iam::*:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS'],
    conditions: { StringEquals: { 'iam:AWSServiceName': 'rds.amazonaws.com' } },
  },
  { actions: ['ec2:CreateSecurityGroup', 'ec2:CreateTags'], resources: ['arn:aws:ec2:*:*:*'] },
  {
    actions: [
      'ec2:AuthorizeSecurityGroupIngress',
      'ec2:DeleteSecurityGroup',
      'ec2:RevokeSecurityGroupEgress',
      'ec2:RevokeSecurityGroupIngress',
    ],
    resources: ['arn:aws:ec2:*:*:security-group/*'],
    conditions: OF_A_RUN,
  },
  // RDS makes the master password in the name of whoever creates the database.
  {
    actions: ['secretsmanager:CreateSecret', 'secretsmanager:TagResource', 'secretsmanager:RotateSecret'],
    resources: ['arn:aws:secretsmanager:*:*:secret:rds!db-*'],
  },
  { actions: ['secretsmanager:GetSecretValue'], resources: ['arn:aws:secretsmanager:*:*:secret:rds!db-*'] },
  {
    actions: ['secretsmanager:DeleteSecret'],
    resources: ['arn:aws:secretsmanager:*:*:secret:*'],
    conditions: { StringLike: { 'secretsmanager:ResourceTag/worklab:run': '*' } },
  },
  {
    actions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKey'],
    resources: ['arn:aws:kms:*:*:key/*'],
    conditions: { StringLike: { 'kms:ViaService': ['rds.*.amazonaws.com', 'secretsmanager.*.amazonaws.com'] } },
  },
  { actions: ['kms:ScheduleKeyDeletion'], resources: ['arn:aws:kms:*:*:key/*'], conditions: OF_A_RUN },
  {
    actions: [
      'cloudwatch:DeleteAlarms',
      'cloudwatch:ListTagsForResource',
      'cloudwatch:PutMetricAlarm',
      'cloudwatch:TagResource',
    ],
    resources: ['arn:aws:cloudwatch:*:*:alarm:worklab-*'],
  },
  {
    actions: ['cloudwatch:DeleteDashboards', 'cloudwatch:GetDashboard', 'cloudwatch:PutDashboard'],
    resources: ['arn:aws:cloudwatch::*:dashboard/worklab-*'],
  },
  { actions: ['logs:DeleteLogGroup'], resources: ['arn:aws:logs:*:*:log-group:/aws/rds/instance/worklab-*'] },
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

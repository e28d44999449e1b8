// What the Route 53 lab has to be allowed. Route 53 names what it makes by itself, and knows no tags in conditions: the kind
// of thing is as narrow as it gets there. Buying a domain is not among it.

import type { Permission } from '../../lib/kit';

const OF_A_RUN = { StringLike: { 'aws:ResourceTag/worklab:run': '*' } };

export const permissions: readonly Permission[] = [
  {
    actions: [
      'route53:CreateCidrCollection',
      'route53:CreateHealthCheck',
      'route53:CreateHostedZone',
      'route53:CreateTrafficPolicy',
      'route53:GetChange',
      'route53:List*',
      'route53:TestDNSAnswer',
    ],
    resources: ['*'],
  },
  {
    actions: [
      'route53:ActivateKeySigningKey',
      'route53:AssociateVPCWithHostedZone',
      'route53:ChangeResourceRecordSets',
      'route53:ChangeTagsForResource',
      'route53:CreateKeySigningKey',
      'route53:CreateQueryLoggingConfig',
      'route53:DeactivateKeySigningKey',
      'route53:DeleteHostedZone',
      'route53:DeleteKeySigningKey',
      'route53:DeleteVPCAssociationAuthorization',
      'route53:DisableHostedZoneDNSSEC',
      'route53:DisassociateVPCFromHostedZone',
      'route53:EnableHostedZoneDNSSEC',
      'route53:GetDNSSEC',
      'route53:GetHostedZone',
      'route53:UpdateHostedZoneComment',
    ],
    resources: ['arn:aws:route53:::hostedzone/*'],
  },
  {
    actions: [
      'route53:ChangeTagsForResource',
      'route53:DeleteHealthCheck',
      'route53:GetHealthCheck',
      'route53:UpdateHealthCheck',
    ],
    resources: ['arn:aws:route53:::healthcheck/*'],
  },
  {
    actions: ['route53:CreateTrafficPolicyVersion', 'route53:DeleteTrafficPolicy', 'route53:GetTrafficPolicy'],
    resources: ['arn:aws:route53:::trafficpolicy/*'],
  },
  {
    actions: ['route53:DeleteTrafficPolicyInstance', 'route53:GetTrafficPolicyInstance'],
    resources: ['arn:aws:route53:::trafficpolicyinstance/*'],
  },
  {
    actions: ['route53:DeleteQueryLoggingConfig', 'route53:GetQueryLoggingConfig'],
    resources: ['arn:aws:route53:::queryloggingconfig/*'],
  },
  {
    actions: ['route53:ChangeCidrCollection', 'route53:DeleteCidrCollection'],
    resources: ['arn:aws:route53:::cidrcollection/*'],
  },
  { actions: ['route53:DeleteReusableDelegationSet'], resources: ['arn:aws:route53:::delegationset/*'] },
  {
    actions: [
      'route53domains:DisableDomainAutoRenew',
      'route53domains:GetDomainDetail',
      'route53domains:ListDomains',
      'route53domains:ListTagsForDomain',
    ],
    resources: ['*'],
  },
  {
    actions: [
      'route53resolver:AssociateResolverQueryLogConfig',
      'route53resolver:AssociateResolverRule',
      'route53resolver:CreateResolverEndpoint',
      'route53resolver:CreateResolverQueryLogConfig',
      'route53resolver:CreateResolverRule',
      'route53resolver:DeleteResolverEndpoint',
      'route53resolver:DeleteResolverQueryLogConfig',
      'route53resolver:DeleteResolverRule',
      'route53resolver:DisassociateResolverQueryLogConfig',
      'route53resolver:DisassociateResolverRule',
      'route53resolver:Get*',
      'route53resolver:List*',
      'route53resolver:TagResource',
    ],
    resources: ['arn:aws:route53resolver:*:*:*'],
  },
  {
    actions: [
      'kms:CreateGrant',
      'kms:DescribeKey',
      'kms:GetKeyPolicy',
      'kms:GetPublicKey',
      'kms:PutKeyPolicy',
      'kms:ScheduleKeyDeletion',
      'kms:Sign',
      'kms:TagResource',
    ],
    resources: ['arn:aws:kms:us-east-1:*:key/*'],
    conditions: OF_A_RUN,
  },
  {
    actions: ['kms:CreateAlias', 'kms:DeleteAlias'],
    resources: ['arn:aws:kms:us-east-1:*:key/*', 'arn:aws:kms:us-east-1:*:alias/worklab-*'],
  },
  { actions: ['kms:CreateKey', 'kms:ListAliases'], resources: ['*'] },
  {
    actions: [
      'logs:CreateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:DeleteResourcePolicy',
      'logs:DescribeLogGroups',
      'logs:DescribeResourcePolicies',
      'logs:GetLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:UpdateLogDelivery',
    ],
    resources: ['*'],
  },
  {
    actions: [
      'logs:CreateLogGroup',
      'logs:DeleteLogGroup',
      'logs:DescribeLogStreams',
      'logs:ListTagsForResource',
      'logs:PutRetentionPolicy',
      'logs:TagResource',
    ],
    resources: ['arn:aws:logs:*:*:log-group:worklab-*'],
  },
  {
    actions: [
      'cloudwatch:DeleteAlarms',
      'cloudwatch:ListTagsForResource',
      'cloudwatch:PutMetricAlarm',
      'cloudwatch:TagResource',
    ],
    resources: ['arn:aws:cloudwatch:us-east-1:*:alarm:worklab-*'],
  },
  { actions: ['cloudwatch:DescribeAlarms'], resources: ['arn:aws:cloudwatch:us-east-1:*:alarm:*'] },
  { actions: ['s3:ListAllMyBuckets'], resources: ['*'] },
  {
    actions: [
      's3:CreateBucket',
      's3:DeleteBucket',
      's3:GetBucketLocation',
      's3:GetBucketWebsite',
      's3:ListBucketVersions',
      's3:PutBucketPublicAccessBlock',
      's3:PutBucketTagging',
      's3:PutBucketWebsite',
    ],
    resources: ['arn:aws:s3:::worklab-*'],
  },
  { actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'], resources: ['arn:aws:s3:::worklab-*/*'] },
  {
    actions: [
      'ec2:AuthorizeSecurityGroupEgress',
      'ec2:AuthorizeSecurityGroupIngress',
      'ec2:CreateNetworkInterface',
      'ec2:CreateSecurityGroup',
      'ec2:RevokeSecurityGroupEgress',
    ],
    resources: ['arn:aws:ec2:*:*:*'],
  },
  { actions: ['ec2:Describe*'], resources: ['*'] },
];

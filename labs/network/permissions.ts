// What the network has to be allowed. EC2 names what it makes by itself, so the run's tag does what a name does elsewhere.

import type { Permission } from '../../lib/kit';

const OF_A_RUN = { StringLike: { 'aws:ResourceTag/worklab:run': '*' } };

export const permissions: readonly Permission[] = [
  {
    actions: [
      'ec2:DescribeAvailabilityZones',
      'ec2:DescribeInstances',
      'ec2:DescribeInternetGateways',
      'ec2:DescribeNatGateways',
      'ec2:DescribeNetworkAcls',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeRouteTables',
      'ec2:DescribeSecurityGroupRules',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSubnets',
      'ec2:DescribeVolumes',
      'ec2:DescribeVpcAttribute',
      'ec2:DescribeVpcEndpoints',
      'ec2:DescribeVpcs',
    ],
    resources: ['*'],
  },
  {
    actions: [
      'ec2:CreateInternetGateway',
      'ec2:CreateRoute',
      'ec2:CreateRouteTable',
      'ec2:CreateSubnet',
      'ec2:CreateTags',
      'ec2:CreateVpc',
      'ec2:CreateVpcEndpoint',
    ],
    resources: ['arn:aws:ec2:*:*:*'],
  },
  {
    actions: [
      'ec2:AssociateRouteTable',
      'ec2:AttachInternetGateway',
      'ec2:DeleteInternetGateway',
      'ec2:DeleteNatGateway',
      'ec2:DeleteNetworkAcl',
      'ec2:DeleteNetworkInterface',
      'ec2:DeleteRoute',
      'ec2:DeleteRouteTable',
      'ec2:DeleteSecurityGroup',
      'ec2:DeleteSubnet',
      'ec2:DeleteTags',
      'ec2:DeleteVolume',
      'ec2:DeleteVpc',
      'ec2:DeleteVpcEndpoints',
      'ec2:DetachInternetGateway',
      'ec2:DetachNetworkInterface',
      'ec2:DetachVolume',
      'ec2:DisassociateRouteTable',
      'ec2:ModifySubnetAttribute',
      'ec2:ModifyVpcAttribute',
      'ec2:RevokeSecurityGroupEgress',
      'ec2:RevokeSecurityGroupIngress',
      'ec2:TerminateInstances',
    ],
    resources: ['arn:aws:ec2:*:*:*'],
    conditions: OF_A_RUN,
  },
];

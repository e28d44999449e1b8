// Where the lab stands: a public subnet of its own, a firewall that lets nobody in, a role that an agent may report with.

import { Fn, Stack } from 'aws-cdk-lib';
import {
  CfnRoute,
  CfnRouteTable,
  CfnSecurityGroup,
  CfnSubnet,
  CfnSubnetRouteTableAssociation,
} from 'aws-cdk-lib/aws-ec2';
import { CfnInstanceProfile, CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AGENT_POLICY, SUBNET_CIDR } from '../facts';
import { mayRecord, trustedBy } from '../policies';

export interface GroundProps {
  readonly vpcId: string;
  readonly internetGatewayId: string;
  readonly named: (thing: string) => string;
}

export class Ground extends Construct {
  readonly subnet: CfnSubnet;
  readonly group: CfnSecurityGroup;
  readonly profile: CfnInstanceProfile;
  readonly sessions: CfnLogGroup;

  constructor(parent: Construct, id: string, { vpcId, internetGatewayId, named }: GroundProps) {
    super(parent, id);
    const tags = [{ key: 'Name', value: named('managed') }];
    this.subnet = new CfnSubnet(this, 'Subnet', {
      vpcId,
      cidrBlock: SUBNET_CIDR,
      availabilityZone: Fn.select(0, Fn.getAzs()),
      // An address of its own is how the agent calls out; three interface endpoints would cost six times as much.
      mapPublicIpOnLaunch: true,
      tags,
    });
    const routes = new CfnRouteTable(this, 'Routes', { vpcId, tags });
    new CfnRoute(this, 'InternetRoute', {
      routeTableId: routes.ref,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: internetGatewayId,
    });
    new CfnSubnetRouteTableAssociation(this, 'SubnetRoutes', { subnetId: this.subnet.ref, routeTableId: routes.ref });
    this.group = new CfnSecurityGroup(this, 'Firewall', {
      groupName: named('managed'),
      groupDescription: 'Nobody gets in; the agent gets out over HTTPS',
      vpcId,
      securityGroupEgress: [
        {
          ipProtocol: 'tcp',
          fromPort: 443,
          toPort: 443,
          cidrIp: '0.0.0.0/0',
          description: 'Systems Manager, S3, packages',
        },
      ],
    });
    this.sessions = new CfnLogGroup(this, 'Sessions', { logGroupName: named('sessions'), retentionInDays: 1 });
    this.profile = this.instanceProfile(named);
  }

  private instanceProfile(named: GroundProps['named']): CfnInstanceProfile {
    const role = new CfnRole(this, 'Role', {
      roleName: named('managed'),
      description: 'The managed machine of the Systems Manager lab',
      assumeRolePolicyDocument: trustedBy('ec2.amazonaws.com'),
      managedPolicyArns: [`arn:${Stack.of(this).partition}:iam::aws:policy/${AGENT_POLICY}`],
      policies: [{ policyName: 'record-sessions', policyDocument: mayRecord(this.sessions.attrArn) }],
    });
    return new CfnInstanceProfile(this, 'Profile', { instanceProfileName: named('managed'), roles: [role.ref] });
  }
}

// Where the lab stands: a public subnet of its own in the run's VPC, so that its network ACL meets no neighbour.

import { Fn } from 'aws-cdk-lib';
import { CfnRoute, CfnRouteTable, CfnSubnet, CfnSubnetRouteTableAssociation } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { SUBNET_CIDR } from '../facts';

export interface GroundProps {
  readonly vpcId: string;
  readonly internetGatewayId: string;
  readonly name: string;
}

export class Ground extends Construct {
  readonly subnet: CfnSubnet;

  constructor(parent: Construct, id: string, { vpcId, internetGatewayId, name }: GroundProps) {
    super(parent, id);
    const tags = [{ key: 'Name', value: name }];
    this.subnet = new CfnSubnet(this, 'Subnet', {
      vpcId,
      cidrBlock: SUBNET_CIDR,
      availabilityZone: Fn.select(0, Fn.getAzs()),
      // The Elastic IP is the one public address: a second one would cost as much again.
      mapPublicIpOnLaunch: false,
      tags,
    });
    const routes = new CfnRouteTable(this, 'Routes', { vpcId, tags });
    new CfnRoute(this, 'InternetRoute', {
      routeTableId: routes.ref,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: internetGatewayId,
    });
    new CfnSubnetRouteTableAssociation(this, 'SubnetRoutes', { subnetId: this.subnet.ref, routeTableId: routes.ref });
  }
}

// One VPC in two zones, with public and isolated subnets, that other labs stand in. Nothing in it costs by the hour.

import { Fn } from 'aws-cdk-lib';
import {
  CfnInternetGateway,
  CfnRoute,
  CfnRouteTable,
  CfnSubnet,
  CfnSubnetRouteTableAssociation,
  CfnVPC,
  CfnVPCEndpoint,
  CfnVPCGatewayAttachment,
} from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { LabStack, type LabStackProps } from '../../lib/kit/stack';

type Tier = 'public' | 'isolated';

/** The first two zones of the region, as Fn::GetAZs gives them, and the address block of each subnet. */
const ZONES = [
  { letter: 'a', zone: () => Fn.select(0, Fn.getAzs()), public: '10.44.0.0/24', isolated: '10.44.10.0/24' },
  { letter: 'b', zone: () => Fn.select(1, Fn.getAzs()), public: '10.44.1.0/24', isolated: '10.44.11.0/24' },
];

/**
 * Resources one by one rather than CDK's Vpc: that one asks the account for its zones, and restricts the default
 * security group by a Lambda function.
 */
export class NetworkStack extends LabStack {
  private readonly vpc: CfnVPC;

  constructor(parent: Construct, id: string, props: LabStackProps) {
    super(parent, id, props);
    this.vpc = new CfnVPC(this, 'Vpc', {
      cidrBlock: '10.44.0.0/16',
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: this.nameTag('vpc'),
    });
    const tables = { public: this.routeTable('public'), isolated: this.routeTable('isolated') };
    this.routeToTheInternet(tables.public);
    // A gateway endpoint is free and keeps S3 traffic of both tiers off the internet.
    new CfnVPCEndpoint(this, 'S3Endpoint', {
      vpcId: this.vpc.ref,
      serviceName: `com.amazonaws.${this.region}.s3`,
      vpcEndpointType: 'Gateway',
      routeTableIds: [tables.public.ref, tables.isolated.ref],
    });
    this.publish('vpc-id', this.vpc.ref);
    for (const { letter, zone, ...cidr } of ZONES) {
      this.publish(`zone-${letter}`, zone());
      this.subnet('public', letter, { cidrBlock: cidr.public, availabilityZone: zone() }, tables.public);
      this.subnet('isolated', letter, { cidrBlock: cidr.isolated, availabilityZone: zone() }, tables.isolated);
    }
  }

  private routeTable(tier: Tier): CfnRouteTable {
    const table = new CfnRouteTable(this, `${pascal(tier)}Routes`, { vpcId: this.vpc.ref, tags: this.nameTag(tier) });
    this.publish(`${tier}-route-table-id`, table.ref);
    return table;
  }

  private routeToTheInternet(table: CfnRouteTable): void {
    const gateway = new CfnInternetGateway(this, 'InternetGateway', { tags: this.nameTag('internet') });
    const attachment = new CfnVPCGatewayAttachment(this, 'InternetGatewayAttachment', {
      vpcId: this.vpc.ref,
      internetGatewayId: gateway.ref,
    });
    const route = new CfnRoute(this, 'InternetRoute', {
      routeTableId: table.ref,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: gateway.ref,
    });
    route.addResourceDependency(attachment);
    this.publish('internet-gateway-id', gateway.ref);
  }

  private subnet(
    tier: Tier,
    letter: string,
    place: { readonly cidrBlock: string; readonly availabilityZone: string },
    table: CfnRouteTable,
  ): void {
    const id = `${pascal(tier)}Subnet${letter.toUpperCase()}`;
    // No public address by itself: each costs by the hour, so whoever wants one says so.
    const subnet = new CfnSubnet(this, id, {
      vpcId: this.vpc.ref,
      ...place,
      mapPublicIpOnLaunch: false,
      tags: this.nameTag(`${tier}-${letter}`),
    });
    new CfnSubnetRouteTableAssociation(this, `${id}Routes`, { subnetId: subnet.ref, routeTableId: table.ref });
    this.publish(`${tier}-subnet-${letter}-id`, subnet.ref);
  }

  private nameTag(thing: string): { key: string; value: string }[] {
    return [{ key: 'Name', value: this.named(thing) }];
  }
}

const pascal = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

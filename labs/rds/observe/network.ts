// Where the run's databases stand, and who may talk to them.

import {
  EC2Client,
  type IpPermission,
  paginateDescribeRouteTables,
  paginateDescribeSecurityGroups,
  type RouteTable,
} from '@aws-sdk/client-ec2';
import { paginateDescribeDBSubnetGroups, RDSClient } from '@aws-sdk/client-rds';
import { type Aws, collect, items, type RunScope } from '../../../lib/kit';
import { type Database, databases } from './databases';

export interface Placed extends Database {
  readonly zones: readonly string[];
  /** Subnets of its group with a route to an internet gateway. */
  readonly publicSubnets: readonly string[];
  /** Rules of its security groups that let somebody in. */
  readonly openings: readonly Opening[];
}

export interface Opening {
  readonly group: string;
  /** "tcp 3306", "all". */
  readonly what: string;
  readonly port?: number | undefined;
  /** Address ranges and prefix lists, where it names any. */
  readonly ranges: readonly string[];
  readonly fromGroups: readonly string[];
}

export async function placed(aws: Aws, scope: RunScope): Promise<Placed[]> {
  const all = await databases(aws, scope);
  const groups = paginateDescribeDBSubnetGroups({ client: aws.client(RDSClient) }, {});
  const subnetGroups = await collect(items(groups, (page) => page.DBSubnetGroups));
  const client = aws.client(EC2Client);
  const tables = await collect(items(paginateDescribeRouteTables({ client }, {}), (page) => page.RouteTables));
  const security = await collect(items(paginateDescribeSecurityGroups({ client }, {}), (page) => page.SecurityGroups));
  return all.map((database) => {
    const group = subnetGroups.find(({ DBSubnetGroupName }) => DBSubnetGroupName === database.subnetGroup);
    const subnets = group?.Subnets ?? [];
    return {
      ...database,
      zones: [...new Set(subnets.flatMap(({ SubnetAvailabilityZone }) => SubnetAvailabilityZone?.Name ?? []))],
      publicSubnets: subnets
        .flatMap(({ SubnetIdentifier }) => SubnetIdentifier ?? [])
        .filter((subnet) => isPublic(subnet, group?.VpcId, tables)),
      openings: security
        .filter(({ GroupId = '' }) => database.securityGroups.includes(GroupId))
        .flatMap(({ GroupId = '', IpPermissions = [] }) => IpPermissions.map((rule) => opening(GroupId, rule))),
    };
  });
}

/** A subnet that no table names goes by the main table of its VPC. */
function isPublic(subnet: string, vpc: string | undefined, tables: readonly RouteTable[]): boolean {
  const own = tables.find(({ Associations = [] }) => Associations.some(({ SubnetId }) => SubnetId === subnet));
  const main = tables.find(({ VpcId, Associations = [] }) => VpcId === vpc && Associations.some(({ Main }) => Main));
  return ((own ?? main)?.Routes ?? []).some(({ GatewayId = '' }) => GatewayId.startsWith('igw-'));
}

function opening(group: string, rule: IpPermission): Opening {
  const { IpProtocol = '-1', FromPort, ToPort, IpRanges = [], Ipv6Ranges = [], PrefixListIds = [] } = rule;
  const span = FromPort === ToPort ? `${FromPort}` : `${FromPort}-${ToPort}`;
  return {
    group,
    what: IpProtocol === '-1' ? 'all' : `${IpProtocol} ${span}`,
    port: IpProtocol === 'tcp' && FromPort === ToPort ? FromPort : undefined,
    ranges: [
      ...IpRanges.flatMap(({ CidrIp }) => CidrIp ?? []),
      ...Ipv6Ranges.flatMap(({ CidrIpv6 }) => CidrIpv6 ?? []),
      ...PrefixListIds.flatMap(({ PrefixListId }) => PrefixListId ?? []),
    ],
    fromGroups: (rule.UserIdGroupPairs ?? []).flatMap(({ GroupId }) => GroupId ?? []),
  };
}

// Who may reach the machines: the security groups around them, and the network ACL in front of their subnet.

import {
  EC2Client,
  type IpPermission,
  type NetworkAclEntry,
  paginateDescribeNetworkAcls,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
} from '@aws-sdk/client-ec2';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';
import { SUBNET_CIDR } from '../facts';

export interface Group {
  readonly id: string;
  readonly name: string;
  /** Where port 22 may be reached from: CIDR blocks, group or prefix list ids. */
  readonly sshFrom: readonly string[];
}

export interface AclEntry {
  readonly number: number;
  readonly egress: boolean;
  readonly allow: boolean;
  /** -1 is every protocol, 6 is TCP. */
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

export interface Acl {
  readonly id: string;
  readonly isDefault: boolean;
  readonly entries: readonly AclEntry[];
}

export interface Traffic {
  readonly groups: readonly Group[];
  /** In front of the lab's subnet. */
  readonly acl?: Acl | undefined;
}

export async function traffic(aws: Aws, scope: RunScope): Promise<Traffic> {
  const client = aws.client(EC2Client);
  const subnets = await collect(items(paginateDescribeSubnets({ client }, {}), (page) => page.Subnets));
  const ground = subnets.find(({ CidrBlock, Tags }) => CidrBlock === SUBNET_CIDR && isMarked(scope, { tags: Tags }));
  const groups = await collect(items(paginateDescribeSecurityGroups({ client }, {}), (page) => page.SecurityGroups));
  const acls = await collect(items(paginateDescribeNetworkAcls({ client }, {}), (page) => page.NetworkAcls));
  const inFront = acls.find(({ Associations = [] }) =>
    Associations.some(({ SubnetId }) => SubnetId !== undefined && SubnetId === ground?.SubnetId),
  );
  return {
    groups: groups
      .filter(({ VpcId, Tags, GroupName }) => isMarked(scope, { tags: Tags, names: [GroupName] }) || isHere(VpcId))
      .map(({ GroupId = '', GroupName = '', IpPermissions = [] }) => ({
        id: GroupId,
        name: GroupName,
        sshFrom: IpPermissions.filter(coversSsh).flatMap(sources),
      })),
    acl: inFront && {
      id: inFront.NetworkAclId ?? '',
      isDefault: inFront.IsDefault ?? false,
      entries: (inFront.Entries ?? []).map(plain),
    },
  };

  function isHere(vpc: string | undefined): boolean {
    return vpc !== undefined && vpc === ground?.VpcId;
  }
}

const coversSsh = ({ IpProtocol, FromPort = 0, ToPort = 65535 }: IpPermission): boolean =>
  IpProtocol === '-1' || (IpProtocol === 'tcp' && FromPort <= 22 && ToPort >= 22);

const sources = ({
  IpRanges = [],
  Ipv6Ranges = [],
  UserIdGroupPairs = [],
  PrefixListIds = [],
}: IpPermission): string[] => [
  ...IpRanges.flatMap(({ CidrIp }) => CidrIp ?? []),
  ...Ipv6Ranges.flatMap(({ CidrIpv6 }) => CidrIpv6 ?? []),
  ...UserIdGroupPairs.flatMap(({ GroupId }) => GroupId ?? []),
  ...PrefixListIds.flatMap(({ PrefixListId }) => PrefixListId ?? []),
];

const plain = ({
  RuleNumber = 0,
  Egress = false,
  RuleAction,
  Protocol = '',
  PortRange,
}: NetworkAclEntry): AclEntry => ({
  number: RuleNumber,
  egress: Egress,
  allow: RuleAction === 'allow',
  protocol: Protocol,
  from: PortRange?.From ?? 0,
  to: PortRange?.To ?? 65535,
});

// Subnets and what stands in front of them: route tables, network ACLs, security groups.

import {
  DeleteNetworkAclCommand,
  DeleteRouteTableCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DisassociateRouteTableCommand,
  type EC2Client,
  type IpPermission,
  paginateDescribeNetworkAcls,
  paginateDescribeRouteTables,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
  ReplaceNetworkAclAssociationCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { items, type Sweeper, unlessGone } from '../../../lib/kit';
import { ec2, membership } from './membership';

export const subnets: Sweeper = {
  kind: 'ec2:subnet',
  after: ['ec2:instance', 'ec2:network-interface', 'ec2:natgateway', 'ec2:vpc-endpoint'],

  async *list(aws, scope) {
    const isOfRun = await membership(aws, scope);
    for await (const { SubnetId, VpcId, Tags } of items(
      paginateDescribeSubnets(ec2(aws), {}),
      (page) => page.Subnets,
    )) {
      const subnet = { id: SubnetId, vpc: VpcId, tags: Tags };
      if (isOfRun(subnet)) yield { kind: 'ec2:subnet', id: subnet.id };
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['InvalidSubnetID.NotFound'], () => ec2(aws).client.send(new DeleteSubnetCommand({ SubnetId: id }))),
};

/** A VPC's main table goes with the VPC, and only so. */
export const routeTables: Sweeper = {
  kind: 'ec2:route-table',
  after: ['ec2:vpc-endpoint', 'ec2:subnet'],

  async *list(aws, scope) {
    const isOfRun = await membership(aws, scope);
    const pages = paginateDescribeRouteTables(ec2(aws), {});
    for await (const { RouteTableId, VpcId, Tags, Associations } of items(pages, (page) => page.RouteTables)) {
      const table = { id: RouteTableId, vpc: VpcId, tags: Tags };
      const isMain = Associations?.some(({ Main }) => Main === true) ?? false;
      if (!isMain && isOfRun(table)) yield { kind: 'ec2:route-table', id: table.id };
    }
  },

  remove: (aws, { id: RouteTableId }) =>
    unlessGone(['InvalidRouteTableID.NotFound'], async () => {
      const { client } = ec2(aws);
      const describe = new DescribeRouteTablesCommand({ RouteTableIds: [RouteTableId] });
      for (const { Associations = [] } of (await client.send(describe)).RouteTables ?? []) {
        for (const { RouteTableAssociationId: AssociationId } of Associations) {
          const disassociate = new DisassociateRouteTableCommand({ AssociationId });
          await unlessGone(['InvalidAssociationID.NotFound'], () => client.send(disassociate));
        }
      }
      await client.send(new DeleteRouteTableCommand({ RouteTableId }));
    }),
};

/** A VPC's default ACL goes with the VPC, and only so. */
export const networkAcls: Sweeper = {
  kind: 'ec2:network-acl',
  after: ['ec2:subnet'],

  async *list(aws, scope) {
    const isOfRun = await membership(aws, scope);
    const pages = paginateDescribeNetworkAcls(ec2(aws), {});
    for await (const { NetworkAclId, VpcId, Tags, IsDefault } of items(pages, (page) => page.NetworkAcls)) {
      const acl = { id: NetworkAclId, vpc: VpcId, tags: Tags };
      if (IsDefault !== true && isOfRun(acl)) yield { kind: 'ec2:network-acl', id: acl.id };
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['InvalidNetworkAclID.NotFound'], async () => {
      const { client } = ec2(aws);
      await giveSubnetsBack(client, id);
      await client.send(new DeleteNetworkAclCommand({ NetworkAclId: id }));
    }),
};

/** An ACL in use cannot be deleted: its subnets go back to the default ACL of their VPC. */
async function giveSubnetsBack(client: EC2Client, id: string): Promise<void> {
  const { NetworkAcls = [] } = await client.send(new DescribeNetworkAclsCommand({ NetworkAclIds: [id] }));
  for (const { VpcId = '', Associations = [] } of NetworkAcls) {
    if (Associations.length === 0) continue;
    const Filters = [
      { Name: 'vpc-id', Values: [VpcId] },
      { Name: 'default', Values: ['true'] },
    ];
    const [fallback] = (await client.send(new DescribeNetworkAclsCommand({ Filters }))).NetworkAcls ?? [];
    for (const { NetworkAclAssociationId: AssociationId } of Associations) {
      const replace = new ReplaceNetworkAclAssociationCommand({ AssociationId, NetworkAclId: fallback?.NetworkAclId });
      await unlessGone(['InvalidAssociationID.NotFound'], () => client.send(replace));
    }
  }
}

/** A VPC's default group goes with the VPC, and only so. */
export const securityGroups: Sweeper = {
  kind: 'ec2:security-group',
  after: ['ec2:instance', 'ec2:network-interface', 'ec2:vpc-endpoint', 'rds:db'],

  async *list(aws, scope) {
    const isOfRun = await membership(aws, scope);
    const pages = paginateDescribeSecurityGroups(ec2(aws), {});
    for await (const { GroupId, GroupName, VpcId, Tags } of items(pages, (page) => page.SecurityGroups)) {
      const group = { id: GroupId, vpc: VpcId, tags: Tags, name: GroupName };
      if (GroupName !== 'default' && isOfRun(group)) yield { kind: 'ec2:security-group', id: group.id };
    }
  },

  remove: (aws, { id: GroupId }) =>
    unlessGone(['InvalidGroup.NotFound', 'InvalidGroupId.NotFound'], async () => {
      const { client } = ec2(aws);
      await forget(client, GroupId);
      await client.send(new DeleteSecurityGroupCommand({ GroupId }));
    }),
};

/** Rules of other groups that name this one would keep it: two groups that name each other keep both. */
async function forget(client: EC2Client, id: string): Promise<void> {
  const naming = (permissions: readonly IpPermission[] = []): IpPermission[] =>
    permissions.flatMap(({ UserIdGroupPairs = [], IpProtocol, FromPort, ToPort }) => {
      const pairs = UserIdGroupPairs.filter(({ GroupId }) => GroupId === id).map(({ GroupId }) => ({ GroupId }));
      return pairs.length === 0 ? [] : [{ IpProtocol, FromPort, ToPort, UserIdGroupPairs: pairs }];
    });
  const groups = items(paginateDescribeSecurityGroups({ client }, {}), (page) => page.SecurityGroups);
  for await (const { GroupId, IpPermissions, IpPermissionsEgress } of groups) {
    if (GroupId === id) continue;
    const incoming = naming(IpPermissions);
    const outgoing = naming(IpPermissionsEgress);
    if (incoming.length > 0)
      await client.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: incoming }));
    if (outgoing.length > 0)
      await client.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: outgoing }));
  }
}

// VPCs and their gateways: last to go, since everything else stands in them.

import {
  DeleteInternetGatewayCommand,
  DeleteNatGatewayCommand,
  DeleteVpcCommand,
  DescribeInternetGatewaysCommand,
  DetachInternetGatewayCommand,
  paginateDescribeInternetGateways,
  paginateDescribeNatGateways,
  paginateDescribeVpcs,
  waitUntilNatGatewayDeleted,
} from '@aws-sdk/client-ec2';
import { items, patience, type Sweeper, unlessGone } from '../../../lib/kit';
import { ec2, membership } from './membership';

export const vpcs: Sweeper = {
  kind: 'ec2:vpc',
  after: [
    'ec2:subnet',
    'ec2:security-group',
    'ec2:network-acl',
    'ec2:route-table',
    'ec2:internet-gateway',
    'ec2:vpc-endpoint',
  ],

  async *list(aws, scope) {
    const isOfRun = await membership(aws, scope);
    for await (const { VpcId, Tags } of items(paginateDescribeVpcs(ec2(aws), {}), (page) => page.Vpcs)) {
      const vpc = { id: VpcId, tags: Tags };
      if (isOfRun(vpc)) yield { kind: 'ec2:vpc', id: vpc.id };
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['InvalidVpcID.NotFound'], () => ec2(aws).client.send(new DeleteVpcCommand({ VpcId: id }))),
};

export const internetGateways: Sweeper = {
  kind: 'ec2:internet-gateway',
  // A gateway cannot be detached while public addresses are mapped through it.
  after: ['ec2:instance', 'ec2:elastic-ip', 'ec2:natgateway', 'ec2:network-interface'],

  async *list(aws, scope) {
    const isOfRun = await membership(aws, scope);
    const pages = paginateDescribeInternetGateways(ec2(aws), {});
    for await (const { InternetGatewayId, Tags, Attachments } of items(pages, (page) => page.InternetGateways)) {
      const gateway = { id: InternetGatewayId, vpc: Attachments?.[0]?.VpcId, tags: Tags };
      if (isOfRun(gateway)) yield { kind: 'ec2:internet-gateway', id: gateway.id };
    }
  },

  remove: (aws, { id: InternetGatewayId }) =>
    unlessGone(['InvalidInternetGatewayID.NotFound'], async () => {
      const { client } = ec2(aws);
      const describe = new DescribeInternetGatewaysCommand({ InternetGatewayIds: [InternetGatewayId] });
      for (const { Attachments = [] } of (await client.send(describe)).InternetGateways ?? []) {
        for (const { VpcId } of Attachments) {
          const detach = new DetachInternetGatewayCommand({ InternetGatewayId, VpcId });
          await unlessGone(['Gateway.NotAttached'], () => client.send(detach));
        }
      }
      await client.send(new DeleteInternetGatewayCommand({ InternetGatewayId }));
    }),
};

/** The lab makes none; a learner may, and it costs more by the hour than all the rest. */
export const natGateways: Sweeper = {
  kind: 'ec2:natgateway',

  async *list(aws, scope) {
    const isOfRun = await membership(aws, scope);
    // A deleted gateway stays listed for about an hour.
    const pages = paginateDescribeNatGateways(ec2(aws), {});
    for await (const { NatGatewayId, VpcId, Tags, State } of items(pages, (page) => page.NatGateways)) {
      const gateway = { id: NatGatewayId, vpc: VpcId, tags: Tags };
      if (State !== 'deleted' && isOfRun(gateway)) yield { kind: 'ec2:natgateway', id: gateway.id };
    }
  },

  remove: (aws, { id: NatGatewayId }) =>
    unlessGone(['NatGatewayNotFound', 'InvalidNatGatewayID.NotFound'], async () => {
      await ec2(aws).client.send(new DeleteNatGatewayCommand({ NatGatewayId }));
      await waitUntilNatGatewayDeleted({ ...ec2(aws), ...patience(aws, 600) }, { NatGatewayIds: [NatGatewayId] });
    }),
};

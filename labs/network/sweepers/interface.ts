// Network interfaces and VPC endpoints: what holds a subnet.

import {
  DeleteNetworkInterfaceCommand,
  DeleteVpcEndpointsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeVpcEndpointsCommand,
  DetachNetworkInterfaceCommand,
  type NetworkInterface,
  paginateDescribeInstances,
  paginateDescribeNetworkInterfaces,
  paginateDescribeVpcEndpoints,
} from '@aws-sdk/client-ec2';
import { type Aws, items, type Sweeper, unlessGone, waitUntil } from '../../../lib/kit';
import { ec2, membership } from './membership';

const GONE = ['InvalidNetworkInterfaceID.NotFound'];

/** An interface that its instance takes along is not listed while the instance is there. */
export const networkInterfaces: Sweeper = {
  kind: 'ec2:network-interface',
  after: [
    'ec2:instance',
    'ec2:natgateway',
    'ec2:vpc-endpoint',
    'rds:db',
    'route53resolver:resolver-endpoint',
    'datasync:task',
    'elasticfilesystem:mount-target',
  ],

  async *list(aws, scope) {
    const isOfRun = await membership(aws, scope);
    const standing = await standingInstances(aws);
    const pages = paginateDescribeNetworkInterfaces(ec2(aws), {});
    for await (const { NetworkInterfaceId, VpcId, TagSet, Attachment } of items(
      pages,
      (page) => page.NetworkInterfaces,
    )) {
      const leavesWithInstance =
        Attachment?.DeleteOnTermination !== false && standing.has(Attachment?.InstanceId ?? '');
      const one = { id: NetworkInterfaceId, vpc: VpcId, tags: TagSet };
      if (!leavesWithInstance && isOfRun(one)) yield { kind: 'ec2:network-interface', id: one.id };
    }
  },

  remove: (aws, { id }) =>
    unlessGone(GONE, async () => {
      const one = await describe(aws, id);
      if (one === undefined) return;
      // What a service made for itself leaves with that service, some time after it.
      if (one.RequesterManaged === true) return waitUntilGone(aws, id);
      await detach(aws, one);
      await ec2(aws).client.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: id }));
    }),
};

async function standingInstances(aws: Aws): Promise<Set<string>> {
  const ids = new Set<string>();
  const pages = paginateDescribeInstances(ec2(aws), {});
  for await (const { Instances = [] } of items(pages, (page) => page.Reservations)) {
    for (const { InstanceId, State } of Instances) {
      if (InstanceId !== undefined && State?.Name !== 'terminated') ids.add(InstanceId);
    }
  }
  return ids;
}

async function describe(aws: Aws, id: string): Promise<NetworkInterface | undefined> {
  const command = new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id] });
  return (await ec2(aws).client.send(command)).NetworkInterfaces?.[0];
}

/** An instance's first interface cannot be detached: it leaves with its instance, and until then its deletion is refused. */
async function detach(aws: Aws, { NetworkInterfaceId: id = '', Attachment }: NetworkInterface): Promise<void> {
  if (Attachment?.AttachmentId === undefined || Attachment.DeviceIndex === 0) return;
  const command = new DetachNetworkInterfaceCommand({ AttachmentId: Attachment.AttachmentId, Force: true });
  await unlessGone(['InvalidAttachmentID.NotFound'], () => ec2(aws).client.send(command));
  const isDetached = async () => (await describe(aws, id))?.Attachment?.AttachmentId === undefined;
  await waitUntil(aws, { for: `network interface ${id} to be detached`, seconds: 120 }, isDetached);
}

const waitUntilGone = (aws: Aws, id: string): Promise<void> =>
  waitUntil(aws, { for: `network interface ${id} to leave with the service that made it`, seconds: 300 }, async () => {
    const pages = paginateDescribeNetworkInterfaces(ec2(aws), {});
    for await (const one of items(pages, (page) => page.NetworkInterfaces)) {
      if (one.NetworkInterfaceId === id) return false;
    }
    return true;
  });

export const vpcEndpoints: Sweeper = {
  kind: 'ec2:vpc-endpoint',

  async *list(aws, scope) {
    const isOfRun = await membership(aws, scope);
    const pages = paginateDescribeVpcEndpoints(ec2(aws), {});
    for await (const { VpcEndpointId, VpcId, Tags, State } of items(pages, (page) => page.VpcEndpoints)) {
      const endpoint = { id: VpcEndpointId, vpc: VpcId, tags: Tags };
      if (State?.toLowerCase() !== 'deleted' && isOfRun(endpoint)) yield { kind: 'ec2:vpc-endpoint', id: endpoint.id };
    }
  },

  async remove(aws, { id }) {
    const { client } = ec2(aws);
    // This operation answers 200 even when it refused: what it refused is in the answer.
    const { Unsuccessful = [] } = await client.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] }));
    const refused = Unsuccessful.find(({ Error: error }) => error?.Code !== 'InvalidVpcEndpoint.NotFound');
    if (refused) throw new Error(`${refused.Error?.Code}: ${refused.Error?.Message}`);
    await unlessGone(['InvalidVpcEndpointId.NotFound'], () =>
      waitUntil(aws, { for: `VPC endpoint ${id} to be deleted`, seconds: 600 }, async () => {
        const { VpcEndpoints = [] } = await client.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }));
        return VpcEndpoints.every(({ State }) => State?.toLowerCase() === 'deleted');
      }),
    );
  },
};

// The machine under an agent, and its disk.

import {
  DeleteVolumeCommand,
  EC2Client,
  paginateDescribeInstances,
  paginateDescribeVolumes,
  TerminateInstancesCommand,
  waitUntilInstanceTerminated,
  waitUntilVolumeDeleted,
} from '@aws-sdk/client-ec2';
import { type Aws, isMarked, items, patience, type Sweeper, unlessGone } from '../../../lib/kit';

export const instances: Sweeper = {
  kind: 'ec2:instance',
  // An agent can be deleted without its machine, but not told from another then.
  after: ['datasync:agent'],

  async *list(aws, scope) {
    const pages = paginateDescribeInstances({ client: aws.client(EC2Client) }, {});
    for await (const { Instances = [] } of items(pages, (page) => page.Reservations)) {
      for (const { InstanceId: id, State, Tags } of Instances) {
        // A terminated instance stays listed for about an hour; it is gone all the same.
        if (id === undefined || State?.Name === 'terminated') continue;
        if (isMarked(scope, { tags: Tags }) || scope.owned.has(id)) yield { kind: 'ec2:instance', id };
      }
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['InvalidInstanceID.NotFound'], async () => {
      const client = aws.client(EC2Client);
      await client.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
      await waitUntilInstanceTerminated({ client, ...patience(aws, 600) }, { InstanceIds: [id] });
    }),
};

/** A disk that its machine takes along is not listed while the machine is there. */
export const disks: Sweeper = {
  kind: 'ec2:volume',
  after: ['ec2:instance'],

  async *list(aws, scope) {
    const standing = await standingInstances(aws);
    const pages = paginateDescribeVolumes({ client: aws.client(EC2Client) }, {});
    for await (const { VolumeId: id, Attachments = [], State, Tags } of items(pages, (page) => page.Volumes)) {
      const leaves = Attachments.some(
        ({ DeleteOnTermination, InstanceId = '' }) => DeleteOnTermination === true && standing.has(InstanceId),
      );
      if (id === undefined || leaves || State === 'deleted') continue;
      if (isMarked(scope, { tags: Tags }) || scope.owned.has(id)) yield { kind: 'ec2:volume', id };
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['InvalidVolume.NotFound'], async () => {
      const client = aws.client(EC2Client);
      await client.send(new DeleteVolumeCommand({ VolumeId: id }));
      await waitUntilVolumeDeleted({ client, ...patience(aws, 300) }, { VolumeIds: [id] });
    }),
};

async function standingInstances(aws: Aws): Promise<Set<string>> {
  const ids = new Set<string>();
  const pages = paginateDescribeInstances({ client: aws.client(EC2Client) }, {});
  for await (const { Instances = [] } of items(pages, (page) => page.Reservations)) {
    for (const { InstanceId = '', State } of Instances) if (State?.Name !== 'terminated') ids.add(InstanceId);
  }
  return ids;
}

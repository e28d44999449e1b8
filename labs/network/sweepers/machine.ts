// Machines that stand in the run's network or carry its tag, and disks that stay when their machine is gone.

import {
  DeleteVolumeCommand,
  DescribeInstancesCommand,
  DescribeVolumesCommand,
  DetachVolumeCommand,
  type Instance,
  paginateDescribeInstances,
  paginateDescribeVolumes,
  TerminateInstancesCommand,
  waitUntilInstanceTerminated,
  waitUntilVolumeDeleted,
} from '@aws-sdk/client-ec2';
import { type Aws, isMarked, items, patience, type Sweeper, unlessGone, waitUntil } from '../../../lib/kit';
import { ec2, membership } from './membership';

export const instances: Sweeper = {
  kind: 'ec2:instance',
  // What serves somebody uploads what it holds, and is taken leave of, while its machine still runs.
  after: ['datasync:agent', 'storagegateway:gateway'],
  // One that a learner launched in a lab's subnet would keep the stack from deleting it.
  beforeStacks: true,

  async *list(aws, scope) {
    const isOfRun = await membership(aws, scope);
    for await (const { InstanceId, SubnetId, VpcId, Tags } of standing(aws)) {
      const one = { id: InstanceId, vpc: VpcId, tags: Tags };
      const isInSubnet = scope.owned.has(SubnetId ?? '');
      if (isOfRun(one) || (isInSubnet && InstanceId !== undefined))
        yield { kind: 'ec2:instance', id: InstanceId ?? '' };
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['InvalidInstanceID.NotFound'], async () => {
      const { client } = ec2(aws);
      const { Reservations = [] } = await client.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
      // Another lab of the run may have seen to it.
      if (isTerminated(Reservations[0]?.Instances?.[0])) return;
      await client.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
      await waitUntilInstanceTerminated({ client, ...patience(aws, 600) }, { InstanceIds: [id] });
    }),
};

// A terminated instance stays listed for about an hour; it is gone all the same.
const isTerminated = (instance: Instance | undefined): boolean => instance?.State?.Name === 'terminated';

async function* standing(aws: Aws): AsyncGenerator<Instance> {
  const pages = paginateDescribeInstances(ec2(aws), {});
  for await (const { Instances = [] } of items(pages, (page) => page.Reservations)) {
    yield* Instances.filter((instance) => !isTerminated(instance));
  }
}

/** A disk that its instance takes along is not listed while the instance is there. */
export const disks: Sweeper = {
  kind: 'ec2:volume',
  after: ['ec2:instance'],

  async *list(aws, scope) {
    const leaving = await takenAlong(aws);
    const pages = paginateDescribeVolumes(ec2(aws), {});
    for await (const { VolumeId: id, State, Tags, Attachments = [] } of items(pages, (page) => page.Volumes)) {
      if (id === undefined || leaving.has(id) || State === 'deleted') continue;
      const hangsOnRun = [id, ...Attachments.map(({ InstanceId = '' }) => InstanceId)].some((one) =>
        scope.owned.has(one),
      );
      if (hangsOnRun || isMarked(scope, { tags: Tags })) yield { kind: 'ec2:volume', id };
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['InvalidVolume.NotFound'], async () => {
      const { client } = ec2(aws);
      await detach(aws, id);
      await client.send(new DeleteVolumeCommand({ VolumeId: id }));
      await waitUntilVolumeDeleted({ client, ...patience(aws, 300) }, { VolumeIds: [id] });
    }),
};

/** Volumes that leave with an instance which still stands, as the instance says it. */
async function takenAlong(aws: Aws): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const { BlockDeviceMappings = [] } of standing(aws)) {
    for (const { Ebs } of BlockDeviceMappings) if (Ebs?.DeleteOnTermination === true) ids.add(Ebs.VolumeId ?? '');
  }
  return ids;
}

async function detach(aws: Aws, VolumeId: string): Promise<void> {
  const { client } = ec2(aws);
  const attachments = async () =>
    (await client.send(new DescribeVolumesCommand({ VolumeIds: [VolumeId] }))).Volumes?.[0]?.Attachments ?? [];
  const attached = await attachments();
  if (attached.length === 0) return;
  for (const { InstanceId, State } of attached) {
    if (State === 'detaching' || State === 'detached') continue;
    // "IncorrectState": the instance is on its way out and takes the attachment with it.
    await unlessGone(['IncorrectState'], () => client.send(new DetachVolumeCommand({ VolumeId, InstanceId })));
  }
  const isFree = async (): Promise<boolean> => (await attachments()).every(({ State }) => State === 'detached');
  await waitUntil(aws, { for: `volume ${VolumeId} to be detached`, seconds: 60 }, isFree);
}

// The instances under the gateways, their disks, and the snapshots that Storage Gateway has EC2 keep.

import {
  DeleteSnapshotCommand,
  DeleteVolumeCommand,
  DescribeInstancesCommand,
  DescribeVolumesCommand,
  DetachVolumeCommand,
  EC2Client,
  paginateDescribeInstances,
  paginateDescribeSnapshots,
  paginateDescribeVolumes,
  type Snapshot,
  TerminateInstancesCommand,
  type Volume,
  waitUntilInstanceTerminated,
  waitUntilVolumeDeleted,
} from '@aws-sdk/client-ec2';
import {
  type Aws,
  isMarked,
  items,
  patience,
  type Sweeper,
  type SweepScope,
  unlessGone,
  waitUntil,
} from '../../../lib/kit';
import { owns } from './service';

const ec2 = (aws: Aws): { readonly client: EC2Client } => ({ client: aws.client(EC2Client) });

export const instances: Sweeper = {
  kind: 'ec2:instance',
  // A gateway whose instance is gone can be deleted, but uploads nothing any more.
  after: ['storagegateway:gateway'],

  async *list(aws, scope) {
    for await (const { Instances = [] } of items(
      paginateDescribeInstances(ec2(aws), {}),
      (page) => page.Reservations,
    )) {
      for (const { InstanceId: id, State, Tags, SubnetId, VpcId } of Instances) {
        // A terminated instance stays listed for about an hour; it is gone all the same.
        if (id === undefined || State?.Name === 'terminated') continue;
        if (isMarked(scope, { tags: Tags }) || owns(scope, id, SubnetId, VpcId)) yield { kind: 'ec2:instance', id };
      }
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['InvalidInstanceID.NotFound'], async () => {
      const { client } = ec2(aws);
      const { Reservations = [] } = await client.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
      // Another lab of the run may have seen to it.
      if (Reservations[0]?.Instances?.[0]?.State?.Name === 'terminated') return;
      await client.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
      await waitUntilInstanceTerminated({ client, ...patience(aws, 600) }, { InstanceIds: [id] });
    }),
};

/** A disk that its instance takes along is not listed while the instance is there. */
export const disks: Sweeper = {
  kind: 'ec2:volume',
  after: ['ec2:instance'],

  async *list(aws, scope) {
    const leaving = await takenAlong(aws);
    for await (const volume of items(paginateDescribeVolumes(ec2(aws), {}), (page) => page.Volumes)) {
      const { VolumeId: id, State } = volume;
      if (id === undefined || leaving.has(id) || State === 'deleted') continue;
      if (isDiskOfRun(volume, scope)) yield { kind: 'ec2:volume', id };
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

const isDiskOfRun = ({ VolumeId, Tags, Attachments = [] }: Volume, scope: SweepScope): boolean =>
  isMarked(scope, { tags: Tags }) || owns(scope, VolumeId, ...Attachments.map(({ InstanceId }) => InstanceId));

/** Volumes that leave with an instance which still stands, as the instance says it. */
async function takenAlong(aws: Aws): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const { Instances = [] } of items(paginateDescribeInstances(ec2(aws), {}), (page) => page.Reservations)) {
    const standing = Instances.filter(({ State }) => State?.Name !== 'terminated');
    for (const { Ebs } of standing.flatMap(({ BlockDeviceMappings = [] }) => BlockDeviceMappings)) {
      if (Ebs?.DeleteOnTermination === true) ids.add(Ebs.VolumeId ?? '');
    }
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

/** A snapshot of a gateway's volume stays, and costs, when volume and gateway are gone. */
export const snapshots: Sweeper = {
  kind: 'ec2:snapshot',
  // Another lab's image may hold a snapshot of the run.
  after: ['storagegateway:volume', 'storagegateway:gateway', 'ec2:image'],

  async *list(aws, scope) {
    const pages = paginateDescribeSnapshots(ec2(aws), { OwnerIds: ['self'] });
    for await (const snapshot of items(pages, (page) => page.Snapshots)) {
      const { SnapshotId: id } = snapshot;
      if (id !== undefined && isSnapshotOfRun(snapshot, scope)) yield { kind: 'ec2:snapshot', id };
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['InvalidSnapshot.NotFound'], () => ec2(aws).client.send(new DeleteSnapshotCommand({ SnapshotId: id }))),
};

/** Storage Gateway writes a volume's id in capitals, EC2 in small letters; a description may name the gateway. */
const isSnapshotOfRun = (
  { SnapshotId, VolumeId = '', Tags, Description = '' }: Snapshot,
  scope: SweepScope,
): boolean => {
  const ids = [...scope.owned].flatMap((arn) => /:gateway\/([^/]+)(?:\/volume\/([^/]+))?$/.exec(arn)?.slice(1) ?? []);
  const told = `${VolumeId} ${Description}`.toLowerCase();
  return (
    isMarked(scope, { tags: Tags, names: [Description] }) ||
    owns(scope, SnapshotId, VolumeId) ||
    ids.some((id) => id !== undefined && told.split(/[^a-z0-9-]+/).includes(id.toLowerCase()))
  );
};

// The snapshots that Storage Gateway has EC2 keep. Instances and disks under the gateways are the network's to sweep.

import { DeleteSnapshotCommand, EC2Client, paginateDescribeSnapshots, type Snapshot } from '@aws-sdk/client-ec2';
import { type Aws, isMarked, items, type Sweeper, type SweepScope, unlessGone } from '../../../lib/kit';
import { owns } from './service';

const ec2 = (aws: Aws): { readonly client: EC2Client } => ({ client: aws.client(EC2Client) });

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

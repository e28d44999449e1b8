// The run's data volumes, snapshots and images. A root volume is its machine's, not a data volume.

import {
  EC2Client,
  paginateDescribeImages,
  paginateDescribeSnapshots,
  paginateDescribeVolumes,
  type Volume,
  type VolumeAttachment,
} from '@aws-sdk/client-ec2';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';
import { machines } from './machines';

export interface DataVolume {
  readonly id: string;
  readonly type: string;
  /** GiB. */
  readonly size: number;
  readonly encrypted: boolean;
  readonly state: string;
  /** The snapshot that it was made from. */
  readonly fromSnapshot?: string | undefined;
  /** Attachment to a machine of the run: EC2's own word, "attached" when it is done. */
  readonly attachment?: { readonly machine: string; readonly state: string; readonly device: string } | undefined;
}

export interface Snapshot {
  readonly id: string;
  readonly volume?: string | undefined;
  readonly state: string;
  /** Made for an image, which has to go first: EC2 says so in the description. */
  readonly ofImage: boolean;
}

export interface Storage {
  readonly volumes: readonly DataVolume[];
  readonly snapshots: readonly Snapshot[];
}

export async function dataVolumes(aws: Aws, scope: RunScope): Promise<DataVolume[]> {
  const found = await machines(aws, scope);
  const ids = new Set(found.map(({ id }) => id));
  const roots = new Set(found.map(({ rootVolume }) => rootVolume));
  const pages = paginateDescribeVolumes({ client: aws.client(EC2Client) }, {});
  const volumes: DataVolume[] = [];
  for await (const volume of items(pages, (page) => page.Volumes)) {
    const attachment = volume.Attachments?.find(({ InstanceId = '' }) => ids.has(InstanceId));
    const isOfRun = attachment !== undefined || isMarked(scope, { tags: volume.Tags });
    if (isOfRun && !roots.has(volume.VolumeId)) volumes.push(plain(volume, attachment));
  }
  return volumes;
}

const plain = (volume: Volume, attachment: VolumeAttachment | undefined): DataVolume => ({
  id: volume.VolumeId ?? '',
  type: volume.VolumeType ?? 'unknown',
  size: volume.Size ?? 0,
  encrypted: volume.Encrypted ?? false,
  state: volume.State ?? 'unknown',
  fromSnapshot: volume.SnapshotId || undefined,
  attachment: attachment && {
    machine: attachment.InstanceId ?? '',
    state: attachment.State ?? 'unknown',
    device: attachment.Device ?? '',
  },
});

export async function storage(aws: Aws, scope: RunScope): Promise<Storage> {
  const volumes = await dataVolumes(aws, scope);
  const ids = new Set(volumes.map(({ id }) => id));
  const pages = paginateDescribeSnapshots({ client: aws.client(EC2Client) }, { OwnerIds: ['self'] });
  const snapshots = await collect(items(pages, (page) => page.Snapshots));
  return {
    volumes,
    snapshots: snapshots
      .filter(({ VolumeId = '', Tags }) => ids.has(VolumeId) || isMarked(scope, { tags: Tags }))
      .map(({ SnapshotId = '', VolumeId, State = 'unknown', Description = '' }) => ({
        id: SnapshotId,
        volume: VolumeId,
        state: State,
        ofImage: Description.startsWith('Created by CreateImage'),
      })),
  };
}

export interface Image {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly isPublic: boolean;
  readonly snapshots: readonly string[];
}

export async function images(aws: Aws, scope: RunScope): Promise<Image[]> {
  const ids = new Set((await machines(aws, scope)).map(({ id }) => id));
  const pages = paginateDescribeImages({ client: aws.client(EC2Client) }, { Owners: ['self'] });
  const all = await collect(items(pages, (page) => page.Images));
  return all
    .filter(
      ({ Tags, Name, SourceInstanceId = '' }) =>
        isMarked(scope, { tags: Tags, names: [Name] }) || ids.has(SourceInstanceId),
    )
    .map(({ ImageId = '', Name = '', State = 'unknown', Public = false, BlockDeviceMappings = [] }) => ({
      id: ImageId,
      name: Name,
      state: State,
      isPublic: Public,
      snapshots: BlockDeviceMappings.flatMap(({ Ebs }) => Ebs?.SnapshotId ?? []),
    }));
}

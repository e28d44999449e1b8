// The volumes of the run's gateways, cached and stored, and their snapshots, which are EC2's.

import { EC2Client, paginateDescribeSnapshots } from '@aws-sdk/client-ec2';
import {
  DescribeCachediSCSIVolumesCommand,
  DescribeStorediSCSIVolumesCommand,
  paginateListVolumes,
  StorageGatewayClient,
} from '@aws-sdk/client-storage-gateway';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';
import { type Disks, withDisks } from './gateways';

export interface Volume {
  readonly arn: string;
  /** "vol-…": Storage Gateway writes it in capitals, EC2 does not. Here it is in small letters. */
  readonly id: string;
  readonly mode: 'cached' | 'stored';
  /** Storage Gateway's own word: CREATING, AVAILABLE, BOOTSTRAPPING … */
  readonly status: string;
  readonly gateway: string;
  readonly target: string;
  /** Whether an initiator has to prove who it is. */
  readonly chap: boolean;
}

export interface Snapshot {
  readonly id: string;
  readonly volume: string;
  readonly state: string;
}

export interface VolumeGateways {
  readonly gateways: readonly Disks[];
  readonly volumes: readonly Volume[];
  readonly snapshots: readonly Snapshot[];
}

export async function volumeGateways(aws: Aws, scope: RunScope): Promise<VolumeGateways> {
  const gateways = (await withDisks(aws, scope)).filter(({ type }) => type === 'CACHED' || type === 'STORED');
  const volumes = (await Promise.all(gateways.map(({ arn, type }) => volumesOf(aws, arn, type)))).flat();
  return { gateways, volumes, snapshots: await snapshotsOf(aws, scope, volumes) };
}

interface Described {
  readonly VolumeARN?: string | undefined;
  readonly VolumeId?: string | undefined;
  readonly VolumeStatus?: string | undefined;
  readonly VolumeiSCSIAttributes?:
    | { readonly TargetARN?: string | undefined; readonly ChapEnabled?: boolean | undefined }
    | undefined;
}

async function volumesOf(aws: Aws, GatewayARN: string, type: string): Promise<Volume[]> {
  const client = aws.client(StorageGatewayClient);
  const listed = await collect(items(paginateListVolumes({ client }, { GatewayARN }), (page) => page.VolumeInfos));
  const VolumeARNs = listed.flatMap(({ VolumeARN }) => VolumeARN ?? []);
  if (VolumeARNs.length === 0) return [];
  const plain = (mode: Volume['mode'], volume: Described): Volume => ({
    arn: volume.VolumeARN ?? '',
    id: (volume.VolumeId ?? '').toLowerCase(),
    mode,
    status: volume.VolumeStatus ?? 'unknown',
    gateway: GatewayARN,
    target: volume.VolumeiSCSIAttributes?.TargetARN ?? '',
    chap: volume.VolumeiSCSIAttributes?.ChapEnabled ?? false,
  });
  if (type === 'STORED') {
    const answer = await client.send(new DescribeStorediSCSIVolumesCommand({ VolumeARNs }));
    return (answer.StorediSCSIVolumes ?? []).map((volume) => plain('stored', volume));
  }
  const answer = await client.send(new DescribeCachediSCSIVolumesCommand({ VolumeARNs }));
  return (answer.CachediSCSIVolumes ?? []).map((volume) => plain('cached', volume));
}

async function snapshotsOf(aws: Aws, scope: RunScope, volumes: readonly Volume[]): Promise<Snapshot[]> {
  const ids = new Set(volumes.map(({ id }) => id));
  const pages = paginateDescribeSnapshots({ client: aws.client(EC2Client) }, { OwnerIds: ['self'] });
  const all = await collect(items(pages, (page) => page.Snapshots));
  return all
    .filter(({ VolumeId = '', Tags }) => ids.has(VolumeId.toLowerCase()) || isMarked(scope, { tags: Tags }))
    .map(({ SnapshotId = '', VolumeId = '', State = 'unknown' }) => ({
      id: SnapshotId,
      volume: VolumeId.toLowerCase(),
      state: State,
    }));
}

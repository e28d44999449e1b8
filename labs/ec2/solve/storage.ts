// Exercises on volumes → a data volume, attached, copied and brought back.

import {
  AttachVolumeCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  EC2Client,
  waitUntilSnapshotCompleted,
  waitUntilVolumeAvailable,
  waitUntilVolumeInUse,
} from '@aws-sdk/client-ec2';
import { type Aws, meets, patience, type RunScope } from '../../../lib/kit';
import { ATTACHED, DATA } from '../demands';
import { DATA_DEVICE } from '../facts';
import { dataVolumes, storage } from '../observe/storage';
import { ground, markedAs } from './ground';
import { launch } from './machine';

/** Seconds. */
const A_VOLUME = 180;
const A_SNAPSHOT = 900;

/** The id of the run's encrypted data volume, made if there is none. */
async function dataVolume(aws: Aws, scope: RunScope): Promise<string> {
  const known = (await dataVolumes(aws, scope)).find(
    (volume) => meets(volume, DATA) && volume.fromSnapshot === undefined,
  );
  return known?.id ?? createVolume(aws, scope, 'data', {});
}

async function createVolume(aws: Aws, scope: RunScope, name: string, from: { SnapshotId?: string }): Promise<string> {
  const client = aws.client(EC2Client);
  const { zone } = await ground(aws, scope);
  const { VolumeId = '' } = await client.send(
    new CreateVolumeCommand({
      AvailabilityZone: zone,
      VolumeType: 'gp3',
      Size: 1,
      Encrypted: true,
      ...from,
      TagSpecifications: markedAs(scope, name, 'volume'),
    }),
  );
  await waitUntilVolumeAvailable({ client, ...patience(aws, A_VOLUME) }, { VolumeIds: [VolumeId] });
  return VolumeId;
}

export async function attach(aws: Aws, scope: RunScope): Promise<void> {
  const machine = await launch(aws, scope);
  if ((await dataVolumes(aws, scope)).some((volume) => meets(volume, ATTACHED))) return;
  const client = aws.client(EC2Client);
  const VolumeId = await dataVolume(aws, scope);
  await client.send(new AttachVolumeCommand({ VolumeId, InstanceId: machine.id, Device: DATA_DEVICE }));
  await waitUntilVolumeInUse({ client, ...patience(aws, A_VOLUME) }, { VolumeIds: [VolumeId] });
}

export async function snapshot(aws: Aws, scope: RunScope): Promise<void> {
  await completedSnapshot(aws, scope);
}

/** The id of a completed snapshot of the data volume, made if there is none. */
async function completedSnapshot(aws: Aws, scope: RunScope): Promise<string> {
  const client = aws.client(EC2Client);
  const VolumeId = await dataVolume(aws, scope);
  const own = (await storage(aws, scope)).snapshots.filter(({ volume, ofImage }) => !ofImage && volume === VolumeId);
  const known = own.find(({ state }) => state === 'completed') ?? own.find(({ state }) => state === 'pending');
  const id = known?.id ?? (await createSnapshot(client, scope, VolumeId));
  await waitUntilSnapshotCompleted({ client, ...patience(aws, A_SNAPSHOT) }, { SnapshotIds: [id] });
  return id;
}

async function createSnapshot(client: EC2Client, scope: RunScope, VolumeId: string): Promise<string> {
  const TagSpecifications = markedAs(scope, 'snapshot', 'snapshot');
  const { SnapshotId = '' } = await client.send(new CreateSnapshotCommand({ VolumeId, TagSpecifications }));
  return SnapshotId;
}

export async function restore(aws: Aws, scope: RunScope): Promise<void> {
  const { volumes, snapshots } = await storage(aws, scope);
  if (volumes.some(({ fromSnapshot }) => snapshots.some(({ id }) => id === fromSnapshot))) return;
  await createVolume(aws, scope, 'restored', { SnapshotId: await completedSnapshot(aws, scope) });
}

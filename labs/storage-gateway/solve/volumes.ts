// A volume gateway → a volume that asks its initiators who they are, and a snapshot of it; and the stored one beside it.

import { randomBytes, randomUUID } from 'node:crypto';
import { EC2Client, waitUntilSnapshotCompleted } from '@aws-sdk/client-ec2';
import {
  CreateCachediSCSIVolumeCommand,
  CreateSnapshotCommand,
  CreateStorediSCSIVolumeCommand,
  StorageGatewayClient,
  UpdateChapCredentialsCommand,
} from '@aws-sdk/client-storage-gateway';
import { type Aws, patience, type RunScope, waitUntil } from '../../../lib/kit';
import { type Volume, volumeGateways } from '../observe/volumes';
import { freeDisk, gateway } from './gateway';
import { runTag } from './ground';

/** Seconds. */
const A_VOLUME = 600;
const A_SNAPSHOT = 1800;
const GIB = 1024 ** 3;
/** The name by which a Linux client's initiator is known; whoever has another one makes credentials of their own. */
const INITIATOR = 'iqn.1994-05.com.redhat:worklab';

export async function volumeGateway(aws: Aws, scope: RunScope): Promise<void> {
  const { arn, address } = await gateway(aws, scope, 'volume');
  const client = aws.client(StorageGatewayClient);
  if ((await volumesOf(aws, scope, arn)).length === 0) {
    await client.send(
      new CreateCachediSCSIVolumeCommand({
        GatewayARN: arn,
        VolumeSizeInBytes: GIB,
        TargetName: `${scope.prefix}-cached`,
        NetworkInterfaceId: address,
        ClientToken: randomUUID(),
        Tags: [runTag(scope)],
      }),
    );
  }
  const volume = await available(aws, scope, arn);
  if (!volume.chap) {
    const secret = randomBytes(12).toString('base64url').slice(0, 16);
    const credentials = { TargetARN: volume.target, InitiatorName: INITIATOR };
    await client.send(new UpdateChapCredentialsCommand({ ...credentials, SecretToAuthenticateInitiator: secret }));
  }
  await snapshot(aws, scope, volume);
}

async function snapshot(aws: Aws, scope: RunScope, volume: Volume): Promise<void> {
  const known = (await volumeGateways(aws, scope)).snapshots.find((one) => one.volume === volume.id);
  const id = known?.id ?? (await take(aws, scope, volume));
  const wait = { client: aws.client(EC2Client), ...patience(aws, A_SNAPSHOT) };
  await waitUntilSnapshotCompleted(wait, { SnapshotIds: [id] });
}

async function take(aws: Aws, scope: RunScope, { arn }: Volume): Promise<string> {
  const { SnapshotId = '' } = await aws.client(StorageGatewayClient).send(
    new CreateSnapshotCommand({
      VolumeARN: arn,
      SnapshotDescription: `${scope.prefix}-cached`,
      Tags: [runTag(scope)],
    }),
  );
  return SnapshotId;
}

export async function storedGateway(aws: Aws, scope: RunScope): Promise<void> {
  await volumeGateway(aws, scope);
  const { arn, address } = await gateway(aws, scope, 'stored');
  if ((await volumesOf(aws, scope, arn)).length === 0) {
    await aws.client(StorageGatewayClient).send(
      new CreateStorediSCSIVolumeCommand({
        GatewayARN: arn,
        DiskId: await freeDisk(aws, arn),
        PreserveExistingData: false,
        TargetName: `${scope.prefix}-stored`,
        NetworkInterfaceId: address,
        Tags: [runTag(scope)],
      }),
    );
  }
  await available(aws, scope, arn);
}

const volumesOf = async (aws: Aws, scope: RunScope, arn: string): Promise<Volume[]> =>
  (await volumeGateways(aws, scope)).volumes.filter((one) => one.gateway === arn);

async function available(aws: Aws, scope: RunScope, arn: string): Promise<Volume> {
  let found: Volume | undefined;
  await waitUntil(aws, { for: `a volume of ${arn} to be available`, seconds: A_VOLUME }, async () => {
    found = (await volumesOf(aws, scope, arn)).find(({ status }) => status === 'AVAILABLE');
    return found !== undefined;
  });
  if (found === undefined) throw new Error(`${arn} has no volume`);
  return found;
}

// A host → a gateway that runs, with its disks allocated. What is there already is left as it is.

import {
  ActivateGatewayCommand,
  AddCacheCommand,
  AddUploadBufferCommand,
  type Disk,
  ListLocalDisksCommand,
  StorageGatewayClient,
} from '@aws-sdk/client-storage-gateway';
import { type Aws, type RunScope, waitUntil } from '../../../lib/kit';
import { APPLIANCES, DISK_SIZE, type Kind } from '../facts';
import { type Disks, gateways, isRunning, withDisks } from '../observe/gateways';
import { runTag } from './ground';
import { activationKey, host } from './host';

/** Seconds: a gateway is connected some minutes after its activation, and finds its disks a moment later. */
const A_CONNECTION = 600;
const GIB = 1024 ** 3;

export async function gateway(aws: Aws, scope: RunScope, kind: Kind): Promise<Disks> {
  const { gatewayType } = APPLIANCES[kind];
  const known = (await gateways(aws, scope)).find((one) => one.type === gatewayType && isRunning(one));
  const arn = known?.arn ?? (await activate(aws, scope, kind));
  await untilRunning(aws, scope, arn);
  await allocate(aws, scope, arn);
  const made = (await withDisks(aws, scope)).find((one) => one.arn === arn);
  if (made === undefined) throw new Error(`the gateway ${arn} is gone`);
  return made;
}

async function activate(aws: Aws, scope: RunScope, kind: Kind): Promise<string> {
  const { gatewayType } = APPLIANCES[kind];
  const there = await host(aws, scope, kind);
  const waiting = (await gateways(aws, scope)).find(({ instance }) => instance === there.id);
  if (waiting) return waiting.arn;
  const { GatewayARN = '' } = await aws.client(StorageGatewayClient).send(
    new ActivateGatewayCommand({
      ActivationKey: await activationKey(aws, there, gatewayType),
      GatewayName: `${scope.prefix}-${kind}`,
      GatewayTimezone: 'GMT',
      GatewayRegion: aws.region,
      GatewayType: gatewayType,
      Tags: [runTag(scope)],
    }),
  );
  return GatewayARN;
}

const untilRunning = (aws: Aws, scope: RunScope, arn: string): Promise<void> =>
  waitUntil(aws, { for: `the gateway ${arn} to be connected`, seconds: A_CONNECTION }, async () => {
    const found = (await gateways(aws, scope)).find((one) => one.arn === arn);
    return found !== undefined && isRunning(found);
  });

/** The first free disk for the cache, the next for the upload buffer, each as far as it is missing and the type has it. */
async function allocate(aws: Aws, scope: RunScope, arn: string): Promise<void> {
  const found = (await withDisks(aws, scope)).find((one) => one.arn === arn);
  if (found === undefined) return;
  const client = aws.client(StorageGatewayClient);
  if (found.type !== 'STORED' && found.cacheBytes === 0) {
    await client.send(new AddCacheCommand({ GatewayARN: arn, DiskIds: [await freeDisk(aws, arn)] }));
  }
  if (found.type !== 'FILE_S3' && found.bufferBytes === 0) {
    await client.send(new AddUploadBufferCommand({ GatewayARN: arn, DiskIds: [await freeDisk(aws, arn)] }));
  }
}

/** A disk that nothing uses and that is large enough. */
export async function freeDisk(aws: Aws, GatewayARN: string): Promise<string> {
  const client = aws.client(StorageGatewayClient);
  let free: Disk | undefined;
  await waitUntil(aws, { for: `a free disk of ${GatewayARN}`, seconds: 120 }, async () => {
    const { Disks: disks = [] } = await client.send(new ListLocalDisksCommand({ GatewayARN }));
    free = disks.find(
      ({ DiskAllocationType, DiskStatus, DiskSizeInBytes = 0 }) =>
        DiskAllocationType === 'AVAILABLE' && DiskStatus === 'present' && DiskSizeInBytes >= DISK_SIZE * GIB,
    );
    return free !== undefined;
  });
  return free?.DiskId ?? '';
}

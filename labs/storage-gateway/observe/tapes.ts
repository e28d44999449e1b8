// The run's tape gateways, their library, and the tapes with the pools that they are archived to.

import {
  ListTagsForResourceCommand,
  paginateDescribeVTLDevices,
  paginateListTapePools,
  paginateListTapes,
  StorageGatewayClient,
} from '@aws-sdk/client-storage-gateway';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';
import { type Disks, isRunning, withDisks } from './gateways';

export interface Pool {
  readonly id: string;
  readonly name: string;
  readonly storageClass: string;
  /** NONE, GOVERNANCE, COMPLIANCE. */
  readonly lock: string;
}

export interface Tape {
  readonly arn: string;
  readonly barcode: string;
  readonly status: string;
  readonly gateway: string;
  /** A pool's id, or GLACIER or DEEP_ARCHIVE, the service's own. */
  readonly pool: string;
}

export interface TapeGateway extends Disks {
  /** Of its library: "Tape Drive", "Medium Changer". */
  readonly devices: readonly string[];
}

export interface TapeGateways {
  readonly gateways: readonly TapeGateway[];
  readonly pools: readonly Pool[];
  readonly tapes: readonly Tape[];
}

export async function tapeGateways(aws: Aws, scope: RunScope): Promise<TapeGateways> {
  const found = (await withDisks(aws, scope)).filter(({ type }) => type === 'VTL');
  const gateways = await Promise.all(found.map(async (one) => ({ ...one, devices: await devicesOf(aws, one) })));
  return { gateways, pools: await pools(aws, scope), tapes: await tapes(aws, gateways) };
}

async function devicesOf(aws: Aws, gateway: Disks): Promise<string[]> {
  if (!isRunning(gateway)) return [];
  const client = aws.client(StorageGatewayClient);
  const pages = paginateDescribeVTLDevices({ client }, { GatewayARN: gateway.arn });
  const devices = await collect(items(pages, (page) => page.VTLDevices));
  return devices.map(({ VTLDeviceType = 'unknown' }) => VTLDeviceType);
}

export async function pools(aws: Aws, scope: RunScope): Promise<Pool[]> {
  const client = aws.client(StorageGatewayClient);
  const found: Pool[] = [];
  for await (const pool of items(paginateListTapePools({ client }, {}), (page) => page.PoolInfos)) {
    const { PoolARN = '', PoolName = '', PoolStatus, StorageClass = 'unknown', RetentionLockType = 'NONE' } = pool;
    if (PoolStatus === 'DELETED') continue;
    const isOfRun = isMarked(scope, { names: [PoolName] }) || isMarked(scope, { tags: await tagsOf(client, PoolARN) });
    if (isOfRun) {
      found.push({
        id: PoolARN.split('/').at(-1) ?? '',
        name: PoolName,
        storageClass: StorageClass,
        lock: RetentionLockType,
      });
    }
  }
  return found;
}

const tagsOf = async (client: StorageGatewayClient, ResourceARN: string) =>
  (await client.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags ?? [];

async function tapes(aws: Aws, gateways: readonly TapeGateway[]): Promise<Tape[]> {
  const arns = new Set(gateways.map(({ arn }) => arn));
  const pages = paginateListTapes({ client: aws.client(StorageGatewayClient) }, {});
  const all = await collect(items(pages, (page) => page.TapeInfos));
  return all
    .filter(({ GatewayARN = '' }) => arns.has(GatewayARN))
    .map(({ TapeARN = '', TapeBarcode = '', TapeStatus = 'unknown', GatewayARN = '', PoolId = '' }) => ({
      arn: TapeARN,
      barcode: TapeBarcode,
      status: TapeStatus,
      gateway: GatewayARN,
      pool: PoolId,
    }));
}

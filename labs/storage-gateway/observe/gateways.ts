// The run's gateways, and what each has of cache, upload buffer and bandwidth.

import { EC2Client, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import {
  DescribeBandwidthRateLimitCommand,
  DescribeBandwidthRateLimitScheduleCommand,
  DescribeCacheCommand,
  DescribeGatewayInformationCommand,
  DescribeUploadBufferCommand,
  type GatewayInfo,
  paginateListGateways,
  StorageGatewayClient,
} from '@aws-sdk/client-storage-gateway';
import { type Aws, isMarked, items, type RunScope } from '../../../lib/kit';

export interface Gateway {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  /** As ActivateGateway calls it: FILE_S3, CACHED, VTL, STORED. */
  readonly type: string;
  /** RUNNING, SHUTDOWN, OFFLINE. */
  readonly state: string;
  /** Its own address in the network, which its volumes are reached at. */
  readonly address: string;
  readonly instance?: string | undefined;
}

/** Bytes and bits by second. Of a gateway that does not run nothing can be asked. */
export interface Disks extends Gateway {
  readonly cacheBytes: number;
  readonly bufferBytes: number;
}

export interface Tuned extends Disks {
  /** The upload limits of its schedule's intervals. */
  readonly scheduled: readonly number[];
  /** The upload limit that holds at all hours. */
  readonly limit?: number | undefined;
}

const sgw = (aws: Aws): { readonly client: StorageGatewayClient } => ({ client: aws.client(StorageGatewayClient) });

/** By name or tag, or since it runs on an instance of the run. */
export async function gateways(aws: Aws, scope: RunScope): Promise<Gateway[]> {
  const hosts = await hostIds(aws, scope);
  const found: Gateway[] = [];
  for await (const info of items(paginateListGateways(sgw(aws), {}), (page) => page.Gateways)) {
    const gateway = await gatewayOf(aws, scope, info, hosts);
    if (gateway) found.push(gateway);
  }
  return found;
}

async function gatewayOf(
  aws: Aws,
  scope: RunScope,
  { GatewayARN: arn = '', GatewayId: id = '', GatewayName, GatewayType, Ec2InstanceId }: GatewayInfo,
  hosts: ReadonlySet<string>,
): Promise<Gateway | undefined> {
  const about = await sgw(aws).client.send(new DescribeGatewayInformationCommand({ GatewayARN: arn }));
  const isOfRun = isMarked(scope, { tags: about.Tags, names: [GatewayName] }) || hosts.has(Ec2InstanceId ?? '');
  if (!isOfRun) return undefined;
  return {
    arn,
    id,
    name: GatewayName ?? '',
    type: GatewayType ?? 'unknown',
    state: about.GatewayState ?? 'unknown',
    address: about.GatewayNetworkInterfaces?.[0]?.Ipv4Address ?? '',
    instance: Ec2InstanceId,
  };
}

async function hostIds(aws: Aws, scope: RunScope): Promise<Set<string>> {
  const ids = new Set<string>();
  const pages = paginateDescribeInstances({ client: aws.client(EC2Client) }, {});
  for await (const { Instances = [] } of items(pages, (page) => page.Reservations)) {
    for (const { InstanceId = '', Tags } of Instances) if (isMarked(scope, { tags: Tags })) ids.add(InstanceId);
  }
  return ids;
}

export const isRunning = ({ state }: Pick<Gateway, 'state'>): boolean => state === 'RUNNING';

/** Each with its disks, as far as its type has them. */
export async function withDisks(aws: Aws, scope: RunScope): Promise<Disks[]> {
  const found = await gateways(aws, scope);
  return Promise.all(found.map(async (gateway) => ({ ...gateway, ...(await disksOf(aws, gateway)) })));
}

async function disksOf(aws: Aws, gateway: Gateway): Promise<Pick<Disks, 'cacheBytes' | 'bufferBytes'>> {
  const { client } = sgw(aws);
  const asked = { GatewayARN: gateway.arn };
  const running = isRunning(gateway);
  const cache = running && gateway.type !== 'STORED' ? await client.send(new DescribeCacheCommand(asked)) : undefined;
  const buffer =
    running && gateway.type !== 'FILE_S3' ? await client.send(new DescribeUploadBufferCommand(asked)) : undefined;
  return {
    cacheBytes: cache?.CacheAllocatedInBytes ?? 0,
    bufferBytes: buffer?.UploadBufferAllocatedInBytes ?? 0,
  };
}

export async function tuned(aws: Aws, scope: RunScope): Promise<Tuned[]> {
  const found = await withDisks(aws, scope);
  return Promise.all(found.map(async (gateway) => ({ ...gateway, ...(await limitsOf(aws, gateway)) })));
}

/** File gateways have the schedule alone. */
async function limitsOf(aws: Aws, gateway: Gateway): Promise<Pick<Tuned, 'scheduled' | 'limit'>> {
  if (!isRunning(gateway)) return { scheduled: [] };
  const { client } = sgw(aws);
  const asked = { GatewayARN: gateway.arn };
  const { BandwidthRateLimitIntervals = [] } = await client.send(new DescribeBandwidthRateLimitScheduleCommand(asked));
  const always =
    gateway.type === 'FILE_S3' ? undefined : await client.send(new DescribeBandwidthRateLimitCommand(asked));
  return {
    scheduled: BandwidthRateLimitIntervals.flatMap(
      ({ AverageUploadRateLimitInBitsPerSec }) => AverageUploadRateLimitInBitsPerSec ?? [],
    ),
    limit: always?.AverageUploadRateLimitInBitsPerSec,
  };
}

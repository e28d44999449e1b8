// The run's machines: marked with its tag or name, or standing in its network.

import {
  DescribeInstanceAttributeCommand,
  EC2Client,
  type Instance,
  paginateDescribeInstances,
  paginateDescribeSubnets,
  paginateDescribeVolumes,
  type Subnet,
} from '@aws-sdk/client-ec2';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';
import { SUBNET_CIDR } from '../facts';

export interface Machine {
  readonly id: string;
  /** EC2's own word: pending, running, stopping, stopped, shutting-down. */
  readonly state: string;
  readonly type: string;
  readonly architecture: string;
  readonly inLabSubnet: boolean;
  readonly zone: string;
  readonly publicIp?: string | undefined;
  readonly keyName?: string | undefined;
  /** ARN. */
  readonly profile?: string | undefined;
  readonly groups: readonly string[];
  readonly rootVolume?: string | undefined;
  readonly httpTokens?: string | undefined;
  readonly metadataTags?: string | undefined;
  /** ISO 8601: the last start. */
  readonly started?: string | undefined;
  /** ISO 8601: when its first interface or its root volume was attached, which a restart does not change. */
  readonly assembled?: string | undefined;
}

/** What a machine was set up with; two more calls for each machine. */
export interface Setup extends Machine {
  readonly userData?: string | undefined;
  readonly shutdownBehavior?: string | undefined;
  readonly root?: { readonly type?: string | undefined; readonly encrypted: boolean } | undefined;
}

/** The lab's own subnet, and every subnet that is the run's. */
async function subnetsOf(aws: Aws, scope: RunScope): Promise<Subnet[]> {
  const pages = paginateDescribeSubnets({ client: aws.client(EC2Client) }, {});
  const subnets = await collect(items(pages, (page) => page.Subnets));
  return subnets.filter(({ Tags }) => isMarked(scope, { tags: Tags }));
}

export async function machines(aws: Aws, scope: RunScope): Promise<Machine[]> {
  const subnets = await subnetsOf(aws, scope);
  const places = new Set(subnets.map(({ SubnetId }) => SubnetId));
  const labSubnet = subnets.find(({ CidrBlock }) => CidrBlock === SUBNET_CIDR)?.SubnetId;
  const pages = paginateDescribeInstances({ client: aws.client(EC2Client) }, {});
  const found: Machine[] = [];
  for await (const { Instances = [] } of items(pages, (page) => page.Reservations)) {
    for (const instance of Instances) {
      const isOfRun =
        isMarked(scope, { tags: instance.Tags, names: [instance.KeyName] }) || places.has(instance.SubnetId);
      if (isOfRun && instance.State?.Name !== 'terminated') found.push(plain(instance, labSubnet));
    }
  }
  return found;
}

function plain(instance: Instance, labSubnet: string | undefined): Machine {
  const { BlockDeviceMappings = [], NetworkInterfaces = [], RootDeviceName, MetadataOptions } = instance;
  const root = BlockDeviceMappings.find(({ DeviceName }) => DeviceName === RootDeviceName)?.Ebs;
  const attached = [root?.AttachTime, ...NetworkInterfaces.map(({ Attachment }) => Attachment?.AttachTime)];
  return {
    id: instance.InstanceId ?? '',
    state: instance.State?.Name ?? 'unknown',
    type: instance.InstanceType ?? 'unknown',
    architecture: instance.Architecture ?? 'unknown',
    inLabSubnet: labSubnet !== undefined && instance.SubnetId === labSubnet,
    zone: instance.Placement?.AvailabilityZone ?? '',
    publicIp: instance.PublicIpAddress,
    keyName: instance.KeyName,
    profile: instance.IamInstanceProfile?.Arn,
    groups: (instance.SecurityGroups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
    rootVolume: root?.VolumeId,
    httpTokens: MetadataOptions?.HttpTokens,
    metadataTags: MetadataOptions?.InstanceMetadataTags,
    started: instance.LaunchTime?.toISOString(),
    assembled: earliest(attached),
  };
}

const earliest = (times: readonly (Date | undefined)[]): string | undefined =>
  times
    .flatMap((time) => time?.toISOString() ?? [])
    .sort()
    .at(0);

export async function setups(aws: Aws, scope: RunScope): Promise<Setup[]> {
  const found = await machines(aws, scope);
  const roots = await volumesById(aws, found.length === 0 ? [] : found.flatMap(({ rootVolume }) => rootVolume ?? []));
  return Promise.all(
    found.map(async (machine) => ({
      ...machine,
      ...(await attributes(aws, machine.id)),
      root: roots.get(machine.rootVolume ?? ''),
    })),
  );
}

async function attributes(aws: Aws, InstanceId: string): Promise<Pick<Setup, 'userData' | 'shutdownBehavior'>> {
  const client = aws.client(EC2Client);
  const [data, shutdown] = await Promise.all([
    client.send(new DescribeInstanceAttributeCommand({ InstanceId, Attribute: 'userData' })),
    client.send(new DescribeInstanceAttributeCommand({ InstanceId, Attribute: 'instanceInitiatedShutdownBehavior' })),
  ]);
  const encoded = data.UserData?.Value;
  return {
    userData: encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8'),
    shutdownBehavior: shutdown.InstanceInitiatedShutdownBehavior?.Value,
  };
}

async function volumesById(aws: Aws, ids: readonly string[]): Promise<Map<string, NonNullable<Setup['root']>>> {
  const pages = paginateDescribeVolumes({ client: aws.client(EC2Client) }, {});
  const byId = new Map<string, NonNullable<Setup['root']>>();
  for await (const { VolumeId = '', VolumeType, Encrypted = false } of items(pages, (page) => page.Volumes)) {
    if (ids.includes(VolumeId)) byId.set(VolumeId, { type: VolumeType, encrypted: Encrypted });
  }
  return byId;
}

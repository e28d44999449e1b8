// The run's machines, as EC2 shows them and as Systems Manager knows them.

import {
  EC2Client,
  type Instance,
  type IpPermission,
  paginateDescribeInstances,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
} from '@aws-sdk/client-ec2';
import { type InstanceInformation, paginateDescribeInstanceInformation, SSMClient } from '@aws-sdk/client-ssm';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';
import { PATCH_GROUP_TAG } from '../facts';

export interface Node {
  readonly id: string;
  /** EC2's own word. */
  readonly state: string;
  /** ARN of the instance profile. */
  readonly profile?: string | undefined;
  /** Ports that a security group of it opens to somebody: "tcp 22". */
  readonly open: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly patchGroup?: string | undefined;
  /** Systems Manager's own word, undefined where no agent has reported. */
  readonly ping?: string | undefined;
}

export async function nodes(aws: Aws, scope: RunScope): Promise<Node[]> {
  const found = await instancesOf(aws, scope);
  if (found.length === 0) return [];
  const [open, known] = await Promise.all([openPorts(aws), information(aws)]);
  return found.map((instance) => plain(instance, open, known));
}

async function instancesOf(aws: Aws, scope: RunScope): Promise<Instance[]> {
  const client = aws.client(EC2Client);
  const subnets = await collect(items(paginateDescribeSubnets({ client }, {}), (page) => page.Subnets));
  const places = new Set(subnets.filter(({ Tags }) => isMarked(scope, { tags: Tags })).map(({ SubnetId }) => SubnetId));
  const reservations = await collect(items(paginateDescribeInstances({ client }, {}), (page) => page.Reservations));
  return reservations
    .flatMap(({ Instances = [] }) => Instances)
    .filter(({ State }) => State?.Name !== 'terminated' && State?.Name !== 'shutting-down')
    .filter(({ Tags, SubnetId }) => isMarked(scope, { tags: Tags }) || places.has(SubnetId));
}

async function openPorts(aws: Aws): Promise<ReadonlyMap<string, readonly string[]>> {
  const pages = paginateDescribeSecurityGroups({ client: aws.client(EC2Client) }, {});
  const groups = await collect(items(pages, (page) => page.SecurityGroups));
  return new Map(groups.map(({ GroupId = '', IpPermissions = [] }) => [GroupId, IpPermissions.map(port)]));
}

const port = ({ IpProtocol, FromPort, ToPort }: IpPermission): string =>
  IpProtocol === '-1' ? 'everything' : `${IpProtocol} ${FromPort}${ToPort === FromPort ? '' : `-${ToPort}`}`;

async function information(aws: Aws): Promise<ReadonlyMap<string, InstanceInformation>> {
  const pages = paginateDescribeInstanceInformation({ client: aws.client(SSMClient) }, {});
  const known = await collect(items(pages, (page) => page.InstanceInformationList));
  return new Map(known.map((one) => [one.InstanceId ?? '', one]));
}

function plain(
  { InstanceId: id = '', State, IamInstanceProfile, SecurityGroups = [], Tags = [] }: Instance,
  open: ReadonlyMap<string, readonly string[]>,
  known: ReadonlyMap<string, InstanceInformation>,
): Node {
  const tags = Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
  return {
    id,
    state: State?.Name ?? 'unknown',
    profile: IamInstanceProfile?.Arn,
    open: SecurityGroups.flatMap(({ GroupId = '' }) => open.get(GroupId) ?? []),
    tags,
    patchGroup: tags[PATCH_GROUP_TAG] ?? tags['Patch Group'],
    ping: known.get(id)?.PingStatus,
  };
}

/** What associations and windows aim at. */
export interface Target {
  readonly key: string;
  readonly values: readonly string[];
}

/** Does a list of targets name the machine? Every target has to. */
export const aimsAt = (targets: readonly Target[], { id, tags }: Pick<Node, 'id' | 'tags'>): boolean =>
  targets.length > 0 &&
  targets.every(({ key, values }) => {
    if (key.toLowerCase() === 'instanceids') return values.includes(id) || values.includes('*');
    if (key === 'tag-key') return values.some((value) => value in tags);
    return key.startsWith('tag:') && values.includes(tags[key.slice('tag:'.length)] ?? '');
  });

export const targetsOf = (
  targets: readonly { readonly Key?: string | undefined; readonly Values?: readonly string[] | undefined }[] = [],
): Target[] => targets.map(({ Key = '', Values = [] }) => ({ key: Key, values: [...Values] }));

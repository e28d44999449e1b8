// What an emulator holds, read by SDK calls of the tests' own: worklab is not asked.

import { CloudFormationClient, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, paginateDescribeAlarms, paginateListDashboards } from '@aws-sdk/client-cloudwatch';
import {
  DescribeAddressesCommand,
  DescribeKeyPairsCommand,
  DescribePlacementGroupsCommand,
  EC2Client,
  paginateDescribeImages,
  paginateDescribeInstances,
  paginateDescribeInternetGateways,
  paginateDescribeLaunchTemplates,
  paginateDescribeNatGateways,
  paginateDescribeNetworkAcls,
  paginateDescribeNetworkInterfaces,
  paginateDescribeRouteTables,
  paginateDescribeSecurityGroups,
  paginateDescribeSnapshots,
  paginateDescribeSubnets,
  paginateDescribeVolumes,
  paginateDescribeVpcEndpoints,
  paginateDescribeVpcs,
} from '@aws-sdk/client-ec2';
import {
  IAMClient,
  paginateListInstanceProfiles,
  paginateListPolicies,
  paginateListRoles,
  paginateListUsers,
} from '@aws-sdk/client-iam';
import { paginateDescribeParameters, SSMClient } from '@aws-sdk/client-ssm';
import { clientConfig } from './client-config';

/** Kind → the ids of what is there, sorted. */
export type Inventory = Readonly<Record<string, readonly string[]>>;

type Pages = AsyncIterable<object>;

/** Every network, EC2, CloudWatch, IAM, SSM and CloudFormation thing that the endpoint lists. */
export async function look(endpoint: string, region = 'us-east-1'): Promise<Inventory> {
  const config = clientConfig(endpoint, region);
  const looks = { ...networkLooks(config), ...machineLooks(config), ...otherLooks(config) };
  const entries = await Promise.all(
    Object.entries(looks).map(async ([kind, [pages, list, id]]) => [kind, await idsIn(pages, list, id)] as const),
  );
  return Object.fromEntries(entries);
}

type Look = readonly [pages: Pages, list: string, id: string];
type Config = ConstructorParameters<typeof EC2Client>[0] & object;

function networkLooks(config: Config): Record<string, Look> {
  const client = new EC2Client(config);
  return {
    vpc: [paginateDescribeVpcs({ client }, {}), 'Vpcs', 'VpcId'],
    subnet: [paginateDescribeSubnets({ client }, {}), 'Subnets', 'SubnetId'],
    gateway: [paginateDescribeInternetGateways({ client }, {}), 'InternetGateways', 'InternetGatewayId'],
    nat: [
      paginateDescribeNatGateways({ client }, { Filter: [{ Name: 'state', Values: ['pending', 'available'] }] }),
      'NatGateways',
      'NatGatewayId',
    ],
    routes: [paginateDescribeRouteTables({ client }, {}), 'RouteTables', 'RouteTableId'],
    // A VPC's default list is no thing of its own; plain moto forgets to take it with its VPC.
    acl: [
      paginateDescribeNetworkAcls({ client }, { Filters: [{ Name: 'default', Values: ['false'] }] }),
      'NetworkAcls',
      'NetworkAclId',
    ],
    group: [paginateDescribeSecurityGroups({ client }, {}), 'SecurityGroups', 'GroupId'],
    // One that is deleted stays listed as such for a while.
    endpoint: [
      paginateDescribeVpcEndpoints(
        { client },
        { Filters: [{ Name: 'vpc-endpoint-state', Values: ['pending', 'available', 'deleting', 'failed'] }] },
      ),
      'VpcEndpoints',
      'VpcEndpointId',
    ],
    interface: [
      paginateDescribeNetworkInterfaces({ client }, { Filters: [{ Name: 'status', Values: ['available'] }] }),
      'NetworkInterfaces',
      'NetworkInterfaceId',
    ],
    address: [once(client.send(new DescribeAddressesCommand({}))), 'Addresses', 'AllocationId'],
  };
}

function machineLooks(config: Config): Record<string, Look> {
  const client = new EC2Client(config);
  const alive = {
    Filters: [{ Name: 'instance-state-name', Values: ['pending', 'running', 'stopping', 'stopped', 'shutting-down'] }],
  };
  return {
    instance: [flat(paginateDescribeInstances({ client }, alive)), 'Instances', 'InstanceId'],
    volume: [paginateDescribeVolumes({ client }, {}), 'Volumes', 'VolumeId'],
    snapshot: [paginateDescribeSnapshots({ client }, { OwnerIds: ['self'] }), 'Snapshots', 'SnapshotId'],
    image: [paginateDescribeImages({ client }, { Owners: ['self'] }), 'Images', 'ImageId'],
    key: [once(client.send(new DescribeKeyPairsCommand({}))), 'KeyPairs', 'KeyName'],
    template: [paginateDescribeLaunchTemplates({ client }, {}), 'LaunchTemplates', 'LaunchTemplateId'],
    // Plain moto has no placement groups; there can be none then.
    placement: [
      unlessMissing(client.send(new DescribePlacementGroupsCommand({})), { PlacementGroups: [] }),
      'PlacementGroups',
      'GroupName',
    ],
  };
}

function otherLooks(config: Config): Record<string, Look> {
  const cloudwatch = new CloudWatchClient(config);
  const iam = new IAMClient(config);
  return {
    alarm: [paginateDescribeAlarms({ client: cloudwatch }, {}), 'MetricAlarms', 'AlarmName'],
    dashboard: [paginateListDashboards({ client: cloudwatch }, {}), 'DashboardEntries', 'DashboardName'],
    role: [paginateListRoles({ client: iam }, {}), 'Roles', 'RoleName'],
    user: [paginateListUsers({ client: iam }, {}), 'Users', 'UserName'],
    policy: [paginateListPolicies({ client: iam }, { Scope: 'Local' }), 'Policies', 'PolicyName'],
    profile: [paginateListInstanceProfiles({ client: iam }, {}), 'InstanceProfiles', 'InstanceProfileName'],
    parameter: [paginateDescribeParameters({ client: new SSMClient(config) }, {}), 'Parameters', 'Name'],
    stack: [paginateDescribeStacks({ client: new CloudFormationClient(config) }, {}), 'Stacks', 'StackName'],
  };
}

async function* once(answer: Promise<object>): Pages {
  yield await answer;
}

async function* unlessMissing(answer: Promise<object>, instead: object): Pages {
  yield await answer.catch((error: { $metadata?: { httpStatusCode?: number } }) => {
    if (error.$metadata?.httpStatusCode === 501) return instead;
    throw error;
  });
}

async function* flat(pages: AsyncIterable<{ Reservations?: { Instances?: unknown[] }[] }>): Pages {
  for await (const page of pages)
    yield { Instances: (page.Reservations ?? []).flatMap(({ Instances = [] }) => Instances) };
}

/** Public parameters, which moto makes when somebody first asks. */
const isOfAws = (id: string): boolean => id.startsWith('/aws/service/');

async function idsIn(pages: Pages, list: string, id: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of pages) {
    const things = (page as Record<string, unknown>)[list];
    if (!Array.isArray(things)) throw new Error(`the answer lacks ${list}`);
    for (const thing of things as Record<string, unknown>[])
      if (!isOfAws(String(thing[id]))) ids.push(String(thing[id]));
  }
  return ids.sort((a, b) => a.localeCompare(b));
}

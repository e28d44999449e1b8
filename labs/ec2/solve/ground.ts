// What the stack gives to whoever builds the machine by hand: its subnet, its security group, the key and the address.

import {
  EC2Client,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
  type ResourceType,
  type TagSpecification,
} from '@aws-sdk/client-ec2';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { type Aws, collect, isMarked, items, type RunScope, WorklabError } from '../../../lib/kit';
import { SUBNET_CIDR } from '../facts';

export interface Ground {
  readonly vpcId: string;
  readonly subnetId: string;
  readonly zone: string;
  readonly groupId: string;
}

export async function ground(aws: Aws, scope: RunScope): Promise<Ground> {
  const client = aws.client(EC2Client);
  const subnets = await collect(items(paginateDescribeSubnets({ client }, {}), (page) => page.Subnets));
  const subnet = subnets.find(({ CidrBlock, Tags }) => CidrBlock === SUBNET_CIDR && isMarked(scope, { tags: Tags }));
  const groups = await collect(items(paginateDescribeSecurityGroups({ client }, {}), (page) => page.SecurityGroups));
  const group = groups.find(({ GroupName, VpcId }) => GroupName === `${scope.prefix}-ssh` && VpcId === subnet?.VpcId);
  if (!subnet?.SubnetId || !subnet.VpcId || !subnet.AvailabilityZone || !group?.GroupId) {
    throw new WorklabError('usage/invalid', {
      what: `the subnet or the security group of run ${scope.run} is not there`,
      fix: 'deploy the lab again: the exercises stand on both',
    });
  }
  return { vpcId: subnet.VpcId, subnetId: subnet.SubnetId, zone: subnet.AvailabilityZone, groupId: group.GroupId };
}

/** What the lab's stack published under this key. */
export const published = (aws: Aws, { prefix }: RunScope, key: string): Promise<string> =>
  parameter(aws, `/${prefix}/ec2/${key}`);

export async function parameter(aws: Aws, Name: string): Promise<string> {
  const { Parameter } = await aws.client(SSMClient).send(new GetParameterCommand({ Name }));
  if (!Parameter?.Value) throw new Error(`the SSM parameter ${Name} has no value`);
  return Parameter.Value;
}

/** The run's tag and a name, for things of these types that one call makes. */
export const markedAs = (scope: RunScope, thing: string, ...types: readonly ResourceType[]): TagSpecification[] =>
  types.map((ResourceType) => ({
    ResourceType,
    Tags: [
      { Key: scope.tag.key, Value: scope.tag.value },
      { Key: 'Name', Value: `${scope.prefix}-${thing}` },
    ],
  }));

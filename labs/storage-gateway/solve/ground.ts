// What the stacks give to whoever builds a gateway by hand: a public subnet, a security group; and marks for what is made.

import {
  EC2Client,
  paginateDescribeSecurityGroups,
  type ResourceType,
  type TagSpecification,
} from '@aws-sdk/client-ec2';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { type Aws, collect, items, type RunScope, WorklabError } from '../../../lib/kit';
import { NAMES } from '../facts';

export interface Ground {
  readonly subnetId: string;
  readonly groupId: string;
}

export async function ground(aws: Aws, { prefix, run }: RunScope): Promise<Ground> {
  const subnetId = await parameter(aws, `/${prefix}/network/public-subnet-a-id`);
  const pages = paginateDescribeSecurityGroups({ client: aws.client(EC2Client) }, {});
  const groups = await collect(items(pages, (page) => page.SecurityGroups));
  const group = groups.find(({ GroupName }) => GroupName === `${prefix}-${NAMES.group}`);
  if (group?.GroupId === undefined) {
    throw new WorklabError('usage/invalid', {
      what: `the security group of run ${run} is not there`,
      fix: 'deploy the lab again: the gateways stand behind it',
    });
  }
  return { subnetId, groupId: group.GroupId };
}

export async function parameter(aws: Aws, Name: string): Promise<string> {
  const { Parameter } = await aws.client(SSMClient).send(new GetParameterCommand({ Name }));
  if (!Parameter?.Value) throw new Error(`the SSM parameter ${Name} has no value`);
  return Parameter.Value;
}

export const runTag = ({ tag }: RunScope): { Key: string; Value: string } => ({ Key: tag.key, Value: tag.value });

/** The run's tag and a name, for things of these types that one call makes. */
export const markedAs = (scope: RunScope, thing: string, ...types: readonly ResourceType[]): TagSpecification[] =>
  types.map((ResourceType) => ({
    ResourceType,
    Tags: [runTag(scope), { Key: 'Name', Value: `${scope.prefix}-${thing}` }],
  }));

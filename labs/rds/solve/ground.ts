// What the stacks give to whoever builds the database by hand: the network, the group of the clients, the topic.

import { EC2Client, paginateDescribeSecurityGroups } from '@aws-sdk/client-ec2';
import { paginateListTopics, SNSClient } from '@aws-sdk/client-sns';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { type Aws, collect, items, type RunScope, WorklabError } from '../../../lib/kit';

export interface Ground {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly clientsId: string;
}

export async function ground(aws: Aws, scope: RunScope): Promise<Ground> {
  const [vpcId, ...subnetIds] = await Promise.all(
    ['vpc-id', 'isolated-subnet-a-id', 'isolated-subnet-b-id'].map((key) => published(aws, scope, key)),
  );
  const clientsId = await groupNamed(aws, `${scope.prefix}-database-clients`);
  if (vpcId === undefined || clientsId === undefined) throw notThere(scope, 'security group of the clients');
  return { vpcId, subnetIds, clientsId };
}

async function published(aws: Aws, { prefix }: RunScope, key: string): Promise<string> {
  const Name = `/${prefix}/network/${key}`;
  const { Parameter } = await aws.client(SSMClient).send(new GetParameterCommand({ Name }));
  if (!Parameter?.Value) throw new Error(`the SSM parameter ${Name} has no value`);
  return Parameter.Value;
}

/** The id of a security group of this name, in whatever VPC: names carry the run. */
export async function groupNamed(aws: Aws, name: string): Promise<string | undefined> {
  const query = { Filters: [{ Name: 'group-name', Values: [name] }] };
  const pages = paginateDescribeSecurityGroups({ client: aws.client(EC2Client) }, query);
  return (await collect(items(pages, (page) => page.SecurityGroups)))[0]?.GroupId;
}

export async function topicArn(aws: Aws, scope: RunScope): Promise<string> {
  const pages = paginateListTopics({ client: aws.client(SNSClient) }, {});
  const topics = await collect(items(pages, (page) => page.Topics));
  const found = topics.find(({ TopicArn }) => TopicArn?.endsWith(`:${scope.prefix}-database`))?.TopicArn;
  if (found === undefined) throw notThere(scope, 'topic');
  return found;
}

const notThere = ({ run }: RunScope, what: string): WorklabError =>
  new WorklabError('usage/invalid', {
    what: `the ${what} of run ${run} is not there`,
    fix: 'deploy the lab again: the exercises stand on it',
  });

/** The run's tag, as RDS and most others take it. */
export const tags = ({ tag }: RunScope): { Key: string; Value: string }[] => [{ Key: tag.key, Value: tag.value }];

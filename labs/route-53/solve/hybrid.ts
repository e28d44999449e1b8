// The exercise on the resolver → two endpoints, a rule between them and the network, and a log of the network's queries.

import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client, paginateDescribeSecurityGroups, paginateDescribeSubnets } from '@aws-sdk/client-ec2';
import {
  AssociateResolverQueryLogConfigCommand,
  AssociateResolverRuleCommand,
  CreateResolverEndpointCommand,
  CreateResolverQueryLogConfigCommand,
  CreateResolverRuleCommand,
  GetResolverEndpointCommand,
  GetResolverRuleAssociationCommand,
  type IpAddressRequest,
  paginateListResolverQueryLogConfigs,
  Route53ResolverClient,
} from '@aws-sdk/client-route53resolver';
import { type Aws, collect, items, meets, type RunScope, WorklabError, waitUntil } from '../../../lib/kit';
import { HYBRID } from '../demands-beside';
import { corporateDomain, LISTENS } from '../facts';
import { type Hybrid, hybrid, isOfRun } from '../observe/hybrid';
import { vpcsOfRun } from '../observe/private';

/** Seconds: an endpoint takes two to four minutes to have its interfaces. */
const PLUGGING_IN = 600;

interface Ground {
  readonly vpcId: string;
  readonly subnetIds: readonly [string, string];
  readonly groupId: string;
}

export async function forwardHybridDns(aws: Aws, scope: RunScope): Promise<void> {
  const seen = await hybrid(aws, scope);
  if (meets(seen, HYBRID)) return;
  const ground = await groundOf(aws, scope);
  await endpoint(
    aws,
    scope,
    seen,
    'INBOUND',
    [
      { SubnetId: ground.subnetIds[0], Ip: LISTENS.a },
      { SubnetId: ground.subnetIds[1], Ip: LISTENS.b },
    ],
    ground,
  );
  const out = await endpoint(
    aws,
    scope,
    seen,
    'OUTBOUND',
    ground.subnetIds.map((SubnetId) => ({ SubnetId })),
    ground,
  );
  await forward(aws, scope, out, ground.vpcId);
  if (!seen.loggedVpcs.includes(ground.vpcId)) await log(aws, scope, ground.vpcId);
}

async function groundOf(aws: Aws, scope: RunScope): Promise<Ground> {
  const client = aws.client(EC2Client);
  const [vpcId] = await vpcsOfRun(aws, scope);
  const subnets = await collect(items(paginateDescribeSubnets({ client }, {}), (page) => page.Subnets));
  const named = (end: string): string | undefined =>
    subnets.find(
      ({ VpcId, Tags = [] }) =>
        VpcId === vpcId && Tags.some(({ Value }) => Value === `${scope.prefix}-isolated-${end}`),
    )?.SubnetId;
  const [a, b] = [named('a'), named('b')];
  const groups = await collect(items(paginateDescribeSecurityGroups({ client }, {}), (page) => page.SecurityGroups));
  const groupId = groups.find(
    ({ GroupName, VpcId }) => GroupName === `${scope.prefix}-resolver` && VpcId === vpcId,
  )?.GroupId;
  if (vpcId === undefined || a === undefined || b === undefined || groupId === undefined) {
    throw new WorklabError('usage/invalid', {
      what: `the network or the security group of run ${scope.run} is not there`,
      fix: 'deploy the lab again: the endpoints stand in both',
    });
  }
  return { vpcId, subnetIds: [a, b], groupId };
}

async function endpoint(
  aws: Aws,
  scope: RunScope,
  { endpoints }: Hybrid,
  Direction: 'INBOUND' | 'OUTBOUND',
  IpAddresses: IpAddressRequest[],
  { groupId, vpcId }: Ground,
): Promise<string> {
  const client = aws.client(Route53ResolverClient);
  const there = endpoints.find(({ direction, vpc }) => direction === Direction && vpc === vpcId);
  const id = there?.id ?? (await create());
  await waitUntil(aws, { for: `the endpoint ${id} to be operational`, seconds: PLUGGING_IN }, async () => {
    const { ResolverEndpoint } = await client.send(new GetResolverEndpointCommand({ ResolverEndpointId: id }));
    return ResolverEndpoint?.Status === 'OPERATIONAL';
  });
  return id;

  async function create(): Promise<string> {
    const name = `${scope.prefix}-${Direction.toLowerCase()}`;
    const { ResolverEndpoint } = await client.send(
      new CreateResolverEndpointCommand({
        CreatorRequestId: `${name}-${Date.now()}`,
        Name: name,
        Direction,
        SecurityGroupIds: [groupId],
        IpAddresses,
        Tags: tagsOf(scope),
      }),
    );
    return ResolverEndpoint?.Id ?? '';
  }
}

const tagsOf = ({ tag }: RunScope) => [{ Key: tag.key, Value: tag.value }];

async function forward(aws: Aws, scope: RunScope, ResolverEndpointId: string, VPCId: string): Promise<void> {
  const client = aws.client(Route53ResolverClient);
  const { rules } = await hybrid(aws, scope);
  const there = rules.find(({ type, endpoint: way }) => type === 'FORWARD' && way === ResolverEndpointId);
  if (there?.vpcs.includes(VPCId)) return;
  const Name = `${scope.prefix}-corp`;
  const id = there?.id ?? (await create());
  const { ResolverRuleAssociation } = await client.send(
    new AssociateResolverRuleCommand({ ResolverRuleId: id, VPCId, Name }),
  );
  const ResolverRuleAssociationId = ResolverRuleAssociation?.Id;
  await waitUntil(aws, { for: `the rule ${id} to be associated with ${VPCId}`, seconds: PLUGGING_IN }, async () => {
    const command = new GetResolverRuleAssociationCommand({ ResolverRuleAssociationId });
    return (await client.send(command)).ResolverRuleAssociation?.Status === 'COMPLETE';
  });

  async function create(): Promise<string> {
    const { ResolverRule } = await client.send(
      new CreateResolverRuleCommand({
        CreatorRequestId: `${Name}-${Date.now()}`,
        Name,
        RuleType: 'FORWARD',
        DomainName: corporateDomain(scope.prefix),
        ResolverEndpointId,
        TargetIps: [LISTENS.a, LISTENS.b].map((Ip) => ({ Ip, Port: 53 })),
        Tags: tagsOf(scope),
      }),
    );
    return ResolverRule?.Id ?? '';
  }
}

async function log(aws: Aws, scope: RunScope, ResourceId: string): Promise<void> {
  const client = aws.client(Route53ResolverClient);
  const Name = `${scope.prefix}-resolver-queries`;
  const ResolverQueryLogConfigId = (await configOfRun(aws, scope)) ?? (await create());
  await client.send(new AssociateResolverQueryLogConfigCommand({ ResolverQueryLogConfigId, ResourceId }));

  async function create(): Promise<string> {
    await logGroup(aws, scope, Name);
    const { ResolverQueryLogConfig } = await client.send(
      new CreateResolverQueryLogConfigCommand({
        CreatorRequestId: `${Name}-${Date.now()}`,
        Name,
        DestinationArn: `arn:aws:logs:${aws.region}:${aws.account}:log-group:${Name}`,
        Tags: tagsOf(scope),
      }),
    );
    return ResolverQueryLogConfig?.Id ?? '';
  }
}

async function configOfRun(aws: Aws, scope: RunScope): Promise<string | undefined> {
  const client = aws.client(Route53ResolverClient);
  const pages = paginateListResolverQueryLogConfigs({ client }, {});
  for await (const one of items(pages, (page) => page.ResolverQueryLogConfigs)) {
    if (await isOfRun(aws, scope, one)) return one.Id;
  }
  return undefined;
}

async function logGroup(aws: Aws, { tag }: RunScope, logGroupName: string): Promise<void> {
  const client = aws.client(CloudWatchLogsClient);
  try {
    await client.send(new CreateLogGroupCommand({ logGroupName, tags: { [tag.key]: tag.value } }));
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ResourceAlreadyExistsException') throw error;
  }
  await client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 1 }));
}

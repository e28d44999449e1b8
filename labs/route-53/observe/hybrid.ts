// The resolver's endpoints, rules and query logs of the run, and the networks that they are associated with.

import {
  ListTagsForResourceCommand,
  paginateListResolverEndpointIpAddresses,
  paginateListResolverEndpoints,
  paginateListResolverQueryLogConfigAssociations,
  paginateListResolverQueryLogConfigs,
  paginateListResolverRuleAssociations,
  paginateListResolverRules,
  Route53ResolverClient,
} from '@aws-sdk/client-route53resolver';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';

export interface Endpoint {
  readonly id: string;
  readonly direction: string;
  readonly status: string;
  readonly vpc: string;
  readonly subnets: readonly string[];
}

export interface ForwardRule {
  readonly id: string;
  readonly domain: string;
  readonly type: string;
  readonly endpoint?: string | undefined;
  readonly targets: readonly string[];
  readonly vpcs: readonly string[];
}

export interface Hybrid {
  readonly endpoints: readonly Endpoint[];
  readonly rules: readonly ForwardRule[];
  /** Networks whose queries are logged by a configuration of the run. */
  readonly loggedVpcs: readonly string[];
}

interface Named {
  readonly Arn?: string | undefined;
  readonly Name?: string | undefined;
}

/** The lists carry no tags: what the name does not tell is asked for its tags. */
export async function isOfRun(aws: Aws, scope: RunScope, { Arn, Name }: Named): Promise<boolean> {
  if (isMarked(scope, { names: [Name] })) return true;
  if (Arn === undefined) return false;
  const { Tags } = await aws.client(Route53ResolverClient).send(new ListTagsForResourceCommand({ ResourceArn: Arn }));
  return isMarked(scope, { tags: Tags });
}

export async function hybrid(aws: Aws, scope: RunScope): Promise<Hybrid> {
  const [own, rules, loggedVpcs] = await Promise.all([
    endpoints(aws, scope),
    forwardRules(aws, scope),
    logged(aws, scope),
  ]);
  return { endpoints: own, rules, loggedVpcs };
}

async function endpoints(aws: Aws, scope: RunScope): Promise<readonly Endpoint[]> {
  const client = aws.client(Route53ResolverClient);
  const found: Endpoint[] = [];
  for await (const one of items(paginateListResolverEndpoints({ client }, {}), (page) => page.ResolverEndpoints)) {
    if (!(await isOfRun(aws, scope, one))) continue;
    const { Id: id = '', Direction: direction = '', Status: status = '', HostVPCId: vpc = '' } = one;
    const pages = paginateListResolverEndpointIpAddresses({ client }, { ResolverEndpointId: id });
    const addresses = await collect(items(pages, (page) => page.IpAddresses));
    found.push({ id, direction, status, vpc, subnets: addresses.flatMap(({ SubnetId }) => SubnetId ?? []) });
  }
  return found;
}

async function forwardRules(aws: Aws, scope: RunScope): Promise<readonly ForwardRule[]> {
  const client = aws.client(Route53ResolverClient);
  const pages = paginateListResolverRuleAssociations({ client }, {});
  const associations = await collect(items(pages, (page) => page.ResolverRuleAssociations));
  const found: ForwardRule[] = [];
  for await (const one of items(paginateListResolverRules({ client }, {}), (page) => page.ResolverRules)) {
    // Rules that AWS made are nobody's run.
    if (one.OwnerId === 'Route 53 Resolver' || !(await isOfRun(aws, scope, one))) continue;
    const { Id: id = '', DomainName = '', RuleType: type = '', ResolverEndpointId: endpoint, TargetIps = [] } = one;
    const vpcs = associations.filter(({ ResolverRuleId }) => ResolverRuleId === id).flatMap(({ VPCId }) => VPCId ?? []);
    const targets = TargetIps.flatMap(({ Ip, Ipv6 }) => Ip ?? Ipv6 ?? []);
    found.push({ id, domain: DomainName.replace(/\.$/, ''), type, endpoint, targets, vpcs });
  }
  return found;
}

async function logged(aws: Aws, scope: RunScope): Promise<readonly string[]> {
  const client = aws.client(Route53ResolverClient);
  const pages = paginateListResolverQueryLogConfigAssociations({ client }, {});
  const associations = await collect(items(pages, (page) => page.ResolverQueryLogConfigAssociations));
  const vpcs: string[] = [];
  for await (const one of items(
    paginateListResolverQueryLogConfigs({ client }, {}),
    (page) => page.ResolverQueryLogConfigs,
  )) {
    if (!(await isOfRun(aws, scope, one))) continue;
    const own = associations.filter(({ ResolverQueryLogConfigId }) => ResolverQueryLogConfigId === one.Id);
    vpcs.push(...own.flatMap(({ ResourceId }) => ResourceId ?? []));
  }
  return vpcs;
}

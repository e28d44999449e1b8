// Traffic policies and the records that follow them, health checks, collections of networks, sets of name servers.

import {
  ChangeCidrCollectionCommand,
  DeleteCidrCollectionCommand,
  DeleteHealthCheckCommand,
  DeleteReusableDelegationSetCommand,
  DeleteTrafficPolicyCommand,
  DeleteTrafficPolicyInstanceCommand,
  GetTrafficPolicyInstanceCommand,
  type HealthCheck,
  ListTagsForResourcesCommand,
  paginateListCidrBlocks,
  paginateListCidrCollections,
  paginateListHealthChecks,
  Route53Client,
} from '@aws-sdk/client-route-53';
import {
  type Aws,
  collect,
  isMarked,
  items,
  type Sweeper,
  type SweepScope,
  unlessGone,
  waitUntil,
} from '../../../lib/kit';
import { HOME } from '../facts';
import {
  delegationSetPages,
  trafficPolicyInstancePages,
  trafficPolicyPages,
  trafficPolicyVersionPages,
} from '../observe/pages';
import { bareId, zoneIds } from '../observe/zones';

const regions = [HOME];
const INSTANCE_GONE = ['NoSuchTrafficPolicyInstance'];
const POLICY_GONE = ['NoSuchTrafficPolicy'];
/** Seconds that Route 53 may take to undo what a policy made. */
const UNDOING = 300;

/** $50 a month each. They block the deletion of their zone and of their policy, so they go before the stacks. */
export const trafficPolicyInstances: Sweeper = {
  kind: 'route53:trafficpolicyinstance',
  regions,
  beforeStacks: true,

  async *list(aws, scope) {
    const own = new Set((await zoneIds(aws, scope, scope.owned)).map(({ id }) => id));
    const policies = await policiesOf(aws, scope);
    for await (const one of items(trafficPolicyInstancePages(aws), (page) => page.list)) {
      const { Id: id = '', HostedZoneId = '', TrafficPolicyId = '' } = one;
      const isOfRun = own.has(bareId(HostedZoneId)) || policies.has(TrafficPolicyId) || scope.owned.has(id);
      if (isOfRun) yield { kind: 'route53:trafficpolicyinstance', id };
    }
  },

  remove: (aws, { id: Id }) =>
    unlessGone(INSTANCE_GONE, async () => {
      const client = aws.client(Route53Client);
      await client.send(new DeleteTrafficPolicyInstanceCommand({ Id }));
      await waitUntil(aws, { for: `the traffic policy instance ${Id} to be gone`, seconds: UNDOING }, async () => {
        let gone = true;
        await unlessGone(INSTANCE_GONE, async () => {
          await client.send(new GetTrafficPolicyInstanceCommand({ Id }));
          gone = false;
        });
        return gone;
      });
    }),
};

/** By their name: traffic policies have no tags. */
async function policiesOf(aws: Aws, scope: SweepScope): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const { Id = '', Name } of items(trafficPolicyPages(aws), (page) => page.list)) {
    if (isMarked(scope, { names: [Name] }) || scope.owned.has(Id)) ids.add(Id);
  }
  return ids;
}

export const trafficPolicies: Sweeper = {
  kind: 'route53:trafficpolicy',
  regions,
  after: ['route53:trafficpolicyinstance'],

  async *list(aws, scope) {
    for (const id of await policiesOf(aws, scope)) yield { kind: 'route53:trafficpolicy', id };
  },

  // A policy is gone with the last of its versions.
  remove: (aws, { id: Id }) =>
    unlessGone(POLICY_GONE, async () => {
      const versions = await collect(items(trafficPolicyVersionPages(aws, Id), (page) => page.list));
      for (const { Version } of versions) {
        const command = new DeleteTrafficPolicyCommand({ Id, Version });
        await unlessGone(POLICY_GONE, () => aws.client(Route53Client).send(command));
      }
    }),
};

const TAGS_AT_ONCE = 10;

export const healthChecks: Sweeper = {
  kind: 'route53:healthcheck',
  regions,
  after: ['route53:resourcerecordset', 'route53:hostedzone'],

  async *list(aws, scope) {
    const pages = paginateListHealthChecks({ client: aws.client(Route53Client) }, {});
    const all = await collect(items(pages, (page) => page.HealthChecks));
    const tagged = await taggedOnes(
      aws,
      scope,
      all.filter((one) => !isSurely(one, scope)),
    );
    for (const one of all) {
      const { Id: id = '' } = one;
      if (isSurely(one, scope) || tagged.has(id)) yield { kind: 'route53:healthcheck', id };
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['NoSuchHealthCheck'], () =>
      aws.client(Route53Client).send(new DeleteHealthCheckCommand({ HealthCheckId: id })),
    ),
};

/** By its reference, the alarm that it watches, or the checks that it sums up. */
const isSurely = ({ Id = '', CallerReference, HealthCheckConfig }: HealthCheck, scope: SweepScope): boolean =>
  scope.owned.has(Id) ||
  isMarked(scope, { names: [CallerReference, HealthCheckConfig?.AlarmIdentifier?.Name] }) ||
  (HealthCheckConfig?.ChildHealthChecks ?? []).some((child) => scope.owned.has(child));

async function taggedOnes(aws: Aws, scope: SweepScope, checks: readonly HealthCheck[]): Promise<ReadonlySet<string>> {
  const tagged = new Set<string>();
  for (let start = 0; start < checks.length; start += TAGS_AT_ONCE) {
    const ResourceIds = checks.slice(start, start + TAGS_AT_ONCE).map(({ Id = '' }) => Id);
    const command = new ListTagsForResourcesCommand({ ResourceType: 'healthcheck', ResourceIds });
    const { ResourceTagSets = [] } = await aws.client(Route53Client).send(command);
    for (const { ResourceId = '', Tags } of ResourceTagSets)
      if (isMarked(scope, { tags: Tags })) tagged.add(ResourceId);
  }
  return tagged;
}

/** Networks by name, for answers by who asks. One that holds networks, or that a record names, cannot be deleted. */
export const cidrCollections: Sweeper = {
  kind: 'route53:cidrcollection',
  regions,
  after: ['route53:resourcerecordset', 'route53:hostedzone'],

  async *list(aws, scope) {
    const pages = paginateListCidrCollections({ client: aws.client(Route53Client) }, {});
    for await (const { Id: id = '', Name } of items(pages, (page) => page.CidrCollections)) {
      if (isMarked(scope, { names: [Name] }) || scope.owned.has(id)) yield { kind: 'route53:cidrcollection', id };
    }
  },

  remove: (aws, { id: Id }) =>
    unlessGone(['NoSuchCidrCollectionException'], async () => {
      const client = aws.client(Route53Client);
      const held = new Map<string, string[]>();
      const pages = paginateListCidrBlocks({ client }, { CollectionId: Id });
      for await (const { LocationName = '', CidrBlock = '' } of items(pages, (page) => page.CidrBlocks)) {
        held.set(LocationName, [...(held.get(LocationName) ?? []), CidrBlock]);
      }
      const Changes = [...held].map(([LocationName, CidrList]) => ({
        LocationName,
        CidrList,
        Action: 'DELETE_IF_EXISTS' as const,
      }));
      if (Changes.length > 0) await client.send(new ChangeCidrCollectionCommand({ Id, Changes }));
      await client.send(new DeleteCidrCollectionCommand({ Id }));
    }),
};

/** Only its reference says whose a set is: it has neither name nor tags. */
export const delegationSets: Sweeper = {
  kind: 'route53:delegationset',
  regions,
  after: ['route53:hostedzone'],

  async *list(aws, scope) {
    for await (const { Id = '', CallerReference } of items(delegationSetPages(aws), (page) => page.list)) {
      const id = bareId(Id);
      if (isMarked(scope, { names: [CallerReference] }) || scope.owned.has(id)) {
        yield { kind: 'route53:delegationset', id };
      }
    }
  },

  remove: (aws, { id: Id }) =>
    unlessGone(['NoSuchDelegationSet'], () =>
      aws.client(Route53Client).send(new DeleteReusableDelegationSetCommand({ Id })),
    ),
};

// The resolver's things: associations before rules, rules before endpoints. An endpoint costs by the hour and holds its subnets;
// its interfaces, which nobody else can delete, leave with it, so it goes before the stacks, and what hangs on it before that.

import {
  DeleteResolverEndpointCommand,
  DeleteResolverQueryLogConfigCommand,
  DeleteResolverRuleCommand,
  DisassociateResolverQueryLogConfigCommand,
  DisassociateResolverRuleCommand,
  GetResolverEndpointCommand,
  GetResolverQueryLogConfigAssociationCommand,
  GetResolverRuleAssociationCommand,
  paginateListResolverEndpoints,
  paginateListResolverQueryLogConfigAssociations,
  paginateListResolverQueryLogConfigs,
  paginateListResolverRuleAssociations,
  paginateListResolverRules,
  Route53ResolverClient,
} from '@aws-sdk/client-route53resolver';
import {
  type Aws,
  isMarked,
  items,
  type Sweeper,
  type SweepScope,
  taggedArns,
  unlessGone,
  waitUntil,
} from '../../../lib/kit';

const GONE = ['ResourceNotFoundException'];
/** Seconds: an endpoint gives its interfaces back in a minute or two. */
const UNPLUGGING = 600;
/** The owner of the rules that every network has. */
const AWS_OWNED = 'Route 53 Resolver';

const resolver = (aws: Aws): { readonly client: Route53ResolverClient } => ({
  client: aws.client(Route53ResolverClient),
});

const owns = ({ owned }: SweepScope, ...ids: readonly (string | undefined)[]): boolean =>
  ids.some((id) => id !== undefined && owned.has(id));

interface Named {
  readonly Arn?: string | undefined;
  readonly Name?: string | undefined;
}

const isOfRun = (scope: SweepScope, tagged: ReadonlySet<string>, { Arn = '', Name }: Named): boolean =>
  isMarked(scope, { names: [Name] }) || tagged.has(Arn);

/** Deletes, and returns when a look no longer finds it. */
async function removeAndWait(aws: Aws, what: string, act: () => Promise<unknown>, look: () => Promise<unknown>) {
  await unlessGone(GONE, act);
  await waitUntil(aws, { for: `${what} to be gone`, seconds: UNPLUGGING }, async () => {
    let gone = true;
    await unlessGone(GONE, async () => {
      await look();
      gone = false;
    });
    return gone;
  });
}

export const ruleAssociations: Sweeper = {
  kind: 'route53resolver:resolver-rule-association',
  beforeStacks: true,

  async *list(aws, scope) {
    const pages = paginateListResolverRuleAssociations(resolver(aws), {});
    for await (const { Id: id = '', Name, ResolverRuleId = '', VPCId } of items(
      pages,
      (page) => page.ResolverRuleAssociations,
    )) {
      const isOfNetwork = owns(scope, VPCId) && !ResolverRuleId.startsWith('rslvr-autodefined');
      if (isMarked(scope, { names: [Name] }) || owns(scope, id, ResolverRuleId) || isOfNetwork) {
        yield { kind: 'route53resolver:resolver-rule-association', id };
      }
    }
  },

  remove: (aws, { id: ResolverRuleAssociationId }) =>
    unlessGone(GONE, async () => {
      const { client } = resolver(aws);
      const look = () => client.send(new GetResolverRuleAssociationCommand({ ResolverRuleAssociationId }));
      const { ResolverRuleId, VPCId } = (await look()).ResolverRuleAssociation ?? {};
      const command = new DisassociateResolverRuleCommand({ ResolverRuleId, VPCId });
      await removeAndWait(aws, `the association ${ResolverRuleAssociationId}`, () => client.send(command), look);
    }),
};

export const rules: Sweeper = {
  kind: 'route53resolver:resolver-rule',
  beforeStacks: true,
  after: ['route53resolver:resolver-rule-association'],

  async *list(aws, scope) {
    const tagged = await taggedArns(aws, scope, 'route53resolver');
    for await (const one of items(paginateListResolverRules(resolver(aws), {}), (page) => page.ResolverRules)) {
      const { Id: id = '', ResolverEndpointId, OwnerId } = one;
      if (OwnerId === AWS_OWNED) continue;
      if (owns(scope, id, ResolverEndpointId) || isOfRun(scope, tagged, one)) {
        yield { kind: 'route53resolver:resolver-rule', id };
      }
    }
  },

  remove: (aws, { id }) =>
    unlessGone(GONE, () => resolver(aws).client.send(new DeleteResolverRuleCommand({ ResolverRuleId: id }))),
};

export const endpoints: Sweeper = {
  kind: 'route53resolver:resolver-endpoint',
  beforeStacks: true,
  after: ['route53resolver:resolver-rule'],

  async *list(aws, scope) {
    const tagged = await taggedArns(aws, scope, 'route53resolver');
    const pages = paginateListResolverEndpoints(resolver(aws), {});
    for await (const one of items(pages, (page) => page.ResolverEndpoints)) {
      const { Id: id = '', HostVPCId } = one;
      if (owns(scope, id, HostVPCId) || isOfRun(scope, tagged, one)) {
        yield { kind: 'route53resolver:resolver-endpoint', id };
      }
    }
  },

  remove: (aws, { id: ResolverEndpointId }) => {
    const { client } = resolver(aws);
    return removeAndWait(
      aws,
      `the endpoint ${ResolverEndpointId}`,
      () => client.send(new DeleteResolverEndpointCommand({ ResolverEndpointId })),
      () => client.send(new GetResolverEndpointCommand({ ResolverEndpointId })),
    );
  },
};

export const queryLogAssociations: Sweeper = {
  kind: 'route53resolver:resolver-query-log-config-association',

  async *list(aws, scope) {
    const pages = paginateListResolverQueryLogConfigAssociations(resolver(aws), {});
    for await (const { Id: id = '', ResolverQueryLogConfigId, ResourceId } of items(
      pages,
      (page) => page.ResolverQueryLogConfigAssociations,
    )) {
      if (owns(scope, id, ResolverQueryLogConfigId, ResourceId)) {
        yield { kind: 'route53resolver:resolver-query-log-config-association', id };
      }
    }
  },

  remove: (aws, { id: ResolverQueryLogConfigAssociationId }) =>
    unlessGone(GONE, async () => {
      const { client } = resolver(aws);
      const look = () =>
        client.send(new GetResolverQueryLogConfigAssociationCommand({ ResolverQueryLogConfigAssociationId }));
      const { ResolverQueryLogConfigId, ResourceId } = (await look()).ResolverQueryLogConfigAssociation ?? {};
      const command = new DisassociateResolverQueryLogConfigCommand({ ResolverQueryLogConfigId, ResourceId });
      const what = `the association ${ResolverQueryLogConfigAssociationId}`;
      await removeAndWait(aws, what, () => client.send(command), look);
    }),
};

export const queryLogConfigs: Sweeper = {
  kind: 'route53resolver:resolver-query-log-config',
  after: ['route53resolver:resolver-query-log-config-association'],

  async *list(aws, scope) {
    const tagged = await taggedArns(aws, scope, 'route53resolver');
    const pages = paginateListResolverQueryLogConfigs(resolver(aws), {});
    for await (const one of items(pages, (page) => page.ResolverQueryLogConfigs)) {
      const { Id: id = '' } = one;
      if (owns(scope, id) || isOfRun(scope, tagged, one)) {
        yield { kind: 'route53resolver:resolver-query-log-config', id };
      }
    }
  },

  remove: (aws, { id }) =>
    unlessGone(GONE, () =>
      resolver(aws).client.send(new DeleteResolverQueryLogConfigCommand({ ResolverQueryLogConfigId: id })),
    ),
};

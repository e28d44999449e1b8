// Sweepers of the resolver, and of what stands beside Route 53: whose the things are, and how they go.

import * as L from '@aws-sdk/client-cloudwatch-logs';
import * as TAG from '@aws-sdk/client-resource-groups-tagging-api';
import * as D from '@aws-sdk/client-route-53-domains';
import * as RR from '@aws-sdk/client-route53resolver';
import { mockClient } from 'aws-sdk-client-mock';
import { owning } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const { found, idsOf, of, remove } = sweeping(sweepers);

/** The resolver's client is built on another version of the SDK's base types than the mocks are: same functions, no types. */
interface Loose {
  reset(): unknown;
  on(command: unknown, input?: object): Loose;
  onAnyCommand(): Loose;
  resolves(answer: object): Loose;
  resolvesOnce(answer: object): Loose;
  rejects(error: Error): Loose;
  commandCalls(command: unknown): readonly { readonly args: readonly { readonly input: unknown }[] }[];
}

const resolver = mockClient(RR.Route53ResolverClient as never) as unknown as Loose;
const logs = mockClient(L.CloudWatchLogsClient);
const tagging = mockClient(TAG.ResourceGroupsTaggingAPIClient);
const registrar = mockClient(D.Route53DomainsClient);
const all = [resolver, logs, registrar, tagging] as unknown as readonly Loose[];
beforeEach(() => {
  for (const client of all) client.reset();
  tagging.on(TAG.GetResourcesCommand).resolves({ ResourceTagMappingList: [] });
});

const Tags = [{ Key: 'worklab:run', Value: 'abc123' }];
const MORE = { NextToken: 'more' };
const failing = (name: string) => Object.assign(new Error(name), { name });

describe('the resolver', () => {
  test('endpoints are the run’s by name, tag or network, on the second page too; they go before the stacks', async () => {
    resolver
      .on(RR.ListResolverEndpointsCommand)
      .resolvesOnce({
        ResolverEndpoints: [
          { Id: 'in-9', Name: 'other', Arn: 'arn:aws:route53resolver:us-east-1:1:resolver-endpoint/in-9' },
        ],
        ...MORE,
      })
      .resolvesOnce({
        ResolverEndpoints: [
          { Id: 'in-1', Name: 'worklab-abc123-inbound' },
          { Id: 'out-1', Arn: 'arn:aws:route53resolver:us-east-1:1:resolver-endpoint/out-1' },
          { Id: 'out-2', HostVPCId: 'vpc-1' },
        ],
      });
    tagging.on(TAG.GetResourcesCommand).resolves({
      ResourceTagMappingList: [{ ResourceARN: 'arn:aws:route53resolver:us-east-1:1:resolver-endpoint/out-1' }],
    });
    expect(await idsOf('route53resolver:resolver-endpoint', owning('vpc-1'))).toEqual(['in-1', 'out-1', 'out-2']);
    expect(of('route53resolver:resolver-endpoint').beforeStacks).toBe(true);
    expect(of('route53resolver:resolver-endpoint').after).toEqual(['route53resolver:resolver-rule']);
  });

  test('rules of AWS are nobody’s run; rules are the run’s by name or endpoint', async () => {
    resolver
      .on(RR.ListResolverRulesCommand)
      .resolvesOnce({ ResolverRules: [{ Id: 'rslvr-autodefined-rr', OwnerId: 'Route 53 Resolver' }], ...MORE })
      .resolvesOnce({
        ResolverRules: [
          { Id: 'rr-1', Name: 'worklab-abc123-corp' },
          { Id: 'rr-2', ResolverEndpointId: 'out-1' },
        ],
      });
    expect(await idsOf('route53resolver:resolver-rule', owning('out-1'))).toEqual(['rr-1', 'rr-2']);
  });

  test('associations are the run’s by rule or network, those that AWS makes aside', async () => {
    resolver
      .on(RR.ListResolverRuleAssociationsCommand)
      .resolvesOnce({ ResolverRuleAssociations: [{ Id: 'a-9', ResolverRuleId: 'rr-9', VPCId: 'vpc-9' }], ...MORE })
      .resolvesOnce({
        ResolverRuleAssociations: [
          { Id: 'a-1', ResolverRuleId: 'rr-1', VPCId: 'vpc-9' },
          { Id: 'a-2', ResolverRuleId: 'rr-8', VPCId: 'vpc-1' },
          { Id: 'a-3', ResolverRuleId: 'rslvr-autodefined-rr-internet', VPCId: 'vpc-1' },
        ],
      });
    expect(await idsOf('route53resolver:resolver-rule-association', owning('rr-1', 'vpc-1'))).toEqual(['a-1', 'a-2']);
  });

  test('an association is undone by its two sides, and waited for', async () => {
    const ResolverRuleAssociation = { Id: 'a-1', ResolverRuleId: 'rr-1', VPCId: 'vpc-1' };
    resolver
      .on(RR.GetResolverRuleAssociationCommand)
      .resolvesOnce({ ResolverRuleAssociation })
      .resolvesOnce({ ResolverRuleAssociation })
      .rejects(failing('ResourceNotFoundException'));
    await remove('route53resolver:resolver-rule-association', 'a-1');
    expect(resolver.commandCalls(RR.DisassociateResolverRuleCommand)[0]?.args[0]?.input).toEqual({
      ResolverRuleId: 'rr-1',
      VPCId: 'vpc-1',
    });
  });

  test('query logs are the run’s by name or network, on the second page too', async () => {
    resolver
      .on(RR.ListResolverQueryLogConfigsCommand)
      .resolvesOnce({
        ResolverQueryLogConfigs: [
          { Id: 'q-9', Arn: 'arn:aws:route53resolver:us-east-1:1:resolver-query-log-config/q-9' },
        ],
        ...MORE,
      })
      .resolvesOnce({ ResolverQueryLogConfigs: [{ Id: 'q-1', Name: 'worklab-abc123-resolver-queries' }] });
    resolver
      .on(RR.ListResolverQueryLogConfigAssociationsCommand)
      .resolvesOnce({ ResolverQueryLogConfigAssociations: [{ Id: 'x-9', ResourceId: 'vpc-9' }], ...MORE })
      .resolvesOnce({ ResolverQueryLogConfigAssociations: [{ Id: 'x-1', ResourceId: 'vpc-1' }] });
    expect(await idsOf('route53resolver:resolver-query-log-config')).toEqual(['q-1']);
    expect(await idsOf('route53resolver:resolver-query-log-config-association', owning('vpc-1'))).toEqual(['x-1']);
  });
});

describe('beside Route 53', () => {
  test('a policy of the run’s name is its own; one that names its log groups is pointed at and left', async () => {
    logs
      .on(L.DescribeResourcePoliciesCommand)
      .resolvesOnce({ resourcePolicies: [{ policyName: 'other', policyDocument: 'log-group:x' }], nextToken: 'more' })
      .resolvesOnce({
        resourcePolicies: [
          { policyName: 'worklab-abc123-dns-queries' },
          {
            policyName: 'AWSLogDeliveryWrite',
            policyDocument: 'arn:aws:logs:us-east-1:1:log-group:worklab-abc123-resolver-queries:*',
          },
          { policyName: 'neighbour', policyDocument: 'arn:aws:logs:us-east-1:1:log-group:worklab-abc1234-x:*' },
        ],
      });
    expect(await found('logs:resource-policy')).toEqual([
      { kind: 'logs:resource-policy', id: 'worklab-abc123-dns-queries' },
      { kind: 'logs:resource-policy', id: 'AWSLogDeliveryWrite', why: expect.stringContaining('maybe of others') },
    ]);
  });

  test('a domain that renews is stopped renewing; one that does not is told and left', async () => {
    registrar
      .on(D.ListDomainsCommand)
      .resolvesOnce({ Domains: [{ DomainName: 'other.click' }], NextPageMarker: 'more' })
      .resolvesOnce({ Domains: [{ DomainName: 'worklab-abc123.click' }, { DomainName: 'mine.click' }] });
    registrar.on(D.ListTagsForDomainCommand).resolves({ TagList: [] });
    registrar.on(D.ListTagsForDomainCommand, { DomainName: 'mine.click' }).resolves({ TagList: Tags });
    registrar.on(D.GetDomainDetailCommand).resolves({ AutoRenew: false, ExpirationDate: new Date('2027-11-22') });
    registrar.on(D.GetDomainDetailCommand, { DomainName: 'mine.click' }).resolves({ AutoRenew: true });
    expect(await found('route53domains:domain')).toEqual([
      {
        kind: 'route53domains:domain',
        id: 'worklab-abc123.click',
        why: 'paid for until 2027-11-22; it does not renew',
      },
      { kind: 'route53domains:domain', id: 'mine.click' },
    ]);
    await remove('route53domains:domain', 'mine.click');
    expect(registrar.commandCalls(D.DisableDomainAutoRenewCommand)).toHaveLength(1);
  });
});

test.each([
  ['route53resolver:resolver-endpoint', 'ResourceNotFoundException'],
  ['route53resolver:resolver-rule', 'ResourceNotFoundException'],
  ['route53resolver:resolver-rule-association', 'ResourceNotFoundException'],
  ['route53resolver:resolver-query-log-config', 'ResourceNotFoundException'],
  ['route53resolver:resolver-query-log-config-association', 'ResourceNotFoundException'],
  ['logs:resource-policy', 'ResourceNotFoundException'],
])('removing a %s that is gone succeeds, and a refusal is an error', async (kind, name) => {
  for (const client of all) client.onAnyCommand().rejects(failing(name));
  await expect(remove(kind, 'x-1')).resolves.toBeUndefined();
  for (const client of all) client.onAnyCommand().rejects(failing('AccessDenied'));
  await expect(remove(kind, 'x-1')).rejects.toThrow('AccessDenied');
});

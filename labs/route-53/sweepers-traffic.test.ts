// Sweepers of traffic policies, health checks, collections of networks and sets of name servers: whose they are, and how they go.

import * as R from '@aws-sdk/client-route-53';
import { mockClient } from 'aws-sdk-client-mock';
import { owning } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const { found, idsOf, of, remove } = sweeping(sweepers);
const route53 = mockClient(R.Route53Client);
const LAST = { IsTruncated: false, MaxItems: 100 };
const ZONE = { Id: '/hostedzone/Z1', Name: 'worklab-abc123.test.', CallerReference: 'Z1' };
beforeEach(() => {
  route53.reset();
  route53.on(R.ListHostedZonesCommand).resolves({ HostedZones: [ZONE], Marker: '', ...LAST });
  route53.on(R.ListTagsForResourcesCommand).resolves({ ResourceTagSets: [] });
  route53.on(R.ListTrafficPoliciesCommand).resolves(policiesPage());
});

const policiesPage = (...TrafficPolicySummaries: R.TrafficPolicySummary[]) => ({
  TrafficPolicySummaries,
  TrafficPolicyIdMarker: '',
  ...LAST,
});
const policy = (Id: string, Name: string): R.TrafficPolicySummary => ({
  Id,
  Name,
  Type: 'A',
  LatestVersion: 1,
  TrafficPolicyCount: 1,
});
const calls = () => route53.calls().map((call) => call.args[0].constructor.name.replace('Command', ''));
const Tags = [{ Key: 'worklab:run', Value: 'abc123' }];

describe('traffic policies', () => {
  const instance = (Id: string, HostedZoneId: string, TrafficPolicyId: string): R.TrafficPolicyInstance => ({
    Id,
    HostedZoneId,
    Name: 't.',
    TTL: 60,
    State: 'Applied',
    Message: '',
    TrafficPolicyId,
    TrafficPolicyVersion: 1,
    TrafficPolicyType: 'A',
  });

  test('are the run’s by name, on the second page too, and go with all their versions', async () => {
    route53
      .on(R.ListTrafficPoliciesCommand)
      .resolvesOnce({ ...policiesPage(policy('tp-9', 'other')), IsTruncated: true, TrafficPolicyIdMarker: 'tp-1' })
      .resolvesOnce(policiesPage(policy('tp-1', 'worklab-abc123-share')));
    expect(await idsOf('route53:trafficpolicy')).toEqual(['tp-1']);
    expect(route53.commandCalls(R.ListTrafficPoliciesCommand)[1]?.args[0].input).toEqual({
      TrafficPolicyIdMarker: 'tp-1',
    });

    const version = (Version: number) => ({ Id: 'tp-1', Version, Name: 'n', Type: 'A' as const, Document: '{}' });
    route53
      .on(R.ListTrafficPolicyVersionsCommand)
      .resolvesOnce({ TrafficPolicies: [version(2)], ...LAST, IsTruncated: true, TrafficPolicyVersionMarker: '1' })
      .resolvesOnce({ TrafficPolicies: [version(1)], ...LAST, TrafficPolicyVersionMarker: '' });
    await remove('route53:trafficpolicy', 'tp-1');
    expect(route53.commandCalls(R.DeleteTrafficPolicyCommand).map((call) => call.args[0].input.Version)).toEqual([
      2, 1,
    ]);
  });

  test('their records are the run’s by zone or policy, go before the stacks, and are waited for', async () => {
    route53.on(R.ListTrafficPoliciesCommand).resolves(policiesPage(policy('tp-1', 'worklab-abc123-share')));
    route53
      .on(R.ListTrafficPolicyInstancesCommand)
      .resolvesOnce({
        TrafficPolicyInstances: [instance('i-1', 'Z1', 'tp-9')],
        ...LAST,
        IsTruncated: true,
        HostedZoneIdMarker: 'Z9',
        TrafficPolicyInstanceNameMarker: 't.',
        TrafficPolicyInstanceTypeMarker: 'A',
      })
      .resolvesOnce({
        TrafficPolicyInstances: [instance('i-2', 'Z9', 'tp-1'), instance('i-9', 'Z9', 'tp-9')],
        ...LAST,
      });
    expect(await idsOf('route53:trafficpolicyinstance')).toEqual(['i-1', 'i-2']);
    expect(of('route53:trafficpolicyinstance').beforeStacks).toBe(true);

    const gone = Object.assign(new Error('gone'), { name: 'NoSuchTrafficPolicyInstance' });
    route53
      .on(R.GetTrafficPolicyInstanceCommand)
      .resolvesOnce({ TrafficPolicyInstance: instance('i-1', 'Z1', 'tp-9') })
      .rejects(gone);
    await remove('route53:trafficpolicyinstance', 'i-1');
    expect(route53.commandCalls(R.GetTrafficPolicyInstanceCommand)).toHaveLength(2);
  });
});

describe('health checks, collections of networks, sets of name servers', () => {
  const check = (Id: string, CallerReference: string, HealthCheckConfig: R.HealthCheckConfig = { Type: 'HTTP' }) => ({
    Id,
    CallerReference,
    HealthCheckConfig,
    HealthCheckVersion: 1,
  });

  test('checks are the run’s by reference, alarm, child or tag, on the second page too', async () => {
    route53
      .on(R.ListHealthChecksCommand)
      .resolvesOnce({
        HealthChecks: [check('h-9', 'other')],
        Marker: '',
        ...LAST,
        IsTruncated: true,
        NextMarker: 'h-1',
      })
      .resolvesOnce({
        HealthChecks: [
          check('h-1', 'worklab-abc123-1'),
          check('h-2', 'x', {
            Type: 'CLOUDWATCH_METRIC',
            AlarmIdentifier: { Region: 'us-east-1', Name: 'worklab-abc123-a' },
          }),
          check('h-3', 'y', { Type: 'CALCULATED', ChildHealthChecks: ['h-1'] }),
          check('h-4', 'z'),
        ],
        Marker: '',
        ...LAST,
      });
    route53.on(R.ListTagsForResourcesCommand).resolves({ ResourceTagSets: [{ ResourceId: 'h-4', Tags }] });
    expect(await idsOf('route53:healthcheck', owning('h-1'))).toEqual(['h-1', 'h-2', 'h-3', 'h-4']);
  });

  test('a collection is emptied before it goes', async () => {
    route53
      .on(R.ListCidrCollectionsCommand)
      .resolvesOnce({ CidrCollections: [{ Id: 'c-9', Name: 'other' }], NextToken: 'more' })
      .resolvesOnce({ CidrCollections: [{ Id: 'c-1', Name: 'worklab-abc123-c' }] });
    route53.on(R.ListCidrBlocksCommand).resolves({ CidrBlocks: [{ CidrBlock: '192.0.2.0/24', LocationName: 'here' }] });
    expect(await idsOf('route53:cidrcollection')).toEqual(['c-1']);
    await remove('route53:cidrcollection', 'c-1');
    expect(calls().slice(-2)).toEqual(['ChangeCidrCollection', 'DeleteCidrCollection']);
  });

  test('a set of name servers is the run’s by its reference alone', async () => {
    const set = (Id: string, CallerReference: string) => ({
      Id: `/delegationset/${Id}`,
      CallerReference,
      NameServers: [],
    });
    route53
      .on(R.ListReusableDelegationSetsCommand)
      .resolvesOnce({ DelegationSets: [set('N9', 'other')], Marker: '', ...LAST, IsTruncated: true, NextMarker: 'N1' })
      .resolvesOnce({ DelegationSets: [set('N1', 'worklab-abc123')], Marker: '', ...LAST });
    expect(await found('route53:delegationset')).toEqual([{ kind: 'route53:delegationset', id: 'N1' }]);
  });
});

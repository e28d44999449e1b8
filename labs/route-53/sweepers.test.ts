// Sweepers of zones and what lives in them, of policies, checks and collections: whose they are, and how they go.

import * as R from '@aws-sdk/client-route-53';
import { mockClient } from 'aws-sdk-client-mock';
import { fakeAws, owning } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const { idsOf, of, remove } = sweeping(sweepers);
const route53 = mockClient(R.Route53Client);
beforeEach(() => {
  route53.reset();
  route53.on(R.ListHostedZonesCommand).resolves(zonesPage(zone('Z1', 'worklab-abc123.test.')));
  route53.on(R.ListTagsForResourcesCommand).resolves({ ResourceTagSets: [] });
  route53.on(R.ListTrafficPoliciesCommand).resolves(policiesPage());
  route53.on(R.GetChangeCommand).resolves({ ChangeInfo: change('INSYNC') });
});

const LAST = { IsTruncated: false, MaxItems: 100 };
const change = (Status: R.ChangeStatus) => ({ Id: 'C1', Status, SubmittedAt: new Date(0) });
const zone = (Id: string, Name: string, more: Partial<R.HostedZone> = {}): R.HostedZone => ({
  Id: `/hostedzone/${Id}`,
  Name,
  CallerReference: Id,
  ...more,
});
const zonesPage = (...HostedZones: R.HostedZone[]) => ({ HostedZones, Marker: '', ...LAST });
const recordsPage = (...ResourceRecordSets: R.ResourceRecordSet[]) => ({ ResourceRecordSets, ...LAST });
const policiesPage = (...TrafficPolicySummaries: R.TrafficPolicySummary[]) => ({
  TrafficPolicySummaries,
  TrafficPolicyIdMarker: '',
  ...LAST,
});
const calls = () => route53.calls().map((call) => call.args[0].constructor.name.replace('Command', ''));
const Tags = [{ Key: 'worklab:run', Value: 'abc123' }];

test('Route 53 is listed once, whatever the regions of the run', () => {
  const global = sweepers.filter(({ kind }) => /^(route53|route53domains|s3|cloudwatch):/.test(kind));
  expect(global.map(({ regions }) => regions)).toEqual(global.map(() => ['us-east-1']));
});

describe('zones', () => {
  test('are the run’s by name, by tag or by id, on the second page too; those of Cloud Map are left to it', async () => {
    route53
      .on(R.ListHostedZonesCommand)
      .resolvesOnce({ ...zonesPage(zone('Z9', 'other.test.')), IsTruncated: true, NextMarker: 'Z1' })
      .resolvesOnce(
        zonesPage(
          zone('Z1', 'worklab-abc123.test.'),
          zone('Z2', 'mine.test.'),
          zone('Z3', 'owned.test.'),
          zone('Z4', 'worklab-abc1234.test.'),
          zone('Z5', 'worklab-abc123.internal.', {
            LinkedService: { ServicePrincipal: 'servicediscovery.amazonaws.com' },
          }),
        ),
      );
    route53.on(R.ListTagsForResourcesCommand).resolves({ ResourceTagSets: [{ ResourceId: 'Z2', Tags }] });
    expect(await idsOf('route53:hostedzone', owning('Z3'))).toEqual(['Z1', 'Z2', 'Z3']);
  });

  test('go with their records, aliases first, and let go of who was offered them', async () => {
    const own = { Name: 'worklab-abc123.test.', TTL: 60 };
    const app = { Name: 'app.worklab-abc123.test.', Type: 'A' as const, TTL: 60 };
    const twin = {
      Name: 'twin.worklab-abc123.test.',
      Type: 'A' as const,
      AliasTarget: { HostedZoneId: 'Z1', DNSName: app.Name, EvaluateTargetHealth: false },
    };
    route53.on(R.ListVPCAssociationAuthorizationsCommand).resolves({ HostedZoneId: 'Z1', VPCs: [{ VPCId: 'vpc-1' }] });
    route53
      .on(R.ListResourceRecordSetsCommand)
      .resolves(recordsPage({ ...own, Type: 'NS' }, { ...own, Type: 'SOA' }, app, twin));

    await remove('route53:hostedzone', 'Z1');

    const batch = route53.commandCalls(R.ChangeResourceRecordSetsCommand)[0]?.args[0].input.ChangeBatch;
    expect(batch?.Changes?.map(({ ResourceRecordSet }) => ResourceRecordSet?.Name)).toEqual([twin.Name, app.Name]);
    expect(route53.commandCalls(R.DeleteVPCAssociationAuthorizationCommand)).toHaveLength(1);
    expect(calls().at(-1)).toBe('DeleteHostedZone');
    expect(of('route53:hostedzone').after).toEqual(
      expect.arrayContaining(['route53:keysigningkey', 'route53:trafficpolicyinstance']),
    );
  });
});

describe('records', () => {
  const record = (Name: string, Type: R.RRType, more: Partial<R.ResourceRecordSet> = {}): R.ResourceRecordSet => ({
    Name,
    Type,
    ...more,
  });

  test('made by hand are found on the second page; the zone’s own, a stack’s and a policy’s are not', async () => {
    route53
      .on(R.ListResourceRecordSetsCommand)
      .resolvesOnce({
        ...recordsPage(record('worklab-abc123.test.', 'NS'), record('worklab-abc123.test.', 'SOA')),
        IsTruncated: true,
        NextRecordName: 'a.worklab-abc123.test.',
        NextRecordType: 'A',
        NextRecordIdentifier: 'one',
      })
      .resolvesOnce(
        recordsPage(
          record('a.worklab-abc123.test.', 'A', { SetIdentifier: 'one' }),
          record('app.worklab-abc123.test.', 'A'),
          record('t.worklab-abc123.test.', 'A', { TrafficPolicyInstanceId: 'tpi-1' }),
        ),
      );
    expect(await idsOf('route53:resourcerecordset', owning('app.worklab-abc123.test'))).toEqual([
      'Z1|a.worklab-abc123.test. A one',
    ]);
    expect(route53.commandCalls(R.ListResourceRecordSetsCommand)[1]?.args[0].input).toEqual({
      HostedZoneId: 'Z1',
      StartRecordName: 'a.worklab-abc123.test.',
      StartRecordType: 'A',
      StartRecordIdentifier: 'one',
    });
  });

  test('at the zone’s own name are a stack’s only where it has others: a bucket has the same name', async () => {
    route53.on(R.ListResourceRecordSetsCommand).resolves(recordsPage(record('worklab-abc123.test.', 'TXT')));
    const id = ['Z1|worklab-abc123.test. TXT'];
    expect(await idsOf('route53:resourcerecordset', owning('worklab-abc123.test'))).toEqual(id);
    expect(await idsOf('route53:resourcerecordset', owning('worklab-abc123.test', 'a.worklab-abc123.test'))).toEqual(
      [],
    );
  });

  test('are deleted by naming them whole', async () => {
    const set = record('a.worklab-abc123.test.', 'A', { TTL: 60, ResourceRecords: [{ Value: '192.0.2.1' }] });
    route53.on(R.ListResourceRecordSetsCommand).resolves(recordsPage(set, record('b.worklab-abc123.test.', 'A')));
    const residue = { kind: 'route53:resourcerecordset', id: 'Z1|a.worklab-abc123.test. A', parent: 'Z1' };
    await of('route53:resourcerecordset').remove(fakeAws(), residue);
    expect(route53.commandCalls(R.ChangeResourceRecordSetsCommand)[0]?.args[0].input.ChangeBatch?.Changes).toEqual([
      { Action: 'DELETE', ResourceRecordSet: set },
    ]);
  });
});

describe('signatures and logs', () => {
  const key = (Status: string): R.KeySigningKey => ({ Name: 'k', Status });

  test('a key-signing key has the id that CloudFormation gives it; private zones have none', async () => {
    route53
      .on(R.ListHostedZonesCommand)
      .resolves(
        zonesPage(
          zone('Z1', 'worklab-abc123.test.'),
          zone('Z2', 'worklab-abc123.internal.', { Config: { PrivateZone: true } }),
        ),
      );
    route53.on(R.GetDNSSECCommand).resolves({ Status: { ServeSignature: 'SIGNING' }, KeySigningKeys: [key('ACTIVE')] });
    expect(await idsOf('route53:keysigningkey')).toEqual(['Z1|k']);
  });

  test.each([
    ['SIGNING', 'ACTIVE', ['DisableHostedZoneDNSSEC', 'DeactivateKeySigningKey', 'DeleteKeySigningKey']],
    ['NOT_SIGNING', 'ACTIVE', ['DeactivateKeySigningKey', 'DeleteKeySigningKey']],
    ['NOT_SIGNING', 'INACTIVE', ['DeleteKeySigningKey']],
  ])('a zone that is %s with a key that is %s', async (ServeSignature, status, steps) => {
    route53.on(R.GetDNSSECCommand).resolves({ Status: { ServeSignature }, KeySigningKeys: [key(status)] });
    route53.on(R.DisableHostedZoneDNSSECCommand).resolves({ ChangeInfo: change('PENDING') });
    route53.on(R.DeactivateKeySigningKeyCommand).resolves({ ChangeInfo: change('PENDING') });
    await remove('route53:keysigningkey', 'Z1|k');
    expect(calls().filter((name) => !name.startsWith('Get'))).toEqual(steps);
  });

  test('query logging configurations are the run’s by their zone, on the second page too', async () => {
    const config = (Id: string, HostedZoneId: string) => ({ Id, HostedZoneId, CloudWatchLogsLogGroupArn: 'arn' });
    route53
      .on(R.ListQueryLoggingConfigsCommand)
      .resolvesOnce({ QueryLoggingConfigs: [config('q-9', 'Z9')], NextToken: 'more' })
      .resolvesOnce({ QueryLoggingConfigs: [config('q-1', 'Z1')] });
    expect(await idsOf('route53:queryloggingconfig')).toEqual(['q-1']);
  });
});

test.each([
  ['route53:hostedzone', 'NoSuchHostedZone'],
  ['route53:resourcerecordset', 'NoSuchHostedZone'],
  ['route53:keysigningkey', 'NoSuchKeySigningKey'],
  ['route53:queryloggingconfig', 'NoSuchQueryLoggingConfig'],
  ['route53:trafficpolicy', 'NoSuchTrafficPolicy'],
  ['route53:trafficpolicyinstance', 'NoSuchTrafficPolicyInstance'],
  ['route53:healthcheck', 'NoSuchHealthCheck'],
  ['route53:cidrcollection', 'NoSuchCidrCollectionException'],
  ['route53:delegationset', 'NoSuchDelegationSet'],
])('removing a %s that is gone succeeds, and a refusal is an error', async (kind, name) => {
  route53.reset();
  route53.onAnyCommand().rejects(Object.assign(new Error(name), { name }));
  await expect(remove(kind, 'x|y')).resolves.toBeUndefined();
  route53.onAnyCommand().rejects(Object.assign(new Error('AccessDenied'), { name: 'AccessDenied' }));
  await expect(remove(kind, 'x|y')).rejects.toThrow('AccessDenied');
});

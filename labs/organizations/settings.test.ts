// Settings of the organization and the bill: read as they are, put back as they were, and not at somebody else's cost.

import {
  CostExplorerClient,
  ListCostAllocationTagsCommand,
  UpdateCostAllocationTagsStatusCommand,
} from '@aws-sdk/client-cost-explorer';
import * as O from '@aws-sdk/client-organizations';
import { mockClient } from 'aws-sdk-client-mock';
import type { AccountSetting } from '../../lib/kit';
import { fakeAws } from '../../test/support/fake-aws';
import { settings } from './settings';

const api = mockClient(O.OrganizationsClient);
const ce = mockClient(CostExplorerClient);
const of = (kind: string): AccountSetting => settings.find((one) => one.kind === kind) ?? never(kind);
const never = (kind: string): never => {
  throw new Error(`no setting ${kind}`);
};

const enabled = (...types: readonly O.PolicyType[]) => ({
  Roots: [{ Id: 'r-1', PolicyTypes: types.map((Type) => ({ Type, Status: 'ENABLED' as const })) }],
});

beforeEach(() => {
  api.reset();
  ce.reset();
  api
    .on(O.DescribeOrganizationCommand)
    .resolves({ Organization: { Id: 'o-1', MasterAccountId: '111111111111', FeatureSet: 'ALL' } });
  api.on(O.ListPoliciesCommand).resolves({ Policies: [{ Id: 'p-1', Name: 'theirs' }] });
});

const notInUse = () =>
  api
    .on(O.DescribeOrganizationCommand)
    .rejects(Object.assign(new Error('none'), { name: 'AWSOrganizationsNotInUseException' }));

test('without an organization, or in a member account, there is nothing to put back', async () => {
  notInUse();
  for (const { kind, read, restore } of settings.filter((one) => one.kind.startsWith('organizations:'))) {
    expect({ kind, was: await read(fakeAws()) }).toEqual({ kind, was: null });
    await restore(fakeAws(), null);
  }
  expect(new Set(api.calls().map((call) => call.args[0].constructor.name))).toEqual(
    new Set(['DescribeOrganizationCommand']),
  );
});

test('types of policies: what the run enabled is disabled, what it disabled enabled', async () => {
  api.on(O.ListRootsCommand).resolvesOnce(enabled('TAG_POLICY')).resolves(enabled('SERVICE_CONTROL_POLICY'));
  api.on(O.ListTargetsForPolicyCommand).resolves({ Targets: [] });
  await of('organizations:policy-types').restore(fakeAws(), ['SERVICE_CONTROL_POLICY']);
  expect(api.commandCalls(O.DisablePolicyTypeCommand)[0]?.args[0].input).toEqual({
    RootId: 'r-1',
    PolicyType: 'TAG_POLICY',
  });
  expect(api.commandCalls(O.EnablePolicyTypeCommand)[0]?.args[0].input).toEqual({
    RootId: 'r-1',
    PolicyType: 'SERVICE_CONTROL_POLICY',
  });
  expect(await of('organizations:policy-types').read(fakeAws())).toEqual(['SERVICE_CONTROL_POLICY']);
});

test('a type is not disabled under a policy of somebody else’s', async () => {
  api.on(O.ListRootsCommand).resolves(enabled('TAG_POLICY'));
  api.on(O.ListTargetsForPolicyCommand).resolves({ Targets: [{ TargetId: 'ou-9' }] });
  await expect(of('organizations:policy-types').restore(fakeAws(), [])).rejects.toThrow('theirs');
  expect(api.commandCalls(O.DisablePolicyTypeCommand)).toHaveLength(0);
});

test('trusted services: only those that came with the run go', async () => {
  api.on(O.ListAWSServiceAccessForOrganizationCommand).resolves({
    EnabledServicePrincipals: [{ ServicePrincipal: 'ram.amazonaws.com' }, { ServicePrincipal: 'backup.amazonaws.com' }],
  });
  expect(await of('organizations:trusted-services').read(fakeAws())).toEqual([
    'backup.amazonaws.com',
    'ram.amazonaws.com',
  ]);
  await of('organizations:trusted-services').restore(fakeAws(), ['backup.amazonaws.com']);
  expect(api.commandCalls(O.DisableAWSServiceAccessCommand).map((call) => call.args[0].input)).toEqual([
    { ServicePrincipal: 'ram.amazonaws.com' },
  ]);
});

test('the cost tag: what billing does not know is not active', async () => {
  ce.on(ListCostAllocationTagsCommand)
    .resolvesOnce({ CostAllocationTags: [] })
    .resolves({ CostAllocationTags: [{ TagKey: 'worklab:run', Type: 'UserDefined', Status: 'Active' }] });
  const { read, restore } = of('ce:cost-allocation-tag');
  expect([await read(fakeAws()), await read(fakeAws())]).toEqual([false, true]);
  await restore(fakeAws(), false);
  expect(ce.commandCalls(UpdateCostAllocationTagsStatusCommand)[0]?.args[0].input).toEqual({
    CostAllocationTagsStatus: [{ TagKey: 'worklab:run', Status: 'Inactive' }],
  });
});

// The lab's sweepers: what they take for the run's, on which page, what they never touch, and how it goes.

import { BudgetsClient, DeleteBudgetCommand, DescribeBudgetsCommand } from '@aws-sdk/client-budgets';
import {
  CostExplorerClient,
  DeleteCostCategoryDefinitionCommand,
  ListCostCategoryDefinitionsCommand,
} from '@aws-sdk/client-cost-explorer';
import { DeleteManagedPrefixListCommand, DescribeManagedPrefixListsCommand, EC2Client } from '@aws-sdk/client-ec2';
import * as O from '@aws-sdk/client-organizations';
import { DeleteResourceShareCommand, GetResourceSharesCommand, RAMClient } from '@aws-sdk/client-ram';
import { mockClient } from 'aws-sdk-client-mock';
import { collect } from '../../lib/kit';
import { fakeAws, owning, SCOPE } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const api = mockClient(O.OrganizationsClient);
const ram = mockClient(RAMClient);
const ec2 = mockClient(EC2Client);
const budgets = mockClient(BudgetsClient);
const ce = mockClient(CostExplorerClient);

const { idsOf, found, of, remove } = sweeping(sweepers);
const Tags = [{ Key: 'worklab:run', Value: 'abc123' }];
const OURS = 'worklab-abc123-x';
const MORE = { NextToken: 'more' };
const ACCOUNT = '111111111111';
const BEFORE = new Date('2026-11-22T09:00:00Z');
const DURING = new Date('2026-11-22T10:30:00Z');
const named = (name: string): Error => Object.assign(new Error(name), { name });
const sent = (): string[] => api.calls().map((call) => call.args[0].constructor.name);

/** An organization of this account, made at that time, with these tags on its root. */
function standing({ made = BEFORE, tags = [] as typeof Tags, management = ACCOUNT } = {}): void {
  api
    .on(O.DescribeOrganizationCommand)
    .resolves({ Organization: { Id: 'o-1', MasterAccountId: management, FeatureSet: 'ALL' } });
  api.on(O.ListRootsCommand).resolves({ Roots: [{ Id: 'r-1' }] });
  api.on(O.ListTagsForResourceCommand).resolves({ Tags: [] });
  api.on(O.ListTagsForResourceCommand, { ResourceId: 'r-1' }).resolves({ Tags: tags });
  api.on(O.ListAccountsCommand).resolves({ Accounts: [{ Id: ACCOUNT, JoinedTimestamp: made }] });
  api.on(O.ListOrganizationalUnitsForParentCommand).resolves({ OrganizationalUnits: [] });
  api.on(O.ListPoliciesCommand).resolves({ Policies: [] });
}

beforeEach(() => {
  for (const mock of [api, ram, ec2, budgets, ce]) mock.reset();
  standing();
});

describe('the organization', () => {
  test('that was there before is never taken, whatever its tags say', async () => {
    expect(await found('organizations:organization')).toEqual([]);
    standing({ made: BEFORE, tags: Tags });
    expect(await found('organizations:organization')).toEqual([]);
  });

  test('is the run’s by the tag of its root and its age, or because a stack holds it', async () => {
    standing({ made: DURING, tags: Tags });
    expect(await idsOf('organizations:organization')).toEqual(['o-1']);
    standing({ made: DURING });
    expect(await idsOf('organizations:organization', owning('o-1'))).toEqual(['o-1']);
  });

  test('that was made meanwhile without the tag is told and left', async () => {
    standing({ made: DURING });
    expect(await found('organizations:organization')).toMatchObject([
      { id: 'o-1', why: expect.stringContaining('tag') },
    ]);
  });

  test('of somebody else’s is none of the run’s business, and neither is what is in it', async () => {
    standing({ made: DURING, tags: Tags, management: '999999999999' });
    for (const kind of ['organization', 'account', 'ou', 'policy'])
      expect(await found(`organizations:${kind}`)).toEqual([]);
    api.on(O.DescribeOrganizationCommand).rejects(named('AWSOrganizationsNotInUseException'));
    for (const kind of ['organization', 'account', 'ou', 'policy'])
      expect(await found(`organizations:${kind}`)).toEqual([]);
  });

  test('goes only where it is still the one, and after everything in it', async () => {
    await remove('organizations:organization', 'o-1');
    await remove('organizations:organization', 'o-2');
    expect(api.commandCalls(O.DeleteOrganizationCommand)).toHaveLength(1);
    expect(of('organizations:organization').after).toEqual([
      'organizations:account',
      'organizations:ou',
      'organizations:policy',
    ]);
  });
});

describe('accounts', () => {
  const joined = () =>
    api
      .on(O.ListAccountsCommand)
      .resolves({ Accounts: [{ Id: ACCOUNT, JoinedTimestamp: DURING }], ...MORE })
      .on(O.ListAccountsCommand, MORE)
      .resolves({
        Accounts: [
          { Id: '2', JoinedTimestamp: DURING },
          { Id: '3', JoinedTimestamp: BEFORE },
        ],
      });

  test('of the sandbox’s own organization go with it, on the second page too', async () => {
    standing({ made: DURING, tags: Tags });
    joined();
    expect(await found('organizations:account')).toEqual([{ kind: 'organizations:account', id: '2' }]);
    await remove('organizations:account', '2');
    expect(api.commandCalls(O.RemoveAccountFromOrganizationCommand)[0]?.args[0].input).toEqual({ AccountId: '2' });
  });

  test('of an organization that was there before, and all on AWS, are told and left', async () => {
    joined();
    api.on(O.ListAccountsCommand).resolves({
      Accounts: [
        { Id: ACCOUNT, JoinedTimestamp: BEFORE },
        { Id: '2', JoinedTimestamp: DURING },
      ],
    });
    expect(await found('organizations:account')).toMatchObject([
      { id: '2', why: expect.stringContaining('no account') },
    ]);
    standing({ made: DURING, tags: Tags });
    joined();
    const onAws = await collect(of('organizations:account').list(fakeAws('aws'), SCOPE));
    expect(onAws).toMatchObject([{ id: '2', why: expect.stringContaining('no account') }]);
  });
});

describe('policies', () => {
  test('are the run’s by name, tag or stack, on the second page too; AWS’s own never', async () => {
    api
      .on(O.ListPoliciesCommand, { Filter: 'SERVICE_CONTROL_POLICY' })
      .resolves({
        Policies: [
          { Id: 'p-aws', Name: OURS, AwsManaged: true },
          { Id: 'p-1', Name: OURS },
        ],
        ...MORE,
      })
      .on(O.ListPoliciesCommand, { Filter: 'SERVICE_CONTROL_POLICY', ...MORE })
      .resolves({
        Policies: [
          { Id: 'p-2', Name: 'mine' },
          { Id: 'p-9', Name: 'another' },
        ],
      })
      .on(O.ListPoliciesCommand, { Filter: 'BACKUP_POLICY' })
      .resolves({ Policies: [{ Id: 'p-3', Name: 'held' }] })
      .on(O.ListTagsForResourceCommand, { ResourceId: 'p-2' })
      .resolves({ Tags });
    expect(await idsOf('organizations:policy', owning('p-3'))).toEqual(['p-1', 'p-2', 'p-3']);
  });

  test('are detached everywhere, then deleted', async () => {
    api
      .on(O.ListTargetsForPolicyCommand)
      .resolvesOnce({ Targets: [{ TargetId: 'ou-1' }], ...MORE })
      .resolvesOnce({ Targets: [{ TargetId: 'r-1' }] })
      .on(O.DetachPolicyCommand, { TargetId: 'r-1' })
      .rejects(named('PolicyNotAttachedException'));
    await remove('organizations:policy', 'p-1');
    expect(sent().filter((name) => !name.startsWith('List'))).toEqual([
      'DetachPolicyCommand',
      'DetachPolicyCommand',
      'DeletePolicyCommand',
    ]);
  });
});

describe('units', () => {
  test('are the run’s by name or tag, or because they stand in one that is, on the second page too', async () => {
    const below = O.ListOrganizationalUnitsForParentCommand;
    api
      .on(below, { ParentId: 'r-1' })
      .resolves({ OrganizationalUnits: [{ Id: 'ou-9', Name: 'finance' }], ...MORE })
      .on(below, { ParentId: 'r-1', ...MORE })
      .resolves({
        OrganizationalUnits: [
          { Id: 'ou-1', Name: OURS },
          { Id: 'ou-3', Name: 'held' },
        ],
      })
      .on(below, { ParentId: 'ou-1' })
      .resolves({ OrganizationalUnits: [{ Id: 'ou-2', Name: 'dev' }] });
    expect(await idsOf('organizations:ou', owning('ou-3'))).toEqual(['ou-1', 'ou-2', 'ou-3']);
  });

  test('go from below, and one with an account in it is refused, not emptied', async () => {
    api
      .on(O.ListOrganizationalUnitsForParentCommand, { ParentId: 'ou-1' })
      .resolves({ OrganizationalUnits: [{ Id: 'ou-2', Name: 'dev' }] });
    await remove('organizations:ou', 'ou-1');
    expect(
      api.commandCalls(O.DeleteOrganizationalUnitCommand).map((call) => call.args[0].input.OrganizationalUnitId),
    ).toEqual(['ou-2', 'ou-1']);
    api.on(O.DeleteOrganizationalUnitCommand).rejects(named('OrganizationalUnitNotEmptyException'));
    await expect(remove('organizations:ou', 'ou-1')).rejects.toThrow('NotEmpty');
    expect(sent()).not.toContain('MoveAccountCommand');
    api.on(O.ListOrganizationalUnitsForParentCommand).rejects(named('ParentNotFoundException'));
    api.on(O.DeleteOrganizationalUnitCommand).rejects(named('OrganizationalUnitNotFoundException'));
    await remove('organizations:ou', 'ou-1');
  });
});

test('shares: by name or tag, deleted ones aside, on the second page too; waited for', async () => {
  ram
    .on(GetResourceSharesCommand)
    .resolves({
      resourceShares: [
        { resourceShareArn: 's-0', name: OURS, status: 'DELETED' },
        { resourceShareArn: 's-9', name: 'x', status: 'ACTIVE' },
      ],
      nextToken: 'more',
    })
    .on(GetResourceSharesCommand, { nextToken: 'more' })
    .resolves({
      resourceShares: [
        { resourceShareArn: 's-1', status: 'ACTIVE', tags: [{ key: 'worklab:run', value: 'abc123' }] },
        { resourceShareArn: 's-2', name: OURS, status: 'FAILED' },
      ],
    });
  expect(await idsOf('ram:resource-share')).toEqual(['s-1', 's-2']);
  ram
    .on(GetResourceSharesCommand)
    .resolvesOnce({ resourceShares: [{ resourceShareArn: 's-1', status: 'ACTIVE' }] })
    .resolves({ resourceShares: [{ resourceShareArn: 's-1', status: 'DELETED' }] });
  ram.on(DeleteResourceShareCommand).rejects(named('UnknownResourceException'));
  await remove('ram:resource-share', 's-1');
});

test('prefix lists: by name, tag or stack, AWS’s own aside, on the second page too; after the shares', async () => {
  ec2
    .on(DescribeManagedPrefixListsCommand)
    .resolves({
      PrefixLists: [
        { PrefixListId: 'pl-aws', OwnerId: 'AWS', PrefixListName: OURS },
        { PrefixListId: 'pl-1', PrefixListName: OURS },
      ],
      ...MORE,
    })
    .on(DescribeManagedPrefixListsCommand, MORE)
    .resolves({
      PrefixLists: [
        { PrefixListId: 'pl-2', Tags },
        { PrefixListId: 'pl-9', PrefixListName: 'x' },
      ],
    });
  expect(await idsOf('ec2:prefix-list')).toEqual(['pl-1', 'pl-2']);
  expect(of('ec2:prefix-list').after).toEqual(['ram:resource-share']);
  ec2
    .on(DescribeManagedPrefixListsCommand)
    .resolvesOnce({ PrefixLists: [{ PrefixListId: 'pl-1', State: 'delete-in-progress' }] })
    .resolves({ PrefixLists: [] });
  await remove('ec2:prefix-list', 'pl-1');
  expect(ec2.commandCalls(DeleteManagedPrefixListCommand)).toHaveLength(1);
});

test('budgets, by name, on the second page too', async () => {
  budgets
    .on(DescribeBudgetsCommand)
    .resolves({ Budgets: [{ BudgetName: 'x' } as never], ...MORE })
    .on(DescribeBudgetsCommand, { AccountId: ACCOUNT, ...MORE })
    .resolves({ Budgets: [{ BudgetName: OURS } as never] });
  expect(await idsOf('budgets:budget')).toEqual([OURS]);
  budgets.on(DeleteBudgetCommand).rejects(named('NotFoundException'));
  await remove('budgets:budget', OURS);
});

test('cost categories, by name, on the second page too; a member account has none to look at', async () => {
  ce.on(ListCostCategoryDefinitionsCommand)
    .resolves({ CostCategoryReferences: [{ CostCategoryArn: 'c-9', Name: 'x' }], ...MORE })
    .on(ListCostCategoryDefinitionsCommand, MORE)
    .resolves({ CostCategoryReferences: [{ CostCategoryArn: 'c-1', Name: OURS }] });
  expect(await idsOf('ce:costcategory')).toEqual(['c-1']);
  ce.on(DeleteCostCategoryDefinitionCommand).rejects(named('ResourceNotFoundException'));
  await remove('ce:costcategory', 'c-1');
  standing({ management: '999999999999' });
  ce.reset();
  expect(await found('ce:costcategory')).toEqual([]);
});

// Sweepers of what limits IAM from above: what they take for the run's, and how it goes.

import * as ORG from '@aws-sdk/client-organizations';
import { mockClient } from 'aws-sdk-client-mock';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const { idsOf, remove, of } = sweeping(sweepers);
const organizations = mockClient(ORG.OrganizationsClient);
beforeEach(() => organizations.reset());

describe('guardrails', () => {
  const managing = (MasterAccountId: string) =>
    organizations.on(ORG.DescribeOrganizationCommand).resolves({ Organization: { MasterAccountId } });

  test('are looked for where the account manages an organization', async () => {
    organizations
      .on(ORG.DescribeOrganizationCommand)
      .rejects(Object.assign(new Error('none'), { name: 'AWSOrganizationsNotInUseException' }));
    expect(await idsOf('organizations:policy')).toEqual([]);
    managing('999999999999');
    expect(await idsOf('organizations:ou')).toEqual([]);
    expect(organizations.commandCalls(ORG.ListPoliciesCommand)).toHaveLength(0);
  });

  test('are the run’s by name, on the second page and at any depth', async () => {
    managing('111111111111');
    organizations
      .on(ORG.ListPoliciesCommand)
      .resolvesOnce({ Policies: [{ Id: 'p-FullAWSAccess', Name: 'FullAWSAccess' }], NextToken: 'more' })
      .resolves({ Policies: [{ Id: 'p-1', Name: 'worklab-abc123-guardrail' }] });
    organizations.on(ORG.ListRootsCommand).resolves({ Roots: [{ Id: 'r-1' }] });
    organizations.on(ORG.ListOrganizationalUnitsForParentCommand).resolves({ OrganizationalUnits: [] });
    organizations
      .on(ORG.ListOrganizationalUnitsForParentCommand, { ParentId: 'r-1' })
      .resolvesOnce({ OrganizationalUnits: [{ Id: 'ou-9', Name: 'company' }], NextToken: 'more' })
      .resolves({ OrganizationalUnits: [{ Id: 'ou-1', Name: 'worklab-abc123-guarded' }] });
    organizations
      .on(ORG.ListOrganizationalUnitsForParentCommand, { ParentId: 'ou-1' })
      .resolves({ OrganizationalUnits: [{ Id: 'ou-2', Name: 'worklab-abc123-inner' }] });
    expect(await idsOf('organizations:policy')).toEqual(['p-1']);
    expect(await idsOf('organizations:ou')).toEqual(['ou-2', 'ou-1']);
  });

  test('a policy is detached before it is deleted, and goes before its unit', async () => {
    organizations.on(ORG.ListTargetsForPolicyCommand).resolves({ Targets: [{ TargetId: 'ou-1' }] });
    await remove('organizations:policy', 'p-1');
    expect(organizations.commandCalls(ORG.DetachPolicyCommand)).toHaveLength(1);
    expect(organizations.commandCalls(ORG.DeletePolicyCommand)).toHaveLength(1);
    await remove('organizations:ou', 'ou-1');
    expect(organizations.commandCalls(ORG.DeleteOrganizationalUnitCommand)).toHaveLength(1);
    expect(of('organizations:ou').after).toEqual(['organizations:policy']);
  });
});

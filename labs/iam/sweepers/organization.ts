// Guardrails and units of the run in an organization that this account manages: nobody else can have made one.

import {
  DeleteOrganizationalUnitCommand,
  DeletePolicyCommand,
  DetachPolicyCommand,
  OrganizationsClient,
  paginateListOrganizationalUnitsForParent,
  paginateListPolicies,
  paginateListRoots,
  paginateListTargetsForPolicy,
} from '@aws-sdk/client-organizations';
import { type Aws, isMarked, items, type RunScope, type Sweeper, unlessGone } from '../../../lib/kit';
import { manager } from '../observe/organization';

const organizations = (aws: Aws): { readonly client: OrganizationsClient } => ({
  client: aws.client(OrganizationsClient),
});
const NO_ORGANIZATION = 'AWSOrganizationsNotInUseException';

const manages = async (aws: Aws): Promise<boolean> => (await manager(aws)) === aws.account;

export const controlPolicies: Sweeper = {
  kind: 'organizations:policy',

  async *list(aws, scope) {
    if (!(await manages(aws))) return;
    const pages = paginateListPolicies(organizations(aws), { Filter: 'SERVICE_CONTROL_POLICY' });
    for await (const { Id: id, Name } of items(pages, (page) => page.Policies)) {
      if (id !== undefined && (isMarked(scope, { names: [Name] }) || scope.owned.has(id))) {
        yield { kind: 'organizations:policy', id };
      }
    }
  },

  remove: (aws, { id: PolicyId }) =>
    unlessGone(['PolicyNotFoundException', NO_ORGANIZATION], async () => {
      const { client } = organizations(aws);
      const targets = paginateListTargetsForPolicy({ client }, { PolicyId });
      for await (const { TargetId } of items(targets, (page) => page.Targets)) {
        const detach = new DetachPolicyCommand({ PolicyId, TargetId });
        await unlessGone(['PolicyNotAttachedException', 'TargetNotFoundException'], () => client.send(detach));
      }
      await client.send(new DeletePolicyCommand({ PolicyId }));
    }),
};

/** Units below the root and below each other, at any depth. */
async function* units(aws: Aws, scope: RunScope, ParentId: string): AsyncGenerator<string> {
  const pages = paginateListOrganizationalUnitsForParent(organizations(aws), { ParentId });
  for await (const { Id, Name } of items(pages, (page) => page.OrganizationalUnits)) {
    if (Id === undefined) continue;
    yield* units(aws, scope, Id);
    if (isMarked(scope, { names: [Name] })) yield Id;
  }
}

export const organizationalUnits: Sweeper = {
  kind: 'organizations:ou',
  after: ['organizations:policy'],

  async *list(aws, scope) {
    if (!(await manages(aws))) return;
    for await (const { Id } of items(paginateListRoots(organizations(aws), {}), (page) => page.Roots)) {
      if (Id === undefined) continue;
      for await (const id of units(aws, scope, Id)) yield { kind: 'organizations:ou', id };
    }
  },

  remove: (aws, { id: OrganizationalUnitId }) =>
    unlessGone(['OrganizationalUnitNotFoundException', NO_ORGANIZATION], () =>
      organizations(aws).client.send(new DeleteOrganizationalUnitCommand({ OrganizationalUnitId })),
    ),
};

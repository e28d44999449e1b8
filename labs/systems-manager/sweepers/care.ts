// Associations, maintenance windows, patch baselines with the groups that they are for, and items of compliance.

import {
  DeleteAssociationCommand,
  DeleteMaintenanceWindowCommand,
  DeletePatchBaselineCommand,
  DeregisterPatchBaselineForPatchGroupCommand,
  GetPatchBaselineCommand,
  PutComplianceItemsCommand,
  paginateDescribeMaintenanceWindows,
  paginateDescribePatchBaselines,
  paginateDescribePatchGroups,
  paginateListAssociations,
  paginateListResourceComplianceSummaries,
  SSMClient,
  type Target,
} from '@aws-sdk/client-ssm';
import { type Aws, isMarked, items, type Sweeper, type SweepScope, unlessGone } from '../../../lib/kit';
import { driftType, PATCH_GROUP_TAG } from '../facts';
import { taggedIds } from './marks';

const ssm = (aws: Aws): { readonly client: SSMClient } => ({ client: aws.client(SSMClient) });

export const associations: Sweeper = {
  kind: 'ssm:association',

  async *list(aws, scope) {
    const tagged = await taggedIds(aws, scope, 'ssm:association');
    for await (const one of items(paginateListAssociations(ssm(aws), {}), (page) => page.Associations)) {
      const { AssociationId: id = '', AssociationName, Name, Targets } = one;
      const isOfRun = tagged.has(id) || scope.owned.has(id) || isMarked(scope, { names: [AssociationName, Name] });
      if (isOfRun || aimsAtRunAlone(scope, Targets)) yield { kind: 'ssm:association', id };
    }
  },

  remove: (aws, { id: AssociationId }) =>
    unlessGone(['AssociationDoesNotExist'], () =>
      ssm(aws).client.send(new DeleteAssociationCommand({ AssociationId })),
    ),
};

/** One that aims at machines of others as well is not the run's. */
const aimsAtRunAlone = ({ owned, prefix, tag }: SweepScope, targets: readonly Target[] = []): boolean =>
  targets.some(({ Key = '', Values = [] }) => {
    if (Values.length === 0) return false;
    if (/^instanceids$/i.test(Key)) return Values.every((id) => owned.has(id));
    if (Key === `tag:${tag.key}`) return Values.every((value) => value === tag.value);
    return Key === `tag:${PATCH_GROUP_TAG}` && Values.every((value) => value === prefix);
  });

/** Its targets and tasks go with it. */
export const windows: Sweeper = {
  kind: 'ssm:maintenancewindow',

  async *list(aws, scope) {
    const tagged = await taggedIds(aws, scope, 'ssm:maintenancewindow');
    const pages = paginateDescribeMaintenanceWindows(ssm(aws), {});
    for await (const { WindowId: id = '', Name } of items(pages, (page) => page.WindowIdentities)) {
      const isOfRun = tagged.has(id) || scope.owned.has(id) || isMarked(scope, { names: [Name] });
      if (isOfRun) yield { kind: 'ssm:maintenancewindow', id };
    }
  },

  remove: (aws, { id: WindowId }) =>
    unlessGone(['DoesNotExistException'], () => ssm(aws).client.send(new DeleteMaintenanceWindowCommand({ WindowId }))),
};

/** Ids "<baseline>|<group>". A group that somebody registered by hand keeps the stack from deleting its baseline. */
export const patchGroups: Sweeper = {
  kind: 'ssm:patch-group',
  beforeStacks: true,

  async *list(aws, scope) {
    for await (const one of items(paginateDescribePatchGroups(ssm(aws), {}), (page) => page.Mappings)) {
      const { PatchGroup = '', BaselineIdentity: { BaselineId = '', BaselineName } = {} } = one;
      const isOfRun = scope.owned.has(BaselineId) || isMarked(scope, { names: [BaselineName] });
      if (!isOfRun) continue;
      // Of its own group the stack takes its baseline off by itself.
      if (PatchGroup === scope.prefix && scope.owned.has(BaselineId)) continue;
      yield { kind: 'ssm:patch-group', id: `${BaselineId}|${PatchGroup}` };
    }
  },

  remove: (aws, { id }) => {
    const [BaselineId = '', ...group] = id.split('|');
    return deregister(aws, BaselineId, group.join('|'));
  },
};

const deregister = (aws: Aws, BaselineId: string, PatchGroup: string): Promise<void> =>
  unlessGone(['InvalidResourceId', 'DoesNotExistException'], () =>
    ssm(aws).client.send(new DeregisterPatchBaselineForPatchGroupCommand({ BaselineId, PatchGroup })),
  );

export const baselines: Sweeper = {
  kind: 'ssm:patchbaseline',
  after: ['ssm:patch-group'],

  async *list(aws, scope) {
    const tagged = await taggedIds(aws, scope, 'ssm:patchbaseline');
    const pages = paginateDescribePatchBaselines(ssm(aws), { Filters: [{ Key: 'OWNER', Values: ['Self'] }] });
    for await (const { BaselineId: id = '', BaselineName } of items(pages, (page) => page.BaselineIdentities)) {
      const isOfRun = tagged.has(id) || scope.owned.has(id) || isMarked(scope, { names: [BaselineName] });
      if (isOfRun) yield { kind: 'ssm:patchbaseline', id };
    }
  },

  remove: (aws, { id: BaselineId }) =>
    unlessGone(['DoesNotExistException'], async () => {
      const { client } = ssm(aws);
      const { PatchGroups = [] } = await client.send(new GetPatchBaselineCommand({ BaselineId }));
      for (const group of PatchGroups) await deregister(aws, BaselineId, group);
      await client.send(new DeletePatchBaselineCommand({ BaselineId }));
    }),
};

/** Ids "<instance>|<type>". They go with the machine. */
export const complianceItems: Sweeper = {
  kind: 'ssm:compliance-item',

  async *list(aws, scope) {
    const type = driftType(scope.run);
    const Filters = [{ Key: 'ComplianceType', Values: [type], Type: 'EQUAL' as const }];
    const pages = paginateListResourceComplianceSummaries(ssm(aws), { Filters });
    for await (const { ResourceId, ComplianceType } of items(pages, (page) => page.ResourceComplianceSummaryItems)) {
      if (ComplianceType === type) yield { kind: 'ssm:compliance-item', id: `${ResourceId}|${type}` };
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['InvalidResourceId'], () => {
      const [ResourceId, ComplianceType] = id.split('|');
      return ssm(aws).client.send(
        new PutComplianceItemsCommand({
          ResourceId,
          ResourceType: 'ManagedInstance',
          ComplianceType,
          ExecutionSummary: { ExecutionTime: new Date() },
          Items: [],
        }),
      );
    }),
};

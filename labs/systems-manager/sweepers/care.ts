// Associations, maintenance windows, and items of compliance.

import {
  DeleteAssociationCommand,
  DeleteMaintenanceWindowCommand,
  PutComplianceItemsCommand,
  paginateDescribeMaintenanceWindows,
  paginateListAssociations,
  paginateListResourceComplianceSummaries,
  SSMClient,
  type Target,
} from '@aws-sdk/client-ssm';
import { type Aws, isMarked, items, type Sweeper, type SweepScope, taggedArns, unlessGone } from '../../../lib/kit';
import { driftType, PATCH_GROUP_TAG } from '../facts';
import { isTagged } from './marks';

const ssm = (aws: Aws): { readonly client: SSMClient } => ({ client: aws.client(SSMClient) });

export const associations: Sweeper = {
  kind: 'ssm:association',

  async *list(aws, scope) {
    const tagged = await taggedArns(aws, scope, 'ssm');
    for await (const one of items(paginateListAssociations(ssm(aws), {}), (page) => page.Associations)) {
      const { AssociationId: id = '', AssociationName, Name, Targets } = one;
      const isOfRun =
        isTagged(tagged, id) || scope.owned.has(id) || isMarked(scope, { names: [AssociationName, Name] });
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
    const tagged = await taggedArns(aws, scope, 'ssm');
    const pages = paginateDescribeMaintenanceWindows(ssm(aws), {});
    for await (const { WindowId: id = '', Name } of items(pages, (page) => page.WindowIdentities)) {
      const isOfRun = isTagged(tagged, id) || scope.owned.has(id) || isMarked(scope, { names: [Name] });
      if (isOfRun) yield { kind: 'ssm:maintenancewindow', id };
    }
  },

  remove: (aws, { id: WindowId }) =>
    unlessGone(['DoesNotExistException'], () => ssm(aws).client.send(new DeleteMaintenanceWindowCommand({ WindowId }))),
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

// What the region may have already: an inventory association with every machine, beside which the lab's own would fail.

import { paginateListAssociations, SSMClient } from '@aws-sdk/client-ssm';
import { collect, items, type Preflight } from '../../lib/kit';
import { GATHER } from './facts';

export const preflight: readonly Preflight[] = [
  {
    what: 'inventory associations with every machine of the region',
    look: async (aws) => {
      const pages = paginateListAssociations(
        { client: aws.client(SSMClient) },
        { AssociationFilterList: [{ key: 'Name', value: GATHER }] },
      );
      const found = await collect(items(pages, (page) => page.Associations));
      const wide = found.filter(({ Targets = [] }) => Targets.some(({ Values = [] }) => Values.includes('*')));
      return wide.map(({ AssociationId, AssociationName }) => ({
        level: 'note' as const,
        what: `${AssociationName ?? AssociationId} gathers the inventory of every machine of ${aws.region}: a second one on the lab's would fail`,
        fix: 'the exercise gather-inventory takes the existing one for good: the failure of the lab’s own can be left alone',
      }));
    },
  },
];

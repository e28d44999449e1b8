// Compliance of the run's machines: State Manager's word on the lab's state, and the learner's own on its drift.

import { type ComplianceItem, paginateListComplianceItems, SSMClient } from '@aws-sdk/client-ssm';
import { type Aws, collect, items, type RunScope } from '../../../lib/kit';
import { driftType } from '../facts';
import { associations } from './associations';

export interface Compliance {
  readonly node: string;
  /** Of the association that keeps the lab's state; undefined where Systems Manager has no word on it. */
  readonly state?: string | undefined;
  /** Of the learner's own type. */
  readonly drift: readonly { readonly title: string; readonly status: string; readonly severity: string }[];
  readonly type: string;
}

export async function compliance(aws: Aws, scope: RunScope): Promise<Compliance[]> {
  const found = await associations(aws, scope);
  const type = driftType(scope.run);
  return Promise.all(
    found.nodes.map(async ({ id }) => {
      const said = await itemsOf(aws, id);
      const own = found.associations.filter(({ node, isOwn }) => node === id && isOwn).map((one) => one.id);
      const states = said.filter(({ ComplianceType, Id = '' }) => ComplianceType === 'Association' && own.includes(Id));
      return {
        node: id,
        state: states.find(({ Status }) => Status !== 'COMPLIANT')?.Status ?? states[0]?.Status,
        drift: said.filter(({ ComplianceType }) => ComplianceType === type).map(plain),
        type,
      };
    }),
  );
}

const plain = ({ Title, Status, Severity }: ComplianceItem) => ({
  title: Title ?? '',
  status: Status ?? 'unknown',
  severity: Severity ?? 'UNSPECIFIED',
});

function itemsOf(aws: Aws, id: string): Promise<ComplianceItem[]> {
  const pages = paginateListComplianceItems(
    { client: aws.client(SSMClient) },
    { ResourceIds: [id], ResourceTypes: ['ManagedInstance'] },
  );
  return collect(items(pages, (page) => page.ComplianceItems));
}

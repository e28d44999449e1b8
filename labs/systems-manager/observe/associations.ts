// State Manager's associations with the run's machines.

import {
  type AssociationDescription,
  DescribeAssociationCommand,
  paginateListAssociations,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';
import { aimsAt, type Node, nodes, targetsOf } from './nodes';

export interface Association {
  readonly id: string;
  readonly name: string;
  readonly document: string;
  /** Is the document the run's own? */
  readonly isOwn: boolean;
  readonly node: string;
  readonly online: boolean;
  readonly schedule?: string | undefined;
  readonly severity: string;
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  /** State Manager's own word for how its runs went: Pending, InProgress, Success, Failed. */
  readonly status: string;
}

export interface Associations {
  readonly nodes: readonly Node[];
  readonly associations: readonly Association[];
}

/** Those that aim at a machine of the run, whoever made them; one for each machine that they aim at. */
export async function associations(aws: Aws, scope: RunScope): Promise<Associations> {
  const found = await nodes(aws, scope);
  const client = aws.client(SSMClient);
  const listed = await collect(items(paginateListAssociations({ client }, {}), (page) => page.Associations));
  const rows = listed.flatMap(({ AssociationId, Targets }) => {
    const aimed = found.filter((node) => aimsAt(targetsOf(Targets), node));
    return aimed.map((node) => ({ AssociationId, node }));
  });
  const described = await Promise.all(
    rows.map(async ({ AssociationId, node }) => {
      const answer = await client.send(new DescribeAssociationCommand({ AssociationId }));
      return plain(scope, answer.AssociationDescription ?? {}, node);
    }),
  );
  return { nodes: found, associations: described };
}

const plain = (scope: RunScope, shown: AssociationDescription, node: Node): Association => ({
  id: shown.AssociationId ?? '',
  name: shown.AssociationName ?? '',
  document: shown.Name ?? '',
  isOwn: isMarked(scope, { names: [shown.Name] }),
  node: node.id,
  online: node.ping === 'Online',
  schedule: shown.ScheduleExpression || undefined,
  severity: shown.ComplianceSeverity ?? 'UNSPECIFIED',
  parameters: shown.Parameters ?? {},
  status: shown.Overview?.Status ?? 'Pending',
});

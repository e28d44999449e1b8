// The newest run of an association.

import { paginateDescribeAssociationExecutions, SSMClient } from '@aws-sdk/client-ssm';
import { type Aws, collect, items } from '../../../lib/kit';

export async function newestRun(
  aws: Aws,
  AssociationId: string,
): Promise<{ readonly id: string; readonly status: string } | undefined> {
  const pages = paginateDescribeAssociationExecutions({ client: aws.client(SSMClient) }, { AssociationId });
  const runs = await collect(items(pages, (page) => page.AssociationExecutions));
  const [newest] = runs.sort((a, b) => (b.CreatedTime?.getTime() ?? 0) - (a.CreatedTime?.getTime() ?? 0));
  return newest && { id: newest.ExecutionId ?? '', status: newest.Status ?? '' };
}

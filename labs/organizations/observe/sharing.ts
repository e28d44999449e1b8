// The run's resource shares: what is in them, and for whom.

import {
  paginateGetResourceShares,
  paginateListPrincipals,
  paginateListResources,
  RAMClient,
} from '@aws-sdk/client-ram';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';

export interface Share {
  readonly arn: string;
  readonly name: string;
  readonly status: string;
  /** Accounts outside the organization may be let in. */
  readonly external: boolean;
  readonly resources: readonly { readonly arn: string; readonly type: string }[];
  readonly principals: readonly string[];
}

const GONE = ['DELETED', 'DELETING'];

export async function shares(aws: Aws, scope: RunScope): Promise<Share[]> {
  const client = aws.client(RAMClient);
  const own: Share[] = [];
  const pages = paginateGetResourceShares({ client }, { resourceOwner: 'SELF' });
  for await (const one of items(pages, (page) => page.resourceShares)) {
    const { resourceShareArn: arn = '', name = '', status = '', tags = [] } = one;
    const ours = isMarked(scope, { names: [name], tags: tags.map(({ key: Key, value: Value }) => ({ Key, Value })) });
    if (!ours || GONE.includes(status)) continue;
    const query = { resourceOwner: 'SELF' as const, resourceShareArns: [arn] };
    const resources = await collect(items(paginateListResources({ client }, query), (page) => page.resources));
    const principals = await collect(items(paginateListPrincipals({ client }, query), (page) => page.principals));
    own.push({
      arn,
      name,
      status,
      external: one.allowExternalPrincipals ?? true,
      resources: resources.map(({ arn: id = '', type = '' }) => ({ arn: id, type })),
      principals: principals.flatMap(({ id }) => id ?? []),
    });
  }
  return own;
}

// Accounts that Account Factory made: products of Service Catalog that are named after the run.

import { paginateSearchProvisionedProducts, ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { type Aws, isMarked, items, type RunScope } from '../../../lib/kit';
import { isManagement } from './landing-zone';

export interface Vended {
  readonly target: Aws['target'];
  readonly management: boolean;
  readonly accounts: readonly { readonly name: string; readonly product: string; readonly status: string }[];
}

/** The sandbox has no landing zone, and so no Account Factory: whatever its Service Catalog holds is not looked at. */
export async function vended(aws: Aws, scope: RunScope): Promise<Vended> {
  const { target } = aws;
  const management = target === 'aws' && (await isManagement(aws));
  if (!management) return { target, management, accounts: [] };
  const client = aws.client(ServiceCatalogClient);
  const query = { AccessLevelFilter: { Key: 'Account' as const, Value: 'self' } };
  const accounts = [];
  for await (const one of items(
    paginateSearchProvisionedProducts({ client }, query),
    (page) => page.ProvisionedProducts,
  )) {
    const { Name: name = '', ProductName: product = '', Status: status = '' } = one;
    if (isMarked(scope, { names: [name] })) accounts.push({ name, product, status });
  }
  return { target, management, accounts };
}

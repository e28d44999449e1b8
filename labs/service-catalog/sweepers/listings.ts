// The run's portfolios and products, as the sweepers of what hangs on them need them: one listing of each.

import {
  paginateListConstraintsForPortfolio,
  paginateListPortfolios,
  paginateListPrincipalsForPortfolio,
  paginateSearchProductsAsAdmin,
  ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';
import { type Aws, collect, isMarked, items, type SweepScope } from '../../../lib/kit';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** By name, or known to be the run's. */
const ours = (scope: SweepScope, { id, name }: Named): boolean =>
  id !== '' && (scope.owned.has(id) || isMarked(scope, { names: [name] }));

export async function portfoliosOf(aws: Aws, scope: SweepScope): Promise<Named[]> {
  const pages = paginateListPortfolios({ client: aws.client(ServiceCatalogClient) }, {});
  const all = await collect(items(pages, (page) => page.PortfolioDetails));
  return all.map(({ Id: id = '', DisplayName: name = '' }) => ({ id, name })).filter((one) => ours(scope, one));
}

export async function productViews(aws: Aws, scope: SweepScope): Promise<Named[]> {
  return (await productsIn(aws)).filter((one) => ours(scope, one));
}

/** Of a portfolio; of the account where none is named. */
export async function productsIn(aws: Aws, PortfolioId?: string): Promise<Named[]> {
  const query = PortfolioId === undefined ? {} : { PortfolioId };
  const pages = paginateSearchProductsAsAdmin({ client: aws.client(ServiceCatalogClient) }, query);
  const all = await collect(items(pages, (page) => page.ProductViewDetails));
  return all.map(({ ProductViewSummary: { ProductId: id = '', Name: name = '' } = {} }) => ({ id, name }));
}

export const principalsOf = (aws: Aws, PortfolioId: string) =>
  collect(
    items(
      paginateListPrincipalsForPortfolio({ client: aws.client(ServiceCatalogClient) }, { PortfolioId }),
      (page) => page.Principals,
    ),
  );

export const constraintsOf = (aws: Aws, PortfolioId: string) =>
  collect(
    items(
      paginateListConstraintsForPortfolio({ client: aws.client(ServiceCatalogClient) }, { PortfolioId }),
      (page) => page.ConstraintDetails,
    ),
  );

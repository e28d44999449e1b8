// The run's portfolios: their products, constraints, principals, TagOptions and shares.

import {
  DescribeConstraintCommand,
  DescribePortfolioCommand,
  type DescribePortfolioShareType,
  ListProvisioningArtifactsCommand,
  paginateDescribePortfolioShares,
  paginateListConstraintsForPortfolio,
  paginateListPortfolios,
  paginateListPrincipalsForPortfolio,
  paginateSearchProductsAsAdmin,
  ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';
import { type Aws, collect, isMarked, items, onePage, type RunScope } from '../../../lib/kit';

export interface Version {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly deprecated: boolean;
  readonly made: string;
}

export interface Product {
  readonly id: string;
  readonly name: string;
  /** Oldest first. */
  readonly versions: readonly Version[];
}

export interface Constraint {
  readonly id: string;
  readonly type: string;
  readonly product: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface Portfolio {
  readonly id: string;
  readonly name: string;
  readonly products: readonly Product[];
  readonly constraints: readonly Constraint[];
  readonly principals: readonly { readonly arn: string; readonly type: string }[];
  readonly tagOptions: readonly { readonly key: string; readonly value: string; readonly active: boolean }[];
  /** Accounts and organization nodes. */
  readonly shares: readonly { readonly type: string; readonly with: string }[];
}

const SHARE_TYPES: readonly DescribePortfolioShareType[] = ['ACCOUNT', 'ORGANIZATION', 'ORGANIZATIONAL_UNIT'];

export async function portfolios(aws: Aws, scope: RunScope): Promise<Portfolio[]> {
  const client = aws.client(ServiceCatalogClient);
  const own: Portfolio[] = [];
  for await (const one of items(paginateListPortfolios({ client }, {}), (page) => page.PortfolioDetails)) {
    if (one.Id === undefined || !isMarked(scope, { names: [one.DisplayName] })) continue;
    own.push(await portfolio(client, one.Id, one.DisplayName ?? ''));
  }
  return own;
}

async function portfolio(client: ServiceCatalogClient, id: string, name: string): Promise<Portfolio> {
  const of = { PortfolioId: id };
  const { TagOptions = [] } = await client.send(new DescribePortfolioCommand({ Id: id }));
  const products = await collect(
    items(paginateSearchProductsAsAdmin({ client }, of), (page) => page.ProductViewDetails),
  );
  const principals = await collect(
    items(paginateListPrincipalsForPortfolio({ client }, of), (page) => page.Principals),
  );
  return {
    id,
    name,
    products: await Promise.all(
      products.map(({ ProductViewSummary: view }) => product(client, view?.ProductId, view?.Name)),
    ),
    constraints: await constraints(client, id),
    principals: principals.map(({ PrincipalARN: arn = '', PrincipalType: type = '' }) => ({ arn, type })),
    tagOptions: TagOptions.map(({ Key: key = '', Value: value = '', Active: active = false }) => ({
      key,
      value,
      active,
    })),
    shares: await shares(client, id),
  };
}

async function product(client: ServiceCatalogClient, id = '', name = ''): Promise<Product> {
  const answer = onePage(client.send(new ListProvisioningArtifactsCommand({ ProductId: id })));
  const found = await collect(items(answer, (page) => page.ProvisioningArtifactDetails));
  const versions = found.map((one) => ({
    id: one.Id ?? '',
    name: one.Name ?? '',
    active: one.Active ?? false,
    deprecated: one.Guidance === 'DEPRECATED',
    made: one.CreatedTime?.toISOString() ?? '',
  }));
  return { id, name, versions: versions.sort((a, b) => a.made.localeCompare(b.made)) };
}

async function constraints(client: ServiceCatalogClient, portfolioId: string): Promise<Constraint[]> {
  const pages = paginateListConstraintsForPortfolio({ client }, { PortfolioId: portfolioId });
  const found = await collect(items(pages, (page) => page.ConstraintDetails));
  return Promise.all(
    found.map(async ({ ConstraintId: id = '', Type: type = '', ProductId: product = '' }) => {
      const { ConstraintParameters = '{}' } = await client.send(new DescribeConstraintCommand({ Id: id }));
      return { id, type, product, parameters: JSON.parse(ConstraintParameters) as Record<string, unknown> };
    }),
  );
}

async function shares(client: ServiceCatalogClient, portfolioId: string): Promise<Portfolio['shares']> {
  const all: Portfolio['shares'][number][] = [];
  for (const Type of SHARE_TYPES) {
    const pages = paginateDescribePortfolioShares({ client }, { PortfolioId: portfolioId, Type });
    for await (const one of items(pages, (page) => page.PortfolioShareDetails)) {
      all.push({ type: Type, with: one.PrincipalId ?? '' });
    }
  }
  return all;
}

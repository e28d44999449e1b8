// A portfolio and a product in it, each made where there is none of the run's.

import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  AssociateProductWithPortfolioCommand,
  CreatePortfolioCommand,
  CreateProductCommand,
  paginateSearchProductsAsAdmin,
  ServiceCatalogClient,
  UpdateProvisioningArtifactCommand,
} from '@aws-sdk/client-service-catalog';
import { type Aws, collect, isMarked, items, meets, type RunScope, waitUntil } from '../../../lib/kit';
import { PORTFOLIOS } from '../demands';
import { patternOf, type Version } from '../facts';
import { type Portfolio, type Product, portfolios } from '../observe/portfolios';

/** A portfolio of the run with a product that can be launched. */
export interface Offer {
  readonly portfolio: Portfolio;
  readonly product: Product;
}

const tagsOf = (scope: RunScope) => [{ Key: scope.tag.key, Value: scope.tag.value }];

/** The first portfolio with a product that can be launched. */
export async function product(aws: Aws, scope: RunScope): Promise<Offer> {
  const standing = offered(await portfolios(aws, scope));
  if (standing !== undefined) return standing;
  const client = aws.client(ServiceCatalogClient);
  const portfolioId = await portfolio(aws, scope);
  const productId = await looseProduct(aws, scope);
  await client.send(new AssociateProductWithPortfolioCommand({ PortfolioId: portfolioId, ProductId: productId }));
  await activate(aws, scope);
  let made: Offer | undefined;
  await waitUntil(aws, { for: 'the product to be in its portfolio', seconds: 60 }, async () => {
    made = offered(await portfolios(aws, scope));
    return made !== undefined;
  });
  return made as unknown as Offer;
}

function offered(all: readonly Portfolio[]): Offer | undefined {
  const found = all.find((one) => meets(one, PORTFOLIOS));
  const product = found?.products.find(({ versions }) => versions.some((version) => version.active));
  return found === undefined || product === undefined ? undefined : { portfolio: found, product };
}

async function portfolio(aws: Aws, scope: RunScope): Promise<string> {
  const [first] = await portfolios(aws, scope);
  if (first !== undefined) return first.id;
  const { PortfolioDetail } = await aws.client(ServiceCatalogClient).send(
    new CreatePortfolioCommand({
      DisplayName: `${scope.prefix}-portfolio`,
      ProviderName: `${scope.prefix}-platform`,
      Description: 'What teams may launch by themselves',
      Tags: tagsOf(scope),
    }),
  );
  return PortfolioDetail?.Id ?? '';
}

/** A product of the run that may be in no portfolio yet. */
async function looseProduct(aws: Aws, scope: RunScope): Promise<string> {
  const client = aws.client(ServiceCatalogClient);
  const all = await collect(items(paginateSearchProductsAsAdmin({ client }, {}), (page) => page.ProductViewDetails));
  const own = all.find(({ ProductViewSummary }) => isMarked(scope, { names: [ProductViewSummary?.Name] }));
  if (own?.ProductViewSummary?.ProductId !== undefined) return own.ProductViewSummary.ProductId;
  const { ProductViewDetail } = await client.send(
    new CreateProductCommand({
      Name: `${scope.prefix}-logs`,
      Owner: `${scope.prefix}-platform`,
      Description: 'A log group of a team, kept for as long as the catalogue allows',
      ProductType: 'CLOUD_FORMATION_TEMPLATE',
      ProvisioningArtifactParameters: await artifact(aws, scope, 'v1'),
      Tags: tagsOf(scope),
    }),
  );
  return ProductViewDetail?.ProductViewSummary?.ProductId ?? '';
}

/** A version out of the stack that stands for it. */
export async function artifact(aws: Aws, scope: RunScope, version: Version) {
  const StackName = patternOf(scope.prefix, version);
  const { Stacks } = await aws.client(CloudFormationClient).send(new DescribeStacksCommand({ StackName }));
  return {
    Name: version,
    Description: `Taken from ${StackName}`,
    Type: 'CLOUD_FORMATION_TEMPLATE' as const,
    Info: { ImportFromPhysicalId: Stacks?.[0]?.StackId ?? '' },
  };
}

/** Where no version of a product of the run is active, its newest becomes it. */
async function activate(aws: Aws, scope: RunScope): Promise<void> {
  const products = (await portfolios(aws, scope)).flatMap((one) => one.products);
  for (const { id, versions } of products) {
    const newest = versions.at(-1);
    if (newest === undefined || versions.some((version) => version.active)) continue;
    await aws
      .client(ServiceCatalogClient)
      .send(new UpdateProvisioningArtifactCommand({ ProductId: id, ProvisioningArtifactId: newest.id, Active: true }));
  }
}

// Versions, portfolios and products. A product's last version goes with the product.

import {
  DeletePortfolioCommand,
  DeleteProductCommand,
  DeleteProvisioningArtifactCommand,
  ListProvisioningArtifactsCommand,
  ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';
import { type Aws, collect, items, onePage, type Sweeper, unlessGone } from '../../../lib/kit';
import { portfoliosOf, productViews } from './listings';

const GONE = ['ResourceNotFoundException'];
const BONDS = [
  'servicecatalog:stack',
  'servicecatalog:principal-association',
  'servicecatalog:constraint',
  'servicecatalog:tag-option-association',
  'servicecatalog:product-association',
  'servicecatalog:portfolio-share',
];

const versionsOf = (aws: Aws, ProductId: string) => {
  const answer = aws.client(ServiceCatalogClient).send(new ListProvisioningArtifactsCommand({ ProductId }));
  return collect(items(onePage(answer), (page) => page.ProvisioningArtifactDetails));
};

export const artifacts: Sweeper = {
  kind: 'servicecatalog:provisioning-artifact',
  after: ['servicecatalog:stack'],

  /** What goes with its product is not told twice: the first is left to it. */
  async *list(aws, scope) {
    for (const { id: product } of await productViews(aws, scope)) {
      for (const { Id } of (await versionsOf(aws, product)).slice(1)) {
        yield { kind: 'servicecatalog:provisioning-artifact', id: `${product}|${Id}` };
      }
    }
  },

  async remove(aws, { id }) {
    const [ProductId, ProvisioningArtifactId] = id.split('|');
    await unlessGone(GONE, () =>
      aws
        .client(ServiceCatalogClient)
        .send(new DeleteProvisioningArtifactCommand({ ProductId, ProvisioningArtifactId })),
    );
  },
};

export const portfolios: Sweeper = {
  kind: 'catalog:portfolio',
  after: BONDS,

  async *list(aws, scope) {
    for (const { id } of await portfoliosOf(aws, scope)) yield { kind: 'catalog:portfolio', id };
  },

  async remove(aws, { id: Id }) {
    await unlessGone(GONE, () => aws.client(ServiceCatalogClient).send(new DeletePortfolioCommand({ Id })));
  },
};

export const products: Sweeper = {
  kind: 'catalog:product',
  after: [...BONDS, 'servicecatalog:provisioning-artifact', 'catalog:portfolio'],

  async *list(aws, scope) {
    for (const { id } of await productViews(aws, scope)) yield { kind: 'catalog:product', id };
  },

  async remove(aws, { id: Id }) {
    await unlessGone(GONE, () => aws.client(ServiceCatalogClient).send(new DeleteProductCommand({ Id })));
  },
};

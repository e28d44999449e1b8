// Portfolios and products, once nothing binds them. A product's versions go with it.

import { DeletePortfolioCommand, DeleteProductCommand, ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { type Sweeper, unlessGone } from '../../../lib/kit';
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
  after: [...BONDS, 'catalog:portfolio'],

  async *list(aws, scope) {
    for (const { id } of await productViews(aws, scope)) yield { kind: 'catalog:product', id };
  },

  async remove(aws, { id: Id }) {
    await unlessGone(GONE, () => aws.client(ServiceCatalogClient).send(new DeleteProductCommand({ Id })));
  },
};

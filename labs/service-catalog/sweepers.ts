// What a run can leave behind in Service Catalog, in the order in which it goes.

import type { Sweeper } from '../../lib/kit';
import { constraints, principals, productAssociations, shares } from './sweepers/bonds';
import { provisionedProducts } from './sweepers/launches';
import { portfolios, products } from './sweepers/offers';
import { tagOptionAssociations, tagOptions } from './sweepers/tag-options';

export const sweepers: readonly Sweeper[] = [
  provisionedProducts,
  principals,
  constraints,
  tagOptionAssociations,
  shares,
  productAssociations,
  portfolios,
  products,
  tagOptions,
];

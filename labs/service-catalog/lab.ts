// AWS Service Catalog: a portfolio with a product in two versions, what binds its launches, and a product that was launched.

import { defineLab } from '../../lib/kit';
import { exercises } from './exercises';
import { permissions } from './permissions';

const PRICES = 'https://aws.amazon.com/servicecatalog/pricing/';
const AS_OF = '2026-11-22';

export default defineLab({
  title: 'AWS Service Catalog',
  minutes: { deploy: 4, destroy: 5 },
  // Each version of the product is the template of a stack; the catalogue comes last.
  stacks: [
    { id: 'v1', load: async () => (require('./stack') as typeof import('./stack')).FirstVersionStack },
    { id: 'v2', load: async () => (require('./stack') as typeof import('./stack')).SecondVersionStack },
    { load: async () => (require('./stack') as typeof import('./stack')).ServiceCatalogStack },
  ],
  parameters: async (prepare) =>
    (require('./observe/caller') as typeof import('./observe/caller')).stackParameters(await prepare.aws()),
  exercises,
  sweepers: async () => (require('./sweepers') as typeof import('./sweepers')).sweepers,
  costs: [
    // The first 1,000 calls of a month are free; a run of this lab makes some hundreds.
    { what: 'calls to Service Catalog', usd: 0.0007, per: 'request', quantity: 400, source: PRICES, asOf: AS_OF },
  ],
  permissions,
});

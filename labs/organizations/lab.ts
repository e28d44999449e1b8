// AWS Organizations: a tree of units with a fence around it, central policies, one bill that is told apart, a shared resource.

import { defineLab } from '../../lib/kit';
import { exercises } from './exercises';
import { permissions } from './permissions';

const COST_EXPLORER_PRICES = 'https://aws.amazon.com/aws-cost-management/aws-cost-explorer/pricing/';
const AS_OF = '2026-11-22';

const organization = () => require('./observe/organization') as typeof import('./observe/organization');

export default defineLab({
  title: 'AWS Organizations',
  minutes: { deploy: 2, destroy: 2 },
  stacks: [{ load: async () => (require('./stack') as typeof import('./stack')).OrganizationsStack }],
  parameters: async (prepare) => organization().stackParameters(await prepare.aws()),
  exercises,
  sweepers: async () => (require('./sweepers') as typeof import('./sweepers')).sweepers,
  costs: [
    // Looking at cost categories and tags: once at deploy, twice at check, some rounds at destroy.
    {
      what: 'requests to Cost Explorer',
      usd: 0.01,
      per: 'request',
      quantity: 10,
      source: COST_EXPLORER_PRICES,
      asOf: AS_OF,
    },
  ],
  permissions,
  settings: async () => (require('./settings') as typeof import('./settings')).settings,
});

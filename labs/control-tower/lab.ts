// AWS Control Tower: what a landing zone does for an account, done by hand in one; the landing zone itself planned, and guarded.

import { defineLab } from '../../lib/kit';
import { exercises } from './exercises';
import { permissions } from './permissions';

const CLOUDTRAIL_PRICES = 'https://aws.amazon.com/cloudtrail/pricing/';
const CLOUDWATCH_PRICES = 'https://aws.amazon.com/cloudwatch/pricing/';
const CONFIG_PRICES = 'https://aws.amazon.com/config/pricing/';
const AS_OF = '2026-11-22';

export default defineLab({
  title: 'AWS Control Tower',
  minutes: { deploy: 3, destroy: 4 },
  stacks: [{ load: async () => (require('./stack') as typeof import('./stack')).ControlTowerStack }],
  parameters: async (prepare) =>
    (require('./observe/parameters') as typeof import('./observe/parameters')).stackParameters(await prepare.aws()),
  exercises,
  sweepers: async () => (require('./sweepers') as typeof import('./sweepers')).sweepers,
  costs: [
    // The first trail's management events are free; where the account has one already, this is the second.
    {
      what: 'events of a second trail',
      usd: 0.00002,
      per: 'request',
      quantity: 500,
      source: CLOUDTRAIL_PRICES,
      asOf: AS_OF,
    },
    { what: 'CloudWatch alarm', usd: 0.1, per: 'month', quantity: 1, source: CLOUDWATCH_PRICES, asOf: AS_OF },
    {
      what: 'configuration items of a landing zone',
      usd: 0.003,
      per: 'once',
      quantity: 500,
      source: CONFIG_PRICES,
      asOf: AS_OF,
      exercise: 'set-up-landing-zone',
    },
  ],
  permissions,
  settings: async () => (require('./settings') as typeof import('./settings')).settings,
});

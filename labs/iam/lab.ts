// AWS IAM: people and groups, policies, roles, a second factor, keys, another account, federation, and who watches it all.

import { defineLab } from '../../lib/kit';
import { exercises } from './exercises';
import { HOME } from './facts';
import { permissions } from './permissions';

const S3_PRICES = 'https://aws.amazon.com/s3/pricing/';
const AS_OF = '2026-11-22';

export default defineLab({
  title: 'AWS IAM',
  minutes: { deploy: 2, destroy: 2 },
  stacks: [{ region: HOME, load: async () => (require('./stack') as typeof import('./stack')).IamStack }],
  exercises,
  sweepers: async () => (require('./sweepers') as typeof import('./sweepers')).sweepers,
  settings: async () => (require('./settings') as typeof import('./settings')).settings,
  costs: [
    // IAM and the first trail of an account cost nothing; a trail's files are some megabytes.
    { what: "a trail's files, GB", usd: 0.023, per: 'gb-month', quantity: 1, source: S3_PRICES, asOf: AS_OF },
    {
      what: "requests that write a trail's files",
      usd: 0.000005,
      per: 'request',
      quantity: 24,
      source: S3_PRICES,
      asOf: AS_OF,
    },
  ],
  permissions,
});

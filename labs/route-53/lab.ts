// Amazon Route 53: a public zone that nobody delegates to, with records, health checks, aliases, a signature and a log; a
// private zone; traffic policies; the resolver between networks; domains.

import { defineLab } from '../../lib/kit';
import { exercises } from './exercises';
import { HOME } from './facts';
import { permissions } from './permissions';

const ROUTE_53_PRICES = 'https://aws.amazon.com/route53/pricing/';
const KMS_PRICES = 'https://aws.amazon.com/kms/pricing/';
const CLOUDWATCH_PRICES = 'https://aws.amazon.com/cloudwatch/pricing/';
const AS_OF = '2026-11-22';

export default defineLab({
  title: 'Amazon Route 53',
  minutes: { deploy: 5, destroy: 5 },
  needs: ['network'],
  stacks: [
    // The zone's key and its log group have to be in Virginia.
    { region: HOME, load: async () => (require('./stacks/public') as typeof import('./stacks/public')).PublicDnsStack },
    {
      id: 'private',
      load: async () => (require('./stacks/private') as typeof import('./stacks/private')).PrivateDnsStack,
    },
  ],
  exercises,
  sweepers: async () => (require('./sweepers') as typeof import('./sweepers')).sweepers,
  costs: [
    {
      what: 'health check of an AWS resource',
      usd: 0.5,
      per: 'month',
      quantity: 1,
      source: ROUTE_53_PRICES,
      asOf: AS_OF,
    },
    { what: 'KMS key that signs the zone', usd: 1, per: 'month', quantity: 1, source: KMS_PRICES, asOf: AS_OF },
    { what: 'CloudWatch alarms', usd: 0.1, per: 'month', quantity: 2, source: CLOUDWATCH_PRICES, asOf: AS_OF },
    {
      what: 'hosted zones, only if one is kept for more than 12 hours',
      usd: 0.5,
      per: 'once',
      quantity: 2,
      source: ROUTE_53_PRICES,
      asOf: AS_OF,
    },
    {
      what: 'addresses of resolver endpoints',
      usd: 0.125,
      per: 'hour',
      quantity: 4,
      source: ROUTE_53_PRICES,
      asOf: AS_OF,
      exercise: 'forward-hybrid-dns',
    },
    {
      what: 'a domain for a year, .click (other endings cost more)',
      usd: 3,
      per: 'once',
      quantity: 1,
      source: 'https://aws.amazon.com/route53/pricing/#Domain_Name_Registration',
      asOf: AS_OF,
      exercise: 'register-domain',
    },
  ],
  permissions,
});

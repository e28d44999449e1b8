// AWS Systems Manager: one machine that is reached, patched, kept in order and watched without a single open port.

import { defineLab } from '../../lib/kit';
import { exercises } from './exercises';
import { permissions } from './permissions';

const EC2_PRICES = 'https://aws.amazon.com/ec2/pricing/on-demand/';
const VPC_PRICES = 'https://aws.amazon.com/vpc/pricing/';
const EBS_PRICES = 'https://aws.amazon.com/ebs/pricing/';
const AS_OF = '2026-11-22';

export default defineLab({
  title: 'AWS Systems Manager',
  minutes: { deploy: 5, destroy: 5 },
  needs: ['network'],
  stacks: [{ load: async () => (require('./stack') as typeof import('./stack')).SystemsManagerStack }],
  exercises,
  sweepers: async () => (require('./sweepers') as typeof import('./sweepers')).sweepers,
  connect: async (aws, scope) => (require('./connect') as typeof import('./connect')).connect(aws, scope),
  preflight: async () => (require('./preflight') as typeof import('./preflight')).preflight,
  costs: [
    {
      what: 't4g.micro, Linux',
      kind: 'ec2:instance',
      usd: 0.0084,
      per: 'hour',
      quantity: 1,
      source: EC2_PRICES,
      asOf: AS_OF,
    },
    { what: 'public IPv4 address', usd: 0.005, per: 'hour', quantity: 1, source: VPC_PRICES, asOf: AS_OF },
    {
      what: 'gp3 volume, GB',
      kind: 'ec2:volume',
      usd: 0.08,
      per: 'gb-month',
      quantity: 8,
      source: EBS_PRICES,
      asOf: AS_OF,
    },
  ],
  permissions,
});

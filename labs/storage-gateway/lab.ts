// AWS Storage Gateway: what a share needs of the cloud, at no cost; and gateways for files, volumes and tapes, by name.

import { type CostItem, defineLab } from '../../lib/kit';
import { exercises } from './exercises';
import { permissions } from './permissions';

const EC2_PRICES = 'https://aws.amazon.com/ec2/pricing/on-demand/';
const VPC_PRICES = 'https://aws.amazon.com/vpc/pricing/';
const EBS_PRICES = 'https://aws.amazon.com/ebs/pricing/';
const GATEWAY_PRICES = 'https://aws.amazon.com/storagegateway/pricing/';
const CLOUDWATCH_PRICES = 'https://aws.amazon.com/cloudwatch/pricing/';
const AS_OF = '2026-11-22';

/** An appliance: its instance, its public address, its disks with the root volume. */
const appliance = (exercise: string, diskGigabytes: number): CostItem[] => [
  { what: 'm5.xlarge, Linux', usd: 0.192, per: 'hour', quantity: 1, source: EC2_PRICES, asOf: AS_OF, exercise },
  { what: 'public IPv4 address', usd: 0.005, per: 'hour', quantity: 1, source: VPC_PRICES, asOf: AS_OF, exercise },
  {
    what: 'gp3 volumes, GB',
    usd: 0.08,
    per: 'gb-month',
    quantity: diskGigabytes,
    source: EBS_PRICES,
    asOf: AS_OF,
    exercise,
  },
  {
    what: 'data written through the gateway, GB',
    usd: 0.01,
    per: 'once',
    quantity: 1,
    source: GATEWAY_PRICES,
    asOf: AS_OF,
    exercise,
  },
];

export default defineLab({
  title: 'AWS Storage Gateway',
  minutes: { deploy: 3, destroy: 6 },
  needs: ['network'],
  stacks: [{ load: async () => (require('./stack') as typeof import('./stack')).StorageGatewayStack }],
  parameters: async (prepare) => ({ CallerCidr: await prepare.callerCidr() }),
  exercises,
  sweepers: async () => (require('./sweepers') as typeof import('./sweepers')).sweepers,
  costs: [
    ...appliance('deploy-file-gateway', 230),
    ...appliance('deploy-volume-gateway', 380),
    ...appliance('deploy-tape-gateway', 380),
    ...appliance('store-volume-locally', 380),
    {
      what: 'snapshot of a volume, GB',
      usd: 0.05,
      per: 'gb-month',
      quantity: 1,
      source: EBS_PRICES,
      asOf: AS_OF,
      exercise: 'deploy-volume-gateway',
    },
    {
      what: 'CloudWatch alarm',
      usd: 0.1,
      per: 'month',
      quantity: 1,
      source: CLOUDWATCH_PRICES,
      asOf: AS_OF,
      exercise: 'watch-gateway',
    },
  ],
  permissions,
});

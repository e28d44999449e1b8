// Amazon EC2: one machine, its image, key, firewall, address, volumes, life cycle and alarms; and the practice day.

import { defineLab } from '../../lib/kit';
import { exercises } from './exercises';
import { permissions } from './permissions';

const EC2_PRICES = 'https://aws.amazon.com/ec2/pricing/on-demand/';
const VPC_PRICES = 'https://aws.amazon.com/vpc/pricing/';
const EBS_PRICES = 'https://aws.amazon.com/ebs/pricing/';
const CLOUDWATCH_PRICES = 'https://aws.amazon.com/cloudwatch/pricing/';
const AS_OF = '2026-11-22';

export default defineLab({
  title: 'Amazon EC2',
  minutes: { deploy: 4, destroy: 5 },
  needs: ['network'],
  stacks: [{ load: async () => (require('./stack') as typeof import('./stack')).Ec2Stack }],
  parameters: async (prepare) => ({
    CallerCidr: await prepare.callerCidr(),
    PublicKey: (await prepare.sshKey()).publicKey,
  }),
  exercises,
  sweepers: async () => (require('./sweepers') as typeof import('./sweepers')).sweepers,
  connect: async (aws, scope, privateKeyFile) =>
    (require('./connect') as typeof import('./connect')).connect(aws, scope, privateKeyFile),
  preflight: async () => (require('./preflight') as typeof import('./preflight')).preflight,
  costs: [
    {
      what: 't4g.nano, Linux',
      kind: 'ec2:instance',
      usd: 0.0042,
      per: 'hour',
      quantity: 1,
      source: EC2_PRICES,
      asOf: AS_OF,
    },
    {
      what: 'public IPv4 address',
      kind: 'ec2:elastic-ip',
      usd: 0.005,
      per: 'hour',
      quantity: 1,
      source: VPC_PRICES,
      asOf: AS_OF,
    },
    {
      what: 'gp3 volumes, GB',
      kind: 'ec2:volume',
      usd: 0.08,
      per: 'gb-month',
      quantity: 9,
      source: EBS_PRICES,
      asOf: AS_OF,
    },
    {
      what: 'CloudWatch alarms',
      kind: 'cloudwatch:alarm',
      usd: 0.1,
      per: 'month',
      quantity: 2,
      source: CLOUDWATCH_PRICES,
      asOf: AS_OF,
    },
    {
      what: 'snapshot of the image, GB',
      kind: 'ec2:snapshot',
      usd: 0.05,
      per: 'gb-month',
      quantity: 2,
      source: EBS_PRICES,
      asOf: AS_OF,
      exercise: 'create-image',
    },
    {
      what: 'restored gp3 volume, GB',
      usd: 0.08,
      per: 'gb-month',
      quantity: 1,
      source: EBS_PRICES,
      asOf: AS_OF,
      exercise: 'restore-snapshot',
    },
  ],
  permissions,
});

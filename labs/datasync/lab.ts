// AWS DataSync: tasks between buckets and between file systems, without an agent; and an agent, by name.

import { defineLab } from '../../lib/kit';
import { exercises } from './exercises';
import { CONNECT_AGENT } from './facts';
import { permissions } from './permissions';

const DATASYNC_PRICES = 'https://aws.amazon.com/datasync/pricing/';
const EC2_PRICES = 'https://aws.amazon.com/ec2/pricing/on-demand/';
const VPC_PRICES = 'https://aws.amazon.com/vpc/pricing/';
const EBS_PRICES = 'https://aws.amazon.com/ebs/pricing/';
const AS_OF = '2026-11-22';
const OF_AGENT = { asOf: AS_OF, exercise: CONNECT_AGENT } as const;

export default defineLab({
  title: 'AWS DataSync',
  minutes: { deploy: 5, destroy: 8 },
  needs: ['network'],
  stacks: [{ load: async () => (require('./stack') as typeof import('./stack')).DataSyncStack }],
  parameters: async (prepare) => ({ CallerCidr: await prepare.callerCidr() }),
  exercises,
  sweepers: async () => (require('./sweepers') as typeof import('./sweepers')).sweepers,
  costs: [
    {
      what: 'data copied in Basic mode, GB (here some bytes)',
      usd: 0.0125,
      per: 'once',
      quantity: 0.001,
      source: DATASYNC_PRICES,
      asOf: AS_OF,
      exercise: 'monitor-executions',
    },
    { ...OF_AGENT, what: 'm5.2xlarge, Linux', usd: 0.384, per: 'hour', quantity: 1, source: EC2_PRICES },
    { ...OF_AGENT, what: 'public IPv4 address', usd: 0.005, per: 'hour', quantity: 1, source: VPC_PRICES },
    { ...OF_AGENT, what: 'gp3 volume, GB', usd: 0.08, per: 'gb-month', quantity: 80, source: EBS_PRICES },
  ],
  permissions,
});

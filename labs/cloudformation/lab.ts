// AWS CloudFormation: the learner's own stacks, from templates; parameters, nesting, sets, drift, previews, rollbacks, failures.

import { defineLab } from '../../lib/kit';
import { exercises } from './exercises';
import { permissions } from './permissions';

export default defineLab({
  title: 'AWS CloudFormation',
  minutes: { deploy: 4, destroy: 5 },
  stacks: [{ load: async () => (require('./stack') as typeof import('./stack')).CloudFormationStack }],
  exercises,
  // Stacks, sets, buckets, roles and alarms are swept for every lab; Parameter Store keeps what a stack was made to leave.
  sweepers: async () => (require('./sweepers') as typeof import('./sweepers')).sweepers,
  costs: [
    {
      what: 'one alarm, $0.10 a month',
      usd: 0.000137,
      per: 'hour',
      quantity: 1,
      source: 'https://aws.amazon.com/cloudwatch/pricing/',
      asOf: '2026-11-22',
      kind: 'cloudwatch:alarm',
    },
  ],
  permissions,
});

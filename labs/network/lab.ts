// The network that other labs stand in: one VPC, two zones, no NAT, no exercises, $0 by the hour.

import { defineLab } from '../../lib/kit';
import { permissions } from './permissions';

export default defineLab({
  title: 'Amazon VPC',
  services: [],
  minutes: { deploy: 2, destroy: 2 },
  stacks: [{ load: async () => (require('./stack') as typeof import('./stack')).NetworkStack }],
  exercises: [],
  sweepers: async () => (require('./sweepers') as typeof import('./sweepers')).sweepers,
  preflight: async () => (require('./preflight') as typeof import('./preflight')).preflight,
  costs: [],
  permissions,
});

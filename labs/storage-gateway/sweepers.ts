// What a run can leave behind in Storage Gateway, and beside it in EC2.

import type { Sweeper } from '../../lib/kit';
import { associations, gateways, shares, tapePools, tapes, volumes } from './sweepers/gateway';
import { disks, instances, snapshots } from './sweepers/host';

export const sweepers: readonly Sweeper[] = [
  shares,
  volumes,
  tapes,
  tapePools,
  associations,
  gateways,
  instances,
  disks,
  snapshots,
];

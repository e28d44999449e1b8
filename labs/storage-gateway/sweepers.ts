// What a run can leave behind in Storage Gateway, and the snapshots of it in EC2. Its instances are the network's to sweep.

import type { Sweeper } from '../../lib/kit';
import { associations, gateways, shares, tapePools, tapes, volumes } from './sweepers/gateway';
import { snapshots } from './sweepers/snapshot';

export const sweepers: readonly Sweeper[] = [shares, volumes, tapes, tapePools, associations, gateways, snapshots];

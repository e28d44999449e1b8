// What a run can leave behind in EC2. Its alarms, dashboard, role and profile are of kinds that every lab makes.

import type { Sweeper } from '../../lib/kit';
import { addresses, keyPairs, launchTemplates, placementGroups } from './sweepers/belongings';
import { instances } from './sweepers/instance';
import { images, snapshots, volumes } from './sweepers/storage';

export const sweepers: readonly Sweeper[] = [
  instances,
  addresses,
  images,
  snapshots,
  volumes,
  keyPairs,
  launchTemplates,
  placementGroups,
];

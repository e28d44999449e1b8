// What a run can leave behind in EC2, CloudWatch and IAM.

import type { Sweeper } from '../../lib/kit';
import { addresses, keyPairs, launchTemplates, placementGroups } from './sweepers/belongings';
import { instanceProfiles, roles } from './sweepers/identity';
import { instances } from './sweepers/instance';
import { images, snapshots, volumes } from './sweepers/storage';
import { alarms, dashboards } from './sweepers/watch';

export const sweepers: readonly Sweeper[] = [
  alarms,
  dashboards,
  instances,
  addresses,
  images,
  snapshots,
  volumes,
  keyPairs,
  launchTemplates,
  placementGroups,
  instanceProfiles,
  roles,
];

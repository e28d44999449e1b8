// What a run can leave behind in RDS, and beside it: secrets, and the logs that are nobody's own.

import type { Sweeper } from '../../lib/kit';
import { automatedBackups, snapshots } from './sweepers/backups';
import { blueGreenDeployments, databases } from './sweepers/databases';
import { eventSubscriptions, optionGroups, parameterGroups, subnetGroups } from './sweepers/groups';
import { monitoringLogs } from './sweepers/monitoring';
import { secrets } from './sweepers/secrets';

export const sweepers: readonly Sweeper[] = [
  eventSubscriptions,
  blueGreenDeployments,
  databases,
  snapshots,
  automatedBackups,
  optionGroups,
  parameterGroups,
  subnetGroups,
  secrets,
  monitoringLogs,
];

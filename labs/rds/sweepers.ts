// What a run can leave behind in RDS, and beside it: secrets, keys, logs, alarms, a topic.

import type { Sweeper } from '../../lib/kit';
import { automatedBackups, snapshots } from './sweepers/backups';
import { alarms, dashboards, logGroups, topics } from './sweepers/beside';
import { blueGreenDeployments, databases } from './sweepers/databases';
import { eventSubscriptions, optionGroups, parameterGroups, subnetGroups } from './sweepers/groups';
import { keys, secrets } from './sweepers/secrets';

export const sweepers: readonly Sweeper[] = [
  alarms,
  dashboards,
  eventSubscriptions,
  blueGreenDeployments,
  databases,
  snapshots,
  automatedBackups,
  optionGroups,
  parameterGroups,
  subnetGroups,
  topics,
  secrets,
  logGroups,
  keys,
];

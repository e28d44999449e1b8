// What a run can leave behind in DataSync, and beside it.

import type { Sweeper } from '../../lib/kit';
import { fileSystems, mountTargets } from './sweepers/files';
import { logPolicies } from './sweepers/log-policy';
import { disks, instances } from './sweepers/machine';
import { agents, executions, locations, tasks } from './sweepers/transfer';

export const sweepers: readonly Sweeper[] = [
  executions,
  tasks,
  locations,
  agents,
  instances,
  disks,
  logPolicies,
  mountTargets,
  fileSystems,
];

// What a run can leave behind in DataSync, and beside it. The machine under an agent is the network's to sweep.

import type { Sweeper } from '../../lib/kit';
import { fileSystems, mountTargets } from './sweepers/files';
import { logPolicies } from './sweepers/log-policy';
import { agents, executions, locations, tasks } from './sweepers/transfer';

export const sweepers: readonly Sweeper[] = [
  executions,
  tasks,
  locations,
  agents,
  logPolicies,
  mountTargets,
  fileSystems,
];

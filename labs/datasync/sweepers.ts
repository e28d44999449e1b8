// What a run can leave behind in DataSync, and beside it.

import type { Sweeper } from '../../lib/kit';
import { logGroups, logPolicies, roles } from './sweepers/beside';
import { buckets, contents, uploads } from './sweepers/bucket';
import { fileSystems, mountTargets } from './sweepers/files';
import { disks, instances } from './sweepers/machine';
import { agents, executions, locations, tasks } from './sweepers/transfer';

export const sweepers: readonly Sweeper[] = [
  executions,
  tasks,
  locations,
  agents,
  instances,
  disks,
  logGroups,
  logPolicies,
  uploads,
  contents,
  buckets,
  mountTargets,
  fileSystems,
  roles,
];

// What a run can leave behind in AWS Backup and around it, in both regions.

import type { Sweeper } from '../../lib/kit';
import { backupJobs, copyJobs, restoreJobs } from './sweepers/jobs';
import { plans, reportPlans, selections } from './sweepers/plans';
import { accessPolicies, locks, recoveryPoints, vaults } from './sweepers/vaults';
import { snapshots, volumes } from './sweepers/volumes';

export const sweepers: readonly Sweeper[] = [
  backupJobs,
  restoreJobs,
  copyJobs,
  volumes,
  accessPolicies,
  locks,
  recoveryPoints,
  selections,
  plans,
  vaults,
  snapshots,
  reportPlans,
];

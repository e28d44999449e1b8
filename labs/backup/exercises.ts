// What the learner does in this lab, in the order in which one thing stands on another.

import type { Exercise } from '../../lib/kit';
import { copyAcrossAccounts, cutBackupCost, recoverPointInTime, reportOnBackups } from './exercises/beyond';
import { guardVault, planBackups, scheduleBackups, understandBackup } from './exercises/plan';
import { copyAcrossRegions, restoreBackup } from './exercises/recover';

export const exercises: readonly Exercise[] = [
  understandBackup,
  guardVault,
  planBackups,
  scheduleBackups,
  restoreBackup,
  copyAcrossRegions,
  reportOnBackups,
  recoverPointInTime,
  copyAcrossAccounts,
  cutBackupCost,
];

// What the learner does in this lab, in the order in which one thing stands on another.

import type { Exercise } from '../../lib/kit';
import { lockArchive, protectArchive, proveLock } from './exercises/keep';
import { archiveByLifecycle, restoreFromArchive, tierByAccess } from './exercises/move';
import { compareClasses, planRetention } from './exercises/read';

export const exercises: readonly Exercise[] = [
  compareClasses,
  archiveByLifecycle,
  tierByAccess,
  restoreFromArchive,
  lockArchive,
  protectArchive,
  proveLock,
  planRetention,
];

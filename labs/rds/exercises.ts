// What the learner does in this lab, in the order in which one thing stands on another.

import type { Exercise } from '../../lib/kit';
import { backUp, maintain, replicate, standBy, watchDatabase } from './exercises/keeping';
import { compareEngines, lookInside, runWell } from './exercises/reading';
import { encryptDatabase, launchDatabase, placeDatabase, tuneGroups } from './exercises/setup';

export const exercises: readonly Exercise[] = [
  compareEngines,
  launchDatabase,
  placeDatabase,
  tuneGroups,
  encryptDatabase,
  standBy,
  backUp,
  replicate,
  watchDatabase,
  maintain,
  lookInside,
  runWell,
];

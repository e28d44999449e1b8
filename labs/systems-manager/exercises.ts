// What the learner does in this lab, in the order in which one thing stands on another.

import type { Exercise } from '../../lib/kit';
import { manageFleet, runCommand, setUpSessions, tellAboutCommands, understand } from './exercises/access';
import { gatherInventory, keepState, patchMachine, scheduleMaintenance, watchCompliance } from './exercises/care';
import { automate, storeParameters } from './exercises/operate';

export const exercises: readonly Exercise[] = [
  understand,
  setUpSessions,
  runCommand,
  patchMachine,
  keepState,
  storeParameters,
  gatherInventory,
  scheduleMaintenance,
  watchCompliance,
  automate,
  tellAboutCommands,
  manageFleet,
];

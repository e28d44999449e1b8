// What the learner does in this lab, in the order in which one thing stands on another.

import type { Exercise } from '../../lib/kit';
import {
  connectIdentity,
  enableGuardrails,
  governAccounts,
  readLandingZone,
  registerUnits,
  setUpLandingZone,
  vendAccount,
} from './exercises/landing-zone';
import { centralizeLogs, setBaseline, showDashboard } from './exercises/twin';

export const exercises: readonly Exercise[] = [
  readLandingZone,
  setUpLandingZone,
  registerUnits,
  enableGuardrails,
  vendAccount,
  centralizeLogs,
  setBaseline,
  showDashboard,
  connectIdentity,
  governAccounts,
];

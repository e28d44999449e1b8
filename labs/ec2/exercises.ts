// What the learner does in this lab, in the order in which one thing stands on another.

import type { Exercise } from '../../lib/kit';
import {
  bootstrapInstance,
  createImage,
  launchInstance,
  manageInstance,
  setUpKeyPair,
  stopAndStart,
} from './exercises/machine';
import { connectOverSsh, giveAddress, restrictTraffic } from './exercises/network';
import { attachVolume, restoreSnapshot, snapshotVolume } from './exercises/storage';
import { compareTypes, cutCostAndRisk, spreadInstances, watchInstance } from './exercises/watch';

export const exercises: readonly Exercise[] = [
  compareTypes,
  setUpKeyPair,
  restrictTraffic,
  launchInstance,
  manageInstance,
  bootstrapInstance,
  giveAddress,
  attachVolume,
  snapshotVolume,
  stopAndStart,
  createImage,
  watchInstance,
  connectOverSsh,
  restoreSnapshot,
  spreadInstances,
  cutCostAndRisk,
];

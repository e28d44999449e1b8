// What the learner does in this lab, in the order in which one thing stands on another.

import type { Exercise } from '../../lib/kit';
import { constrainLaunch, provisionAndWatch, retireVersion } from './exercises/launching';
import { createPortfolio, readCatalogue, versionAndConstrain } from './exercises/offering';
import { grantAccess, notifyOfLaunches, sharePortfolio, tagWithOptions } from './exercises/people';

export const exercises: readonly Exercise[] = [
  readCatalogue,
  createPortfolio,
  versionAndConstrain,
  grantAccess,
  tagWithOptions,
  constrainLaunch,
  provisionAndWatch,
  notifyOfLaunches,
  retireVersion,
  sharePortfolio,
];

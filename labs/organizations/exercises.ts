// What the learner does in this lab, in the order in which one thing stands on another.

import type { Exercise } from '../../lib/kit';
import { activateCostTag, trackCosts } from './exercises/costs';
import { fenceWithScps, setCentralPolicies } from './exercises/policies';
import { governOrganization, inviteAccounts, shareResources } from './exercises/sharing';
import { buildHierarchy, readHierarchy } from './exercises/structure';

export const exercises: readonly Exercise[] = [
  readHierarchy,
  buildHierarchy,
  fenceWithScps,
  setCentralPolicies,
  trackCosts,
  shareResources,
  activateCostTag,
  inviteAccounts,
  governOrganization,
];

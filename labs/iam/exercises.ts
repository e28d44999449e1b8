// What the learner does in this lab, in the order in which one thing stands on another.

import type { Exercise } from '../../lib/kit';
import { reviewLastAccess, rotateAccessKey, setPasswordPolicyAndKeys } from './exercises/credentials';
import { manageUsersAndGroups, proveLeastPrivilege, setUpMfa, understandIam, writePolicies } from './exercises/people';
import { createServiceRoles, federateIdentities, trustAnotherAccount } from './exercises/roles';
import { watchIam, writeServiceControlPolicy } from './exercises/watch';

export const exercises: readonly Exercise[] = [
  understandIam,
  manageUsersAndGroups,
  writePolicies,
  createServiceRoles,
  setUpMfa,
  setPasswordPolicyAndKeys,
  trustAnotherAccount,
  federateIdentities,
  writeServiceControlPolicy,
  watchIam,
  rotateAccessKey,
  proveLeastPrivilege,
  reviewLastAccess,
];

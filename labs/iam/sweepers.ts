// What a run can leave behind in IAM, and in what watches and limits it.

import type { Sweeper } from '../../lib/kit';
import { accessKeys, mfaDevices } from './sweepers/credentials';
import { controlPolicies, organizationalUnits } from './sweepers/organization';
import { groups, users } from './sweepers/people';
import { oidcProviders, samlProviders } from './sweepers/providers';

export const sweepers: readonly Sweeper[] = [
  accessKeys,
  mfaDevices,
  users,
  groups,
  samlProviders,
  oidcProviders,
  controlPolicies,
  organizationalUnits,
];

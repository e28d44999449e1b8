// What a run can leave behind in IAM, and in what watches and limits it.

import type { Sweeper } from '../../lib/kit';
import { buckets } from './sweepers/bucket';
import { accessKeys, mfaDevices } from './sweepers/credentials';
import { controlPolicies, organizationalUnits } from './sweepers/organization';
import { parameters } from './sweepers/parameter';
import { groups, users } from './sweepers/people';
import { policies } from './sweepers/policies';
import { oidcProviders, samlProviders } from './sweepers/providers';
import { instanceProfiles, roles } from './sweepers/roles';
import { rules, topics, trails } from './sweepers/watch';

export const sweepers: readonly Sweeper[] = [
  accessKeys,
  mfaDevices,
  users,
  groups,
  instanceProfiles,
  roles,
  samlProviders,
  oidcProviders,
  policies,
  trails,
  rules,
  topics,
  buckets,
  parameters,
  controlPolicies,
  organizationalUnits,
];

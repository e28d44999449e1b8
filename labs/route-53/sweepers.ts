// What a run can leave behind in Route 53, its resolver and its registrar, and beside them.

import type { Sweeper } from '../../lib/kit';
import { resourcePolicies } from './sweepers/beside';
import { domains } from './sweepers/domain';
import { endpoints, queryLogAssociations, queryLogConfigs, ruleAssociations, rules } from './sweepers/resolver';
import {
  cidrCollections,
  delegationSets,
  healthChecks,
  trafficPolicies,
  trafficPolicyInstances,
} from './sweepers/traffic';
import { hostedZones, keySigningKeys, queryLoggingConfigs, records } from './sweepers/zone';

export const sweepers: readonly Sweeper[] = [
  trafficPolicyInstances,
  trafficPolicies,
  queryLoggingConfigs,
  keySigningKeys,
  records,
  hostedZones,
  healthChecks,
  cidrCollections,
  delegationSets,
  ruleAssociations,
  rules,
  endpoints,
  queryLogAssociations,
  queryLogConfigs,
  resourcePolicies,
  domains,
];

// What a run can leave behind in Organizations, Resource Access Manager, EC2, Budgets and Cost Explorer. Topics are swept for every lab.

import type { Sweeper } from '../../lib/kit';
import { budgets, costCategories } from './sweepers/costs';
import { accounts, organizations, policies, units } from './sweepers/organization';
import { prefixLists, resourceShares } from './sweepers/sharing';

export const sweepers: readonly Sweeper[] = [
  accounts,
  policies,
  units,
  organizations,
  resourceShares,
  prefixLists,
  budgets,
  costCategories,
];

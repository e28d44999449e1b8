// What a run can leave behind in Systems Manager, and beside it. Its parameters are the network lab's to sweep.

import type { Sweeper } from '../../lib/kit';
import { automations, documents, sessions } from './sweepers/access';
import { eventRules, instances } from './sweepers/beside';
import { associations, baselines, complianceItems, patchGroups, windows } from './sweepers/care';

export const sweepers: readonly Sweeper[] = [
  sessions,
  automations,
  associations,
  complianceItems,
  windows,
  patchGroups,
  baselines,
  documents,
  eventRules,
  instances,
];

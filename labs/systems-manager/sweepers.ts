// What a run can leave behind in Systems Manager. Its machines are the network's to sweep; its rules, parameters and roles every lab's.

import type { Sweeper } from '../../lib/kit';
import { automations, documents, sessions } from './sweepers/access';
import { associations, complianceItems, windows } from './sweepers/care';
import { baselines, patchGroups } from './sweepers/patches';

export const sweepers: readonly Sweeper[] = [
  sessions,
  automations,
  associations,
  complianceItems,
  windows,
  patchGroups,
  baselines,
  documents,
];

// What a run can leave behind in its network.

import type { Sweeper } from '../../lib/kit';

export const sweepers: readonly Sweeper[] = [];

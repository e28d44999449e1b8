// What a run can leave behind in EC2, CloudWatch and IAM.

import type { Sweeper } from '../../lib/kit';

export const sweepers: readonly Sweeper[] = [];

// The solutions of the exercises, by name: what a learner would do, through the SDK. Each leaves alone what is done already.

import type { Aws, RunScope } from '../../lib/kit';
import { backUp, replicate } from './solve/copies';
import { lookInside, mysql } from './solve/database';
import { encrypt, place, tune } from './solve/setup';
import { maintain, standBy } from './solve/upkeep';
import { watch } from './solve/watch';

export const solutions = {
  launch: async (aws: Aws, scope: RunScope): Promise<void> => void (await mysql(aws, scope)),
  place,
  tune,
  encrypt,
  standBy,
  backUp,
  replicate,
  watch,
  maintain,
  lookInside,
};

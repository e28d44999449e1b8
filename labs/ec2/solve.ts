// The solutions of the exercises, by name: what a learner would do, through the SDK. Each leaves alone what is done already.

import type { Aws, RunScope } from '../../lib/kit';
import { bootstrap, image, keyPair, launch, manage, restart } from './solve/machine';
import { address, askForLogins, traffic } from './solve/network';
import { attach, restore, snapshot } from './solve/storage';
import { spread, watch } from './solve/watch';

export const solutions = {
  launch: async (aws: Aws, scope: RunScope): Promise<void> => void (await launch(aws, scope)),
  keyPair,
  manage,
  bootstrap,
  restart,
  image,
  traffic,
  address,
  askForLogins,
  attach,
  snapshot,
  restore,
  watch,
  spread,
};

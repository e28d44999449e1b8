// The solutions of the exercises, by name: what a learner would do, through the SDK. Each leaves alone what is done already.

import { costs, costTag } from './solve/costs';
import { central, fence } from './solve/policies';
import { sharing } from './solve/sharing';
import { hierarchy } from './solve/structure';

export const solutions = {
  hierarchy: async (...on: Parameters<typeof hierarchy>): Promise<void> => void (await hierarchy(...on)),
  fence,
  central,
  costs,
  costTag,
  sharing,
};

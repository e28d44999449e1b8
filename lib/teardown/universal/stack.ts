// Stacks that stand, under the run's name or tag.

import type { Sweeper } from '../../kit';
import { deleteStack, standingStacks } from '../stacks';

export const stackSweeper = (sleep: (milliseconds: number) => Promise<void>): Sweeper => ({
  kind: 'cloudformation:stack',

  async *list(aws, scope) {
    for (const { id } of await standingStacks(aws, scope, aws.region)) yield { kind: 'cloudformation:stack', id };
  },

  async remove(aws, { id }) {
    const stack = { id, name: id, region: aws.region, lab: '', status: '', protected: false };
    const reason = await deleteStack(aws, stack, { letGo: [], sleep });
    if (reason !== undefined) throw new Error(reason);
  },
});

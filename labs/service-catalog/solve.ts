// The solutions of the exercises, by name: what a learner would do, through the SDK. Each leaves alone what is done already.

import type { Aws, RunScope } from '../../lib/kit';
import { launchRole, notifications, tagUpdates } from './solve/constraints';
import { launch } from './solve/launch';
import { product } from './solve/offering';
import { access, share, tagOptions } from './solve/people';
import { retire, versions } from './solve/versions';

export const solutions = {
  portfolio: async (aws: Aws, scope: RunScope): Promise<void> => void (await product(aws, scope)),
  versions,
  access,
  tagOptions: async (aws: Aws, scope: RunScope): Promise<void> => {
    await tagOptions(aws, scope);
    await tagUpdates(aws, scope);
  },
  launchRole,
  launch,
  notifications,
  retire,
  share,
};

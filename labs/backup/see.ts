// The observations, each loaded when it is first used: reading the exercises loads no SDK. Exercises that name the same
// one here share one look.

import type { Aws, RunScope } from '../../lib/kit';

const jobs = () => require('./observe/jobs') as typeof import('./observe/jobs');
const vaults = () => require('./observe/vaults') as typeof import('./observe/vaults');
const extras = () => require('./observe/extras') as typeof import('./observe/extras');
const plans = () => require('./observe/plans') as typeof import('./observe/plans');

export const see = {
  vaults: async (aws: Aws, scope: RunScope) => vaults().vaults(aws, scope),
  protection: async (aws: Aws, scope: RunScope) => ({
    plans: await plans().plans(aws, scope),
    vaults: (await vaults().vaults(aws, scope)).map(({ name }) => name),
  }),
  recovery: async (aws: Aws, scope: RunScope) => jobs().recovery(aws, scope),
  copies: async (aws: Aws, scope: RunScope) => jobs().copies(aws, scope),
  reports: async (aws: Aws, scope: RunScope) => extras().reports(aws, scope),
  continuity: async (aws: Aws, scope: RunScope) => extras().continuity(aws, scope),
  sharing: async (aws: Aws, scope: RunScope) => extras().sharing(aws, scope),
};

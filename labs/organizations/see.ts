// The observations, each loaded when it is first used: reading the exercises loads no SDK. Exercises that name the same
// one here share one look.

import type { Aws, RunScope } from '../../lib/kit';

const organization = () => require('./observe/organization') as typeof import('./observe/organization');
const policies = () => require('./observe/policies') as typeof import('./observe/policies');
const costs = () => require('./observe/costs') as typeof import('./observe/costs');

export const see = {
  organization: async (aws: Aws, scope: RunScope) => organization().organization(aws, scope),
  fence: async (aws: Aws, scope: RunScope) => policies().fence(aws, scope),
  central: async (aws: Aws, scope: RunScope) => policies().central(aws, scope),
  costs: async (aws: Aws, scope: RunScope) => costs().costs(aws, scope),
  costTag: async (aws: Aws, scope: RunScope) => costs().costTag(aws, scope),
  shares: async (aws: Aws, scope: RunScope) =>
    (require('./observe/sharing') as typeof import('./observe/sharing')).shares(aws, scope),
};

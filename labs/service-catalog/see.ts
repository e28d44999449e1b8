// The observations, each loaded when it is first used: reading the exercises loads no SDK. Exercises that name the same
// one here share one look.

import type { Aws, RunScope } from '../../lib/kit';

const roles = () => require('./observe/roles') as typeof import('./observe/roles');

export const see = {
  portfolios: async (aws: Aws, scope: RunScope) =>
    (require('./observe/portfolios') as typeof import('./observe/portfolios')).portfolios(aws, scope),
  access: async (aws: Aws, scope: RunScope) => roles().access(aws, scope),
  launching: async (aws: Aws, scope: RunScope) => roles().launching(aws, scope),
  launches: async (aws: Aws, scope: RunScope) =>
    (require('./observe/launches') as typeof import('./observe/launches')).launches(aws, scope),
};

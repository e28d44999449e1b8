// The observations, each loaded when it is first used: reading the exercises loads no SDK. Exercises that name the same
// one here share one look.

import type { Aws, RunScope } from '../../lib/kit';

const groups = () => require('./observe/groups') as typeof import('./observe/groups');
const history = () => require('./observe/history') as typeof import('./observe/history');

export const see = {
  databases: async (aws: Aws, scope: RunScope) =>
    (require('./observe/databases') as typeof import('./observe/databases')).databases(aws, scope),
  tuned: async (aws: Aws, scope: RunScope) => groups().tuned(aws, scope),
  encrypted: async (aws: Aws, scope: RunScope) => groups().encrypted(aws, scope),
  backedUp: async (aws: Aws, scope: RunScope) => history().backedUp(aws, scope),
  standbys: async (aws: Aws, scope: RunScope) => history().standbys(aws, scope),
  versioned: async (aws: Aws, scope: RunScope) => history().versioned(aws, scope),
  placed: async (aws: Aws, scope: RunScope) =>
    (require('./observe/network') as typeof import('./observe/network')).placed(aws, scope),
  watched: async (aws: Aws, scope: RunScope) =>
    (require('./observe/watch') as typeof import('./observe/watch')).watched(aws, scope),
};

// The observations, each loaded when it is first used: reading the exercises loads no SDK. Exercises that name the same
// one here share one look.

import type { Aws, RunScope } from '../../lib/kit';

const belongings = () => require('./observe/belongings') as typeof import('./observe/belongings');
const machines = () => require('./observe/machines') as typeof import('./observe/machines');
const storage = () => require('./observe/storage') as typeof import('./observe/storage');

export const see = {
  machines: async (aws: Aws, scope: RunScope) => machines().machines(aws, scope),
  setups: async (aws: Aws, scope: RunScope) => machines().setups(aws, scope),
  keyPairs: async (aws: Aws, scope: RunScope) => belongings().keyPairs(aws, scope),
  addresses: async (aws: Aws, scope: RunScope) => belongings().addresses(aws, scope),
  placementGroups: async (aws: Aws, scope: RunScope) => belongings().placementGroups(aws, scope),
  dataVolumes: async (aws: Aws, scope: RunScope) => storage().dataVolumes(aws, scope),
  storage: async (aws: Aws, scope: RunScope) => storage().storage(aws, scope),
  images: async (aws: Aws, scope: RunScope) => storage().images(aws, scope),
  traffic: async (aws: Aws, scope: RunScope) =>
    (require('./observe/traffic') as typeof import('./observe/traffic')).traffic(aws, scope),
  watch: async (aws: Aws, scope: RunScope) =>
    (require('./observe/watch') as typeof import('./observe/watch')).watch(aws, scope),
  logins: async (aws: Aws, scope: RunScope) =>
    (require('./observe/logins') as typeof import('./observe/logins')).logins(aws, scope),
};

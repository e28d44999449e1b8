// The observations, each loaded when it is first used: reading the exercises loads no SDK. Exercises that name the same
// one here share one look.

import type { Aws, RunScope } from '../../lib/kit';

const people = () => require('./observe/people') as typeof import('./observe/people');
const rights = () => require('./observe/rights') as typeof import('./observe/rights');
const roles = () => require('./observe/roles') as typeof import('./observe/roles');
const history = () => require('./observe/history') as typeof import('./observe/history');

export const see = {
  groups: async (aws: Aws, scope: RunScope) => people().groups(aws, scope),
  rights: async (aws: Aws, scope: RunScope) => rights().rights(aws, scope),
  secondFactors: async (aws: Aws, scope: RunScope) => rights().secondFactors(aws, scope),
  narrowed: async (aws: Aws, scope: RunScope) => rights().narrowed(aws, scope),
  roles: async (aws: Aws, scope: RunScope) => roles().roles(aws, scope),
  federation: async (aws: Aws, scope: RunScope) => roles().federation(aws, scope),
  credentials: async (aws: Aws, scope: RunScope) =>
    (require('./observe/account') as typeof import('./observe/account')).credentials(aws, scope),
  guardrails: async (aws: Aws, scope: RunScope) =>
    (require('./observe/organization') as typeof import('./observe/organization')).guardrails(aws, scope),
  watch: async (aws: Aws, scope: RunScope) =>
    (require('./observe/watch') as typeof import('./observe/watch')).watch(aws, scope),
  rotations: async (aws: Aws, scope: RunScope) => history().rotations(aws, scope),
  reports: async (aws: Aws, scope: RunScope) => history().reports(aws, scope),
};

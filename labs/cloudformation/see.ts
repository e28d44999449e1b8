// The observations, each loaded when it is first used: reading the exercises loads no SDK.

import type { Aws, RunScope } from '../../lib/kit';

const templates = () => require('./observe/templates') as typeof import('./observe/templates');
const families = () => require('./observe/families') as typeof import('./observe/families');

export const see = {
  deployed: async (aws: Aws, scope: RunScope) => templates().deployed(aws, scope),
  interfaces: async (aws: Aws, scope: RunScope) => templates().interfaces(aws, scope),
  families: async (aws: Aws, scope: RunScope) => families().families(aws, scope),
  stackSets: async (aws: Aws, scope: RunScope) => families().stackSets(aws, scope),
  previews: async (aws: Aws, scope: RunScope) =>
    (require('./observe/changes') as typeof import('./observe/changes')).previews(aws, scope),
  drifts: async (aws: Aws, scope: RunScope) =>
    (require('./observe/drift') as typeof import('./observe/drift')).drifts(aws, scope),
  guarded: async (aws: Aws, scope: RunScope) =>
    (require('./observe/guards') as typeof import('./observe/guards')).guarded(aws, scope),
  failures: async (aws: Aws, scope: RunScope) =>
    (require('./observe/failures') as typeof import('./observe/failures')).failures(aws, scope),
  shared: async (aws: Aws, scope: RunScope) =>
    (require('./observe/imports') as typeof import('./observe/imports')).shared(aws, scope),
};

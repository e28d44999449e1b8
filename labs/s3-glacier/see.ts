// The observations, each loaded when it is first used: reading the exercises loads no SDK.

import type { Aws, RunScope } from '../../lib/kit';

const lifecycle = () => require('./observe/lifecycle') as typeof import('./observe/lifecycle');
const locks = () => require('./observe/locks') as typeof import('./observe/locks');

export const see = {
  paths: async (aws: Aws, scope: RunScope) => lifecycle().paths(aws, scope),
  tierings: async (aws: Aws, scope: RunScope) => lifecycle().tierings(aws, scope),
  archived: async (aws: Aws, scope: RunScope) =>
    (require('./observe/restorations') as typeof import('./observe/restorations')).archived(aws, scope),
  locks: async (aws: Aws, scope: RunScope) => locks().locks(aws, scope),
  lockedVersions: async (aws: Aws, scope: RunScope) => locks().lockedVersions(aws, scope),
  protections: async (aws: Aws, scope: RunScope) =>
    (require('./observe/protection') as typeof import('./observe/protection')).protections(aws, scope),
};

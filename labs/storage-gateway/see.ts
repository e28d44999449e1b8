// The observations, each loaded when it is first used: reading the exercises loads no SDK. Exercises that name the same
// one here share one look.

import type { Aws, RunScope } from '../../lib/kit';

export const see = {
  integration: async (aws: Aws, scope: RunScope) =>
    (require('./observe/integration') as typeof import('./observe/integration')).integration(aws, scope),
  fileGateways: async (aws: Aws, scope: RunScope) =>
    (require('./observe/shares') as typeof import('./observe/shares')).fileGateways(aws, scope),
  volumeGateways: async (aws: Aws, scope: RunScope) =>
    (require('./observe/volumes') as typeof import('./observe/volumes')).volumeGateways(aws, scope),
  tapeGateways: async (aws: Aws, scope: RunScope) =>
    (require('./observe/tapes') as typeof import('./observe/tapes')).tapeGateways(aws, scope),
  tuned: async (aws: Aws, scope: RunScope) =>
    (require('./observe/gateways') as typeof import('./observe/gateways')).tuned(aws, scope),
  watch: async (aws: Aws, scope: RunScope) =>
    (require('./observe/watch') as typeof import('./observe/watch')).watch(aws, scope),
};

// The observations, each loaded when it is first used: reading the exercises loads no SDK. Exercises that name the same
// one here share one look.

import type { Aws, RunScope } from '../../lib/kit';

export const see = {
  tasks: async (aws: Aws, scope: RunScope) =>
    (require('./observe/tasks') as typeof import('./observe/tasks')).tasks(aws, scope),
  watched: async (aws: Aws, scope: RunScope) =>
    (require('./observe/executions') as typeof import('./observe/executions')).watched(aws, scope),
  agents: async (aws: Aws, scope: RunScope) =>
    (require('./observe/agents') as typeof import('./observe/agents')).agents(aws, scope),
};

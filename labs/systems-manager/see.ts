// The observations, each loaded when it is first used: reading the exercises loads no SDK.

import type { Aws, RunScope } from '../../lib/kit';

export const see = {
  access: async (aws: Aws, scope: RunScope) =>
    (require('./observe/sessions') as typeof import('./observe/sessions')).access(aws, scope),
  commands: async (aws: Aws, scope: RunScope) =>
    (require('./observe/commands') as typeof import('./observe/commands')).commands(aws, scope),
  associations: async (aws: Aws, scope: RunScope) =>
    (require('./observe/associations') as typeof import('./observe/associations')).associations(aws, scope),
  patching: async (aws: Aws, scope: RunScope) =>
    (require('./observe/patching') as typeof import('./observe/patching')).patching(aws, scope),
  parameters: async (aws: Aws, scope: RunScope) =>
    (require('./observe/parameters') as typeof import('./observe/parameters')).parameters(aws, scope),
  inventory: async (aws: Aws, scope: RunScope) =>
    (require('./observe/inventory') as typeof import('./observe/inventory')).inventory(aws, scope),
  windows: async (aws: Aws, scope: RunScope) =>
    (require('./observe/windows') as typeof import('./observe/windows')).windows(aws, scope),
  runbooks: async (aws: Aws, scope: RunScope) =>
    (require('./observe/automation') as typeof import('./observe/automation')).runbooks(aws, scope),
  compliance: async (aws: Aws, scope: RunScope) =>
    (require('./observe/compliance') as typeof import('./observe/compliance')).compliance(aws, scope),
  tellings: async (aws: Aws, scope: RunScope) =>
    (require('./observe/telling') as typeof import('./observe/telling')).tellings(aws, scope),
};

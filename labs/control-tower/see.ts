// The observations, each loaded when it is first used: reading the exercises loads no SDK. Exercises that name the same
// one here share one look.

import type { Aws, RunScope } from '../../lib/kit';

const landingZone = () => require('./observe/landing-zone') as typeof import('./observe/landing-zone');

export const see = {
  plan: async (aws: Aws, scope: RunScope) => landingZone().plan(aws, scope),
  governed: async (aws: Aws, scope: RunScope) => landingZone().governed(aws, scope),
  vended: async (aws: Aws, scope: RunScope) =>
    (require('./observe/vending') as typeof import('./observe/vending')).vended(aws, scope),
  logging: async (aws: Aws, scope: RunScope) =>
    (require('./observe/logging') as typeof import('./observe/logging')).logging(aws, scope),
  baseline: async (aws: Aws) => (require('./observe/baseline') as typeof import('./observe/baseline')).baseline(aws),
};

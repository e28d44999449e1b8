// The observations, each loaded when it is first used: reading the exercises loads no SDK. Exercises that name the same
// one here share one look.

import type { Aws, RunScope } from '../../lib/kit';

const health = () => require('./observe/health') as typeof import('./observe/health');

export const see = {
  zones: async (aws: Aws, scope: RunScope) =>
    (require('./observe/zones') as typeof import('./observe/zones')).zones(aws, scope),
  failovers: async (aws: Aws, scope: RunScope) => health().failovers(aws, scope),
  dnsAlarms: async (aws: Aws, scope: RunScope) => health().dnsAlarms(aws, scope),
  aliases: async (aws: Aws, scope: RunScope) =>
    (require('./observe/aliases') as typeof import('./observe/aliases')).aliases(aws, scope),
  trafficPolicies: async (aws: Aws, scope: RunScope) =>
    (require('./observe/traffic') as typeof import('./observe/traffic')).trafficPolicies(aws, scope),
  hybrid: async (aws: Aws, scope: RunScope) =>
    (require('./observe/hybrid') as typeof import('./observe/hybrid')).hybrid(aws, scope),
  signedZones: async (aws: Aws, scope: RunScope) =>
    (require('./observe/signing') as typeof import('./observe/signing')).signedZones(aws, scope),
  loggedZones: async (aws: Aws, scope: RunScope) =>
    (require('./observe/logging') as typeof import('./observe/logging')).loggedZones(aws, scope),
  domains: async (aws: Aws, scope: RunScope) =>
    (require('./observe/domains') as typeof import('./observe/domains')).domains(aws, scope),
  privateZones: async (aws: Aws, scope: RunScope) =>
    (require('./observe/private') as typeof import('./observe/private')).privateZones(aws, scope),
};

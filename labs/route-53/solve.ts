// The solutions of the exercises, by name: what a learner would do, through the SDK. Each leaves alone what is done already.

import { registerDomain } from './solve/domain';
import { failOver, watchDns } from './solve/health';
import { forwardHybridDns } from './solve/hybrid';
import { aliasToAws, hostRecords, routeByPolicy, serveTypes } from './solve/records';
import { steerTraffic } from './solve/traffic';
import { hostPrivateZone, logQueries, signZone } from './solve/trust';

export const solutions = {
  hostRecords,
  serveTypes,
  routeByPolicy,
  failOver,
  aliasToAws,
  watchDns,
  steerTraffic,
  forwardHybridDns,
  registerDomain,
  hostPrivateZone,
  signZone,
  logQueries,
};

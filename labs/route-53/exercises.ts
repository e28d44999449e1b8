// What the learner does in this lab, in the order in which one thing stands on another.

import type { Exercise } from '../../lib/kit';
import { forwardHybridDns, registerDomain, steerTraffic, understandDns } from './exercises/beyond';
import { aliasToAws, failOver, hostRecords, routeByPolicy, serveRecordTypes } from './exercises/records';
import { hostPrivateZone, logQueries, signZone, watchDns } from './exercises/trust';

export const exercises: readonly Exercise[] = [
  understandDns,
  registerDomain,
  hostRecords,
  routeByPolicy,
  failOver,
  aliasToAws,
  steerTraffic,
  forwardHybridDns,
  signZone,
  logQueries,
  hostPrivateZone,
  serveRecordTypes,
  watchDns,
];

// What the exercises ask of a database that is kept: backups, replicas, a standby, alarms, upgrades. Pure.

import type { Demand } from '../../../lib/kit';
import { ALARMS, EVENTS, LOGS, MAINTENANCE_WINDOW } from '../facts';
import type { Database } from '../observe/databases';
import type { BackedUp, Standby, Versioned } from '../observe/history';
import type { Watched } from '../observe/watch';
import { AVAILABLE } from './setup';

export const KEPT: readonly Demand<BackedUp>[] = [
  {
    expected: 'automated backups, kept for a day or more',
    met: ({ retention }) => retention >= 1,
    actual: ({ id }) => `the retention period of ${id} is 0 days, which turns them off`,
    hint: 'without automated backups there is neither a point in time to go back to nor a replica',
  },
  {
    expected: 'a manual snapshot that is available',
    met: ({ snapshots }) => snapshots.some(({ status }) => status === 'available'),
    actual: ({ id, snapshots }) =>
      snapshots[0] === undefined ? `no manual snapshot of ${id}` : `${snapshots[0].id} is ${snapshots[0].status}`,
    hint: 'automated snapshots, whose names begin with "rds:", go with the database; manual ones stay until they are deleted',
  },
];

/** Whether a restoration is told of; apart from the others, since RDS may lose an event. */
export const RESTORED: Demand<BackedUp> = {
  expected: 'another database that was restored from a snapshot of this one',
  met: ({ restorations }) => restorations.length > 0,
  actual: ({ id }) => `no event of the last 14 days tells of one restored from ${id} or its snapshots`,
  hint: 'a backup that was never restored is a hope; a restoration makes a new database, and leaves the old one alone',
};

export const FOLLOWING: readonly Demand<Database>[] = [
  AVAILABLE,
  {
    expected: 'a replica that follows its source',
    met: ({ follows }) => follows !== false,
    actual: ({ id }) => `the replication of ${id} has stopped`,
    hint: 'the status infos of the replica name the reason; a replica that was written to can fall out of step',
  },
];

export const MULTI_AZ: readonly Demand<Database>[] = [
  {
    expected: 'a Multi-AZ deployment',
    met: ({ multiAz }) => multiAz,
    actual: ({ id, waiting }) =>
      waiting.MultiAZ === true ? `${id} is to become one in its maintenance window` : `${id} stands in one zone`,
    hint: 'a change waits for the maintenance window, unless it is to be applied immediately; a read replica is no standby',
  },
  AVAILABLE,
  {
    expected: 'a standby in another zone',
    met: ({ zone, standbyZone }) => standbyZone !== undefined && standbyZone !== zone,
    actual: ({ id }) => `RDS names no second zone of ${id} yet`,
    hint: 'the standby is built from a snapshot, which takes some minutes',
  },
];
export const failedOver = ({ failedOver }: Standby): boolean => failedOver;

const missing = <T>(wanted: readonly T[], there: readonly T[]): T[] => wanted.filter((one) => !there.includes(one));
const untold = ({ alarms }: Watched): string[] =>
  missing(
    ALARMS.map(({ metric }) => metric as string),
    alarms.filter(({ tells }) => tells).map(({ metric }) => metric),
  );

export const WATCHED: readonly Demand<Watched>[] = [
  {
    expected: `alarms on ${ALARMS.map(({ metric }) => metric).join(', ')} that tell somebody`,
    met: (one) => untold(one).length === 0,
    actual: (one) => `none on ${untold(one).join(', ')} of ${one.id} that tells anybody`,
    hint: 'namespace AWS/RDS, dimension DBInstanceIdentifier; an alarm without an action changes its colour and no more',
  },
  {
    expected: `the logs ${LOGS.join(', ')} exported to CloudWatch`,
    met: ({ logs }) => missing(LOGS, logs).length === 0,
    actual: ({ id, logs }) => `${missing(LOGS, logs).join(', ')} of ${id} are not`,
    hint: 'log exports are a modification of the database; there is no audit log without the option that writes it',
  },
  {
    expected: `an event subscription, enabled, on ${EVENTS.join(' and ')}`,
    met: ({ subscriptions }) =>
      subscriptions.some(
        ({ enabled, status, categories }) =>
          enabled &&
          !/not-exist|no-permission/.test(status) &&
          (categories.length === 0 || missing(EVENTS, categories).length === 0),
      ),
    actual: ({ id, subscriptions }) =>
      subscriptions.length === 0
        ? `none that is about ${id}`
        : subscriptions
            .map(
              ({ name, enabled, status, categories }) =>
                `${name}: ${enabled ? status : 'disabled'}, ${categories.join(', ') || 'all categories'}`,
            )
            .join('; '),
    hint: 'an event subscription takes a source type, the ids of sources, and the categories that one wants to hear of',
  },
];

export const MAINTAINED: readonly Demand<Versioned>[] = [
  {
    expected: `the maintenance window ${MAINTENANCE_WINDOW}`,
    met: ({ maintenanceWindow }) => maintenanceWindow === MAINTENANCE_WINDOW,
    actual: ({ id, maintenanceWindow }) => `that of ${id} is ${maintenanceWindow}`,
    hint: 'windows are in UTC, and without one of your own RDS picks one at random',
  },
  {
    expected: 'minor versions that come by themselves',
    met: ({ autoMinor }) => autoMinor,
    actual: ({ id }) => `for ${id} they do not`,
    hint: 'they come in the maintenance window; major versions never do',
  },
  {
    expected: 'the newest minor version of its major version',
    met: ({ newer }) => newer.length === 0,
    actual: ({ id, version, newer, waiting }) =>
      waiting.EngineVersion === undefined
        ? `${id} runs ${version}; ${newer.at(-1)} is offered`
        : `${id} runs ${version}; ${waiting.EngineVersion} waits for the maintenance window`,
    hint: 'replicas first: a replica may be newer than its source, but not older. "Immediately" means with an interruption now',
  },
];

export const INSIGHTFUL: readonly Demand<Database>[] = [
  AVAILABLE,
  {
    expected: 'Performance Insights, turned on',
    met: ({ insightsDays }) => insightsDays !== undefined,
    actual: ({ id }) => `it is off for ${id}`,
    hint: 'it can be turned on without an interruption',
  },
  {
    expected: 'seven days of history, which are free of charge',
    met: ({ insightsDays }) => insightsDays === 7,
    actual: ({ id, insightsDays }) => `${id} keeps ${insightsDays} days`,
    hint: 'a longer retention costs by the vCPU and month',
  },
];

// What has happened to the run's databases: snapshots, restorations, failovers; and which versions they could have.

import {
  paginateDescribeDBEngineVersions,
  paginateDescribeDBSnapshots,
  paginateDescribeEvents,
  RDSClient,
} from '@aws-sdk/client-rds';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';
import { MINUTES_OF_EVENTS } from '../facts';
import { type Database, databases } from './databases';

export interface Snapshot {
  readonly id: string;
  readonly database: string;
  /** RDS's own word: "available" when it is done. */
  readonly status: string;
}

export interface BackedUp extends Database {
  readonly snapshots: readonly Snapshot[];
  /** Snapshots of it, or points in time, that another database was made from, as RDS's events of the last 14 days tell. */
  readonly restorations: readonly string[];
  /** Databases of the run that look restored, by their name, whether an event tells of it or not. */
  readonly lookRestored: readonly string[];
}

export async function backedUp(aws: Aws, scope: RunScope): Promise<BackedUp[]> {
  const all = await databases(aws, scope);
  const snapshots = await manualSnapshots(aws, scope, new Set(all.map(({ id }) => id)));
  const messages = await eventsOf(aws, 'restoration');
  const lookRestored = all.filter(({ id }) => id.includes('restored')).map(({ id }) => id);
  return all.map((database) => {
    const own = snapshots.filter((snapshot) => snapshot.database === database.id);
    const restorations = messages
      .map(({ message }) => message)
      .filter((message) => [database.id, ...own.map(({ id }) => id)].some((id) => names(message, id)));
    return { ...database, snapshots: own, restorations, lookRestored };
  });
}

/** Does the sentence name this id, and not one that only begins like it? */
const names = (message: string, id: string): boolean => message.split(/[^A-Za-z0-9:-]+/).includes(id);

async function manualSnapshots(aws: Aws, scope: RunScope, owned: ReadonlySet<string>): Promise<Snapshot[]> {
  const pages = paginateDescribeDBSnapshots({ client: aws.client(RDSClient) }, { SnapshotType: 'manual' });
  const all = await collect(items(pages, (page) => page.DBSnapshots));
  return all
    .filter(
      ({ DBSnapshotIdentifier: id, DBInstanceIdentifier: of = '', TagList: tags }) =>
        owned.has(of) || isMarked(scope, { tags, names: [id] }),
    )
    .map(({ DBSnapshotIdentifier: id = '', DBInstanceIdentifier: database = '', Status: status = 'unknown' }) => ({
      id,
      database,
      status,
    }));
}

interface Told {
  readonly source: string;
  readonly message: string;
}

/** Events of the last 14 days of databases of the account, of one category. */
async function eventsOf(aws: Aws, category: string): Promise<Told[]> {
  const query = { SourceType: 'db-instance' as const, Duration: MINUTES_OF_EVENTS, EventCategories: [category] };
  const pages = paginateDescribeEvents({ client: aws.client(RDSClient) }, query);
  const events = await collect(items(pages, (page) => page.Events));
  return events.map(({ SourceIdentifier: source = '', Message: message = '' }) => ({ source, message }));
}

export interface Standby extends Database {
  readonly failedOver: boolean;
}

export async function standbys(aws: Aws, scope: RunScope): Promise<Standby[]> {
  const completed = (await eventsOf(aws, 'failover')).filter(({ message }) => /failover completed/i.test(message));
  return (await databases(aws, scope)).map((database) => ({
    ...database,
    failedOver: completed.some(({ source }) => source === database.id),
  }));
}

export interface Versioned extends Database {
  /** Minor versions of its major that it could be brought to, oldest first. */
  readonly newer: readonly string[];
}

export async function versioned(aws: Aws, scope: RunScope): Promise<Versioned[]> {
  const found: Versioned[] = [];
  for (const database of await databases(aws, scope)) {
    const query = { Engine: database.engine, EngineVersion: database.version };
    const pages = paginateDescribeDBEngineVersions({ client: aws.client(RDSClient) }, query);
    const versions = await collect(items(pages, (page) => page.DBEngineVersions));
    const newer = versions
      .flatMap(({ ValidUpgradeTarget = [] }) => ValidUpgradeTarget)
      .flatMap(({ EngineVersion, IsMajorVersionUpgrade }) => (IsMajorVersionUpgrade ? [] : (EngineVersion ?? [])));
    found.push({ ...database, newer: newer.sort(byNumbers) });
  }
  return found;
}

/** 8.4.10 comes after 8.4.9. */
export const byNumbers = (one: string, other: string): number =>
  one.localeCompare(other, 'en', { numeric: true, sensitivity: 'base' });

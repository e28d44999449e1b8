// Right and wrong databases, as plain data: each exercise has mistakes that fail it, with a hint that names the mistake.

import type { Verdict } from '../../lib/kit';
import { exercises } from './exercises';
import { AUDIT, LOGS, MAINTENANCE_WINDOW, NO_EXTENDED_SUPPORT, PARAMETERS } from './facts';
import type { Database } from './observe/databases';
import type { Encrypted } from './observe/groups';
import type { BackedUp, Standby, Versioned } from './observe/history';
import type { Placed } from './observe/network';
import type { Watched } from './observe/watch';

const check = (id: string, observed: unknown): Verdict => {
  const found = exercises.find((exercise) => exercise.id === id);
  if (found?.check === undefined) throw new Error(`${id} is not graded`);
  return found.check(observed as never);
};

const RIGHT: Database = {
  id: 'worklab-abc123-mysql',
  engine: 'mysql',
  version: '8.4.11',
  status: 'available',
  instanceClass: 'db.t4g.micro',
  isPublic: false,
  managedPassword: true,
  lifecycle: NO_EXTENDED_SUPPORT,
  multiAz: true,
  zone: 'us-east-1a',
  standbyZone: 'us-east-1b',
  encrypted: true,
  keyId: 'arn:aws:kms:us-east-1:111111111111:key/1',
  certificate: 'rds-ca-rsa2048-g1',
  retention: 1,
  replicas: [],
  parameterGroup: { name: 'worklab-abc123-mysql', status: 'in-sync' },
  optionGroup: { name: 'worklab-abc123-mysql', status: 'in-sync' },
  subnetGroup: 'worklab-abc123-isolated',
  securityGroups: ['sg-1'],
  logs: LOGS,
  maintenanceWindow: MAINTENANCE_WINDOW,
  autoMinor: true,
  waiting: {},
  beside: false,
};
const TUNED: Encrypted = {
  ...RIGHT,
  parameters: PARAMETERS,
  options: [AUDIT],
  keyState: 'Enabled',
  certificateValid: true,
};
const OPENING = { group: 'sg-1', what: 'tcp 3306', port: 3306, ranges: [], fromGroups: ['sg-2'] };
const PLACED: Placed = { ...RIGHT, zones: ['us-east-1a', 'us-east-1b'], publicSubnets: [], openings: [OPENING] };
const KEPT: BackedUp = {
  ...RIGHT,
  snapshots: [{ id: 'worklab-abc123-snapshot', database: RIGHT.id, status: 'available' }],
  restorations: ['Restored from snapshot worklab-abc123-snapshot'],
  lookRestored: [],
};
const REPLICA: Database = {
  ...RIGHT,
  id: 'worklab-abc123-mysql-replica',
  source: RIGHT.id,
  follows: true,
  multiAz: false,
};
const STANDBY: Standby = { ...RIGHT, failedOver: true };
const ALARM = { name: 'a', tells: true };
const WATCHED: Watched = {
  ...RIGHT,
  alarms: ['CPUUtilization', 'FreeStorageSpace', 'DatabaseConnections'].map((metric) => ({ ...ALARM, metric })),
  subscriptions: [{ name: 's', enabled: true, status: 'active', categories: ['backup', 'failover'] }],
};
const NEWEST: Versioned = { ...RIGHT, newer: [] };
const POSTGRES: Database = {
  ...RIGHT,
  id: 'worklab-abc123-postgres',
  engine: 'postgres',
  version: '17.10',
  insightsDays: 7,
  beside: true,
};

const RIGHTS: Readonly<Record<string, unknown>> = {
  'launch-database': RIGHT,
  'tune-groups': TUNED,
  'place-database': PLACED,
  'encrypt-database': TUNED,
  'back-up-and-restore': KEPT,
  'add-read-replica': REPLICA,
  'stand-by-in-another-zone': STANDBY,
  'watch-database': WATCHED,
  'maintain-and-upgrade': NEWEST,
  'look-inside': POSTGRES,
};

test.each(Object.entries(RIGHTS))('%s passes a database that is right, one among others too', (id, right) => {
  expect(check(id, [right]).status).toBe('passed');
  expect(check(id, [{ ...(right as object), status: 'failed', retention: 0, autoMinor: false }, right]).status).toBe(
    'passed',
  );
});

test.each(Object.keys(RIGHTS))('%s fails where there is nothing', (id) => {
  expect(check(id, [])).toMatchObject({ status: 'failed', hint: expect.stringMatching(/./) });
});

test('every gradable exercise is among them', () => {
  const gradable = exercises.filter(({ kind }) => kind !== 'concept').map(({ id }) => id);
  expect(new Set(Object.keys(RIGHTS))).toEqual(new Set(gradable));
});

type Mistake = readonly [id: string, what: string, wrong: object, hint: RegExp];
const opened = (more: object) => ({ openings: [{ ...OPENING, ...more }] });
const MISTAKES: readonly Mistake[] = [
  ['launch-database', 'another engine', { engine: 'mariadb' }, /engine/],
  ['launch-database', 'not there yet', { status: 'creating' }, /minutes/],
  ['launch-database', 'a large class', { instanceClass: 'db.r6g.large' }, /price/],
  ['launch-database', 'extended support', { lifecycle: 'open-source-rds-extended-support' }, /for money/],
  ['launch-database', 'a public address', { isPublic: true }, /public accessibility/],
  ['launch-database', 'a password of one’s own', { managedPassword: false }, /manage master user password/],
  [
    'tune-groups',
    'the default parameter group',
    { parameterGroup: { name: 'default.mysql8.4', status: 'in-sync' } },
    /default group/,
  ],
  ['tune-groups', 'no slow query log', { parameters: { ...PARAMETERS, slow_query_log: '0' } }, /seconds/],
  ['tune-groups', 'ten seconds', { parameters: { ...PARAMETERS, long_query_time: '10' } }, /ten/],
  ['tune-groups', 'no number of seconds', { parameters: { slow_query_log: '1', log_output: 'FILE' } }, /ten/],
  ['tune-groups', 'a log in a table', { parameters: { ...PARAMETERS, log_output: 'TABLE' } }, /TABLE/],
  ['tune-groups', 'not restarted', { parameterGroup: { name: 'own', status: 'pending-reboot' } }, /restart/],
  ['tune-groups', 'an empty option group', { options: [] }, /options are added/],
  [
    'tune-groups',
    'an option group on its way',
    { optionGroup: { name: 'own', status: 'pending-apply' } },
    /taken over|restart/,
  ],
  ['place-database', 'one zone', { zones: ['us-east-1a'] }, /Multi-AZ/],
  ['place-database', 'a public subnet', { publicSubnets: ['subnet-1'] }, /isolated subnets/],
  ['place-database', 'the world', opened({ ranges: ['0.0.0.0/0'] }), /security group instead/],
  ['place-database', 'every port', opened({ what: 'all', port: undefined }), /3306/],
  ['place-database', 'nobody', { openings: [] }, /database-clients/],
  ['encrypt-database', 'plain storage', { encrypted: false }, /turned on later/],
  ['encrypt-database', 'a key that is about to go', { keyState: 'PendingDeletion' }, /lost with the key/],
  [
    'encrypt-database',
    'logins without TLS',
    { parameters: { ...PARAMETERS, require_secure_transport: '0' } },
    /parameter/,
  ],
  [
    'encrypt-database',
    'TLS after the next restart',
    { parameterGroup: { name: 'own', status: 'pending-reboot' } },
    /restart/,
  ],
  ['encrypt-database', 'an old certificate authority', { certificateValid: false }, /authorities/],
  ['back-up-and-restore', 'no automated backups', { retention: 0 }, /point in time/],
  ['back-up-and-restore', 'no manual snapshot', { snapshots: [] }, /manual ones stay/],
  [
    'back-up-and-restore',
    'a snapshot under way',
    { snapshots: [{ id: 's', database: RIGHT.id, status: 'creating' }] },
    /manual/,
  ],
  ['back-up-and-restore', 'never restored', { restorations: [] }, /never restored/],
  ['add-read-replica', 'a promoted replica', { source: undefined }, /promoted/],
  ['add-read-replica', 'a replication that stopped', { follows: false }, /status infos/],
  ['add-read-replica', 'not there yet', { status: 'creating' }, /minutes/],
  ['stand-by-in-another-zone', 'one zone', { multiAz: false }, /immediately/],
  ['stand-by-in-another-zone', 'no standby yet', { standbyZone: undefined }, /snapshot/],
  [
    'watch-database',
    'an alarm that tells nobody',
    { alarms: [{ ...ALARM, metric: 'CPUUtilization', tells: false }] },
    /colour/,
  ],
  ['watch-database', 'a log that is not exported', { logs: ['error'] }, /audit/],
  [
    'watch-database',
    'a subscription that is off',
    { subscriptions: [{ name: 's', enabled: false, status: 'active', categories: [] }] },
    /categories/,
  ],
  [
    'watch-database',
    'half the categories',
    { subscriptions: [{ name: 's', enabled: true, status: 'active', categories: ['backup'] }] },
    /categories/,
  ],
  [
    'watch-database',
    'a topic that is gone',
    { subscriptions: [{ name: 's', enabled: true, status: 'topic-not-exist', categories: [] }] },
    /categories/,
  ],
  ['maintain-and-upgrade', 'a window at random', { maintenanceWindow: 'wed:06:38-wed:07:08' }, /at random/],
  ['maintain-and-upgrade', 'no minor versions by themselves', { autoMinor: false }, /major versions never/],
  ['maintain-and-upgrade', 'an older minor version', { version: '8.4.10', newer: ['8.4.11'] }, /replicas first/],
  ['look-inside', 'MySQL', { engine: 'mysql' }, /postgres/],
  ['look-inside', 'insights off', { insightsDays: undefined }, /without an interruption/],
  ['look-inside', 'history that costs', { insightsDays: 93 }, /costs/],
];

test.each(MISTAKES)('%s: %s fails, and the hint says what it is about', (id, _, wrong, hint) => {
  expect(check(id, [{ ...(RIGHTS[id] as object), ...wrong }])).toMatchObject({
    status: 'failed',
    hint: expect.stringMatching(hint),
  });
});

test('a change that waits for its window is named', () => {
  expect(check('stand-by-in-another-zone', [{ ...STANDBY, multiAz: false, waiting: { MultiAZ: true } }])).toMatchObject(
    {
      actual: expect.stringContaining('in its maintenance window'),
    },
  );
  const waiting = { version: '8.4.10', newer: ['8.4.11'], waiting: { EngineVersion: '8.4.11' } };
  expect(check('maintain-and-upgrade', [{ ...NEWEST, ...waiting }])).toMatchObject({
    actual: expect.stringContaining('8.4.11 waits for the maintenance window'),
  });
});

test('a standby that was never tried passes, and it says so', () => {
  expect(check('stand-by-in-another-zone', [{ ...STANDBY, failedOver: false }])).toEqual({
    status: 'passed',
    notLookedAt: ['a failover: none is told of in the last 14 days'],
  });
});

test('a database that looks restored without an event that says so is unknown', () => {
  const standing = { ...KEPT, restorations: [], lookRestored: ['worklab-abc123-restored'] };
  expect(check('back-up-and-restore', [standing])).toMatchObject({ status: 'unknown' });
});

test('the restored copy is not the database that is to be backed up', () => {
  const copy = {
    ...KEPT,
    id: 'worklab-abc123-restored',
    snapshots: [],
    restorations: [],
    lookRestored: ['worklab-abc123-restored'],
  };
  expect(check('back-up-and-restore', [copy, { ...KEPT, lookRestored: ['worklab-abc123-restored'] }]).status).toBe(
    'passed',
  );
});

test('PostgreSQL has a parameter of its own for TLS, and a port', () => {
  expect(
    check('encrypt-database', [{ ...TUNED, engine: 'postgres', parameters: { 'rds.force_ssl': '1' } }]).status,
  ).toBe('passed');
  expect(check('encrypt-database', [{ ...TUNED, engine: 'postgres' }]).status).toBe('failed');
  const openings = [{ ...OPENING, what: 'tcp 5432', port: 5432 }];
  expect(check('place-database', [{ ...PLACED, engine: 'postgres', openings }]).status).toBe('passed');
});

test('the PostgreSQL beside the database answers for it only where there is no other', () => {
  expect(check('launch-database', [POSTGRES, { ...RIGHT, isPublic: true }]).status).toBe('failed');
  expect(check('launch-database', [POSTGRES]).status).toBe('passed');
});

test('what no API shows is not claimed', () => {
  expect(check('encrypt-database', [TUNED])).toMatchObject({ notLookedAt: [expect.stringContaining('connection')] });
  expect(check('back-up-and-restore', [KEPT])).toMatchObject({ notLookedAt: [expect.stringContaining('data')] });
});

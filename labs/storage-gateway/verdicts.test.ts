// Volumes, tapes and the line: what the checks say of plain things: done, and what a learner may have got wrong, with a hint that names it.

import type { Tuned } from './observe/gateways';
import type { TapeGateways } from './observe/tapes';
import type { VolumeGateways } from './observe/volumes';
import type { Watch } from './observe/watch';
import { check, failure, gateway } from './test-support/verdict';

// ---------------------------------------------------------------- volumes

const cached = {
  arn: 'arn:v',
  id: 'vol-1',
  mode: 'cached',
  status: 'AVAILABLE',
  gateway: 'arn:CACHED',
  target: 't',
  chap: true,
} as const;
const block: VolumeGateways = {
  gateways: [gateway('CACHED')],
  volumes: [cached],
  snapshots: [{ id: 'snap-1', volume: 'vol-1', state: 'completed' }],
};

describe('deploy-volume-gateway', () => {
  test('a volume with credentials and a snapshot passes', () => {
    expect(check('deploy-volume-gateway', block).status).toBe('passed');
  });

  test.each([
    ['a gateway for stored volumes', { ...block, gateways: [gateway('STORED')] }, /no gateway/, /activation key/],
    ['no cache', { ...block, gateways: [gateway('CACHED', { cacheBytes: 0 })] }, /as a cache/, /150 GiB/],
    [
      'no upload buffer',
      { ...block, gateways: [gateway('CACHED', { bufferBytes: 0 })] },
      /upload buffer/,
      /beside the cache/,
    ],
    ['no volume', { ...block, volumes: [] }, /has none/, /target name/],
    ['a volume for whoever comes', { ...block, volumes: [{ ...cached, chap: false }] }, /whoever reaches/, /CHAP/],
    ['a volume in the making', { ...block, volumes: [{ ...cached, status: 'CREATING' }] }, /CREATING/, /moment/],
    ['no snapshot', { ...block, snapshots: [] }, /there is none/, /costs until somebody deletes it/],
    [
      'a snapshot of something else',
      { ...block, snapshots: [{ id: 'snap-2', volume: 'vol-2', state: 'completed' }] },
      /there is none/,
      /EC2 keeps it/,
    ],
    [
      'a snapshot under way',
      { ...block, snapshots: [{ id: 'snap-1', volume: 'vol-1', state: 'pending' }] },
      /pending/,
      /uploaded/,
    ],
  ])('%s fails', (_what, seen, actual, hint) => {
    expect(check('deploy-volume-gateway', seen)).toMatchObject(failure(actual, hint));
  });
});

describe('store-volume-locally', () => {
  const stored = { ...cached, id: 'vol-2', mode: 'stored', gateway: 'arn:STORED', chap: false } as const;
  const both: VolumeGateways = {
    ...block,
    gateways: [gateway('CACHED'), gateway('STORED')],
    volumes: [cached, stored],
  };

  test('one of each passes', () => {
    expect(check('store-volume-locally', both).status).toBe('passed');
  });

  test.each([
    ['one gateway for both', { ...both, gateways: [gateway('CACHED')] }, /no gateway/, /activation key/],
    [
      'no upload buffer',
      { ...both, gateways: [gateway('STORED', { bufferBytes: 0 })] },
      /upload buffer/,
      /disk of its own/,
    ],
    ['no stored volume', { ...both, volumes: [cached] }, /has none/, /one of its disks/],
    ['no cached volume', { ...both, volumes: [stored] }, /only stored/, /other gateway/],
  ])('%s fails', (_what, seen, actual, hint) => {
    expect(check('store-volume-locally', seen)).toMatchObject(failure(actual, hint));
  });
});

// ---------------------------------------------------------------- tapes

const library: TapeGateways = {
  gateways: [{ ...gateway('VTL'), devices: ['Medium Changer', 'Tape Drive'] }],
  pools: [{ id: 'pool-1', name: 'worklab-abc123-tapes', storageClass: 'GLACIER', lock: 'NONE' }],
  tapes: [{ arn: 'arn:t', barcode: 'LAB1', status: 'AVAILABLE', gateway: 'arn:VTL', pool: 'pool-1' }],
};

describe('deploy-tape-gateway', () => {
  test('a tape that goes to the pool passes; a governance lock may be', () => {
    expect(check('deploy-tape-gateway', library).status).toBe('passed');
    const [pool] = library.pools;
    expect(check('deploy-tape-gateway', { ...library, pools: [{ ...pool, lock: 'GOVERNANCE' }] }).status).toBe(
      'passed',
    );
  });

  test.each([
    ['no gateway', { ...library, gateways: [] }, /no gateway/, /activation key/],
    [
      'no upload buffer',
      { ...library, gateways: [{ ...gateway('VTL', { bufferBytes: 0 }), devices: [] }] },
      /upload buffer/,
      /cache/,
    ],
    ['no library', { ...library, gateways: [{ ...gateway('VTL'), devices: [] }] }, /no device/, /activated/],
    ['no pool', { ...library, pools: [] }, /none carries/, /needs no gateway/],
    [
      'a compliance lock',
      { ...library, pools: [{ ...library.pools[0], lock: 'COMPLIANCE' }] },
      /has one/,
      /until its day/,
    ],
    ['no tape', { ...library, tapes: [] }, /empty/, /costs nothing/],
    [
      'a tape for the service’s own pool',
      { ...library, tapes: [{ ...library.tapes[0], pool: 'GLACIER' }] },
      /goes to GLACIER/,
      /end of its ARN/,
    ],
    ['an archived tape', { ...library, tapes: [{ ...library.tapes[0], status: 'ARCHIVED' }] }, /ARCHIVED/, /retrieved/],
  ])('%s fails', (_what, seen, actual, hint) => {
    expect(check('deploy-tape-gateway', seen)).toMatchObject(failure(actual, hint));
  });
});

// ---------------------------------------------------------------- the line, and what watches it

describe('tune-gateway', () => {
  const tuned = (more: Partial<Tuned>): Tuned => ({ ...gateway('FILE_S3'), scheduled: [], ...more });

  test.each([
    ['a schedule', [tuned({ scheduled: [2_000_000] })]],
    ['a limit at all hours', [tuned({ type: 'VTL', limit: 51_200 })]],
    ['one of two gateways', [tuned({}), tuned({ scheduled: [51_200] })]],
  ])('%s passes', (_what, seen) => {
    expect(check('tune-gateway', seen).status).toBe('passed');
  });

  test.each([
    ['no gateway', [], /there is none/, /which of the three/],
    ['a gateway that is off', [tuned({ state: 'OFFLINE' })], /OFFLINE/, /can be told nothing/],
    ['no cache', [tuned({ cacheBytes: 0, scheduled: [51_200] })], /has none/, /allocated/],
    ['no limit, or one on downloads alone', [tuned({})], /as fast as the line/, /downloads/],
  ])('%s fails', (_what, seen, actual, hint) => {
    expect(check('tune-gateway', seen)).toMatchObject(failure(actual, hint));
  });
});

describe('watch-gateway', () => {
  const watched: Watch = {
    gateways: [gateway('FILE_S3')],
    alarms: [{ name: 'a', metric: 'CachePercentDirty', missingData: 'notBreaching' }],
    dashboards: ['worklab-abc123-gateways'],
  };

  test('an alarm and a dashboard pass', () => {
    expect(check('watch-gateway', watched)).toEqual({ status: 'passed' });
  });

  test.each([
    ['no gateway', { ...watched, gateways: [], alarms: [] }, /no gateway/, /both dimensions/],
    [
      'an alarm on another metric',
      { ...watched, alarms: [{ ...watched.alarms[0], metric: 'CachePercentUsed' }] },
      /there is none/,
      /GatewayName/,
    ],
    [
      'an alarm that silence sets off',
      { ...watched, alarms: [{ ...watched.alarms[0], missingData: 'breaching' }] },
      /breaching/,
      /not a full cache/,
    ],
    ['no dashboard', { ...watched, dashboards: [] }, /there is none/, /side by side/],
  ])('%s fails', (_what, seen, actual, hint) => {
    expect(check('watch-gateway', seen)).toMatchObject(failure(actual, hint));
  });
});

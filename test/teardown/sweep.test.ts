import type { Sweeper } from '../../lib/kit';
import { find } from '../../lib/teardown/find';
import { prove } from '../../lib/teardown/prove';
import { sweep } from '../../lib/teardown/sweep';
import { kindOfArn } from '../../lib/teardown/universal';
import { postsOf } from '../../lib/teardown/world';
import { fakeWorld, sweepersOver, type Thing } from '../support/fake-world';

const KINDS = ['ec2:image', 'ec2:snapshot', 'ec2:volume'];
const broken: Sweeper = {
  kind: 'ec2:key-pair',
  // biome-ignore lint/correctness/useYield: a listing that is refused yields nothing
  async *list() {
    throw Object.assign(new Error('you may not look'), { name: 'UnauthorizedOperation' });
  },
  remove: async () => {},
};

test('what hangs on a thing of the run is found, however long the chain', async () => {
  const things = new Set<Thing>([
    { kind: 'ec2:volume', id: 'vol-2', on: 'snap-1' },
    { kind: 'ec2:snapshot', id: 'snap-1', on: 'vol-1' },
    { kind: 'ec2:image', id: 'ami-foreign', on: 'snap-foreign' },
  ]);
  const world = fakeWorld(sweepersOver(things, KINDS), ['vol-1']);

  const found = await find(world);

  expect(found.targets.map(({ residue }) => residue.id)).toEqual(['snap-1', 'vol-2']);
  expect(world.journal).toEqual([
    { event: 'owned', ids: ['snap-1'] },
    { event: 'owned', ids: ['vol-2'] },
  ]);
});

test('kinds are removed in order, each thing journalled before it is touched', async () => {
  const things = new Set<Thing>([
    { kind: 'ec2:volume', id: 'vol-1', tagged: true },
    { kind: 'ec2:image', id: 'ami-1', tagged: true },
  ]);
  const world = fakeWorld(sweepersOver(things, KINDS));

  const { removed } = await sweep((await find(world)).targets, world);

  expect(removed.map(({ id }) => id)).toEqual(['ami-1', 'vol-1']);
  expect(world.journal.slice(1).map((event) => `${event.event} ${'residue' in event ? event.residue.id : ''}`)).toEqual(
    ['removing ami-1', 'removed ami-1', 'removing vol-1', 'removed vol-1'],
  );
});

test('what refuses to go is told with its reason, and is not told as removed', async () => {
  const things = new Set<Thing>([{ kind: 'ec2:volume', id: 'vol-1', tagged: true }]);
  const world = fakeWorld(sweepersOver(things, KINDS, () => 'VolumeInUse'));

  const { removed, refused } = await sweep((await find(world)).targets, world);

  expect(removed).toEqual([]);
  expect(refused).toEqual([{ residue: expect.objectContaining({ id: 'vol-1' }), reason: 'VolumeInUse' }]);
  expect(things.size).toBe(1);
});

test('what cannot be told to be the run’s is never touched, is told, and does not unprove the run', async () => {
  const things = new Set<Thing>([{ kind: 'ec2:volume', id: 'vol-9', why: 'made during the run, without its mark' }]);
  const world = fakeWorld(sweepersOver(things, KINDS));

  await sweep((await find(world)).targets, world);
  const { proofs, left } = await prove(world);

  expect(things.size).toBe(1);
  expect(left).toMatchObject([{ id: 'vol-9', why: 'made during the run, without its mark' }]);
  expect(proofs.every(({ status }) => status === 'clean')).toBe(true);
});

test('a listing that failed is unknown with its reason; the others are proven with the time', async () => {
  const things = new Set<Thing>([{ kind: 'ec2:volume', id: 'vol-1', tagged: true }]);
  const { proofs } = await prove(fakeWorld([...sweepersOver(things, ['ec2:image', 'ec2:volume']), broken]));

  expect(proofs).toEqual([
    { kind: 'ec2:image', region: 'us-east-1', calls: {}, status: 'clean', lookedAt: '2026-11-22T12:00:00.000Z' },
    {
      kind: 'ec2:volume',
      region: 'us-east-1',
      calls: {},
      status: 'found',
      lookedAt: '2026-11-22T12:00:00.000Z',
      ids: ['vol-1'],
    },
    {
      kind: 'ec2:key-pair',
      region: 'us-east-1',
      calls: {},
      status: 'unknown',
      reason: 'UnauthorizedOperation: you may not look',
    },
  ]);
});

test('a kind goes where its place in the list is, though an earlier one waits for it', () => {
  const waiting = sweepersOver(new Set(), ['iam:oidc-provider', 'backup:recovery-point', 'iam:role']).map(
    (sweeper) => ({
      ...sweeper,
      after: sweeper.kind === 'iam:oidc-provider' ? ['iam:role'] : [],
    }),
  );
  const order = postsOf(waiting, ['us-east-1']).map(({ sweeper }) => sweeper.kind);
  expect(order).toEqual(['backup:recovery-point', 'iam:role', 'iam:oidc-provider']);
});

test('sweepers that wait for each other in a circle are a bug that names them', () => {
  const circle = sweepersOver(new Set(), ['a', 'b']).map((sweeper) => ({
    ...sweeper,
    after: [sweeper.kind === 'a' ? 'b' : 'a'],
  }));

  expect(() => postsOf(circle, ['us-east-1'])).toThrow('circle');
});

test.each([
  ['arn:aws:ec2:us-east-1:1:volume/vol-1', 'ec2:volume'],
  ['arn:aws:cloudwatch:us-east-1:1:alarm:name', 'cloudwatch:alarm'],
  ['arn:aws:iam::1:role/worklab/x', 'iam:role'],
  ['arn:aws:sns:us-east-1:1:name', 'sns:topic'],
  ['arn:aws:s3:::name', 's3:bucket'],
  ['arn:aws:other:us-east-1:1:name', 'other'],
])('the kind of %s is %s', (arn, kind) => {
  expect(kindOfArn(arn)).toBe(kind);
});

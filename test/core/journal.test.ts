import { type JournalLine, stateOf } from '../../lib/core/journal';

const at = '2026-11-22T10:00:00.000Z';
const begun = {
  at,
  event: 'begun',
  run: 'abcde2',
  file: 'week.md',
  target: 'local',
  account: '123456789012',
  region: 'us-east-1',
  form: 'full',
  expires: '2026-11-22T14:00:00.000Z',
  allowed: [],
  plan: {
    file: 'week.md',
    target: 'local',
    region: 'us-east-1',
    sections: [],
    labs: [],
    cost: { usdPerHour: 0, items: [] },
    minutes: { deploy: 0, destroy: 0 },
    warnings: [],
  },
} satisfies JournalLine;
const deploying = {
  at,
  event: 'deploying',
  stack: 'worklab-abcde2-ec2',
  lab: 'ec2',
  region: 'us-east-1',
} satisfies JournalLine;
const proved = (proven: boolean): JournalLine => ({ at, event: 'proved', proofs: [], proven });

test('a journal without a beginning is no run', () => {
  expect(stateOf([deploying])).toBeUndefined();
});

test('a stack whose end the journal did not see stands as begun', () => {
  expect(stateOf([begun, deploying])).toMatchObject({
    status: 'open',
    stacks: [{ name: 'worklab-abcde2-ec2', status: 'begun' }],
  });
});

test('a run is closed by a clean proof, and open again after a proof that found something', () => {
  expect(stateOf([begun, proved(true)])?.status).toBe('proven');
  expect(stateOf([begun, proved(true), proved(false)])?.status).toBe('open');
});

test('acting on a proven run opens it again', () => {
  expect(
    stateOf([begun, proved(true), { at, event: 'acting', call: 'ec2:CreateVolume', lab: 'ec2', exercise: 'x' }])
      ?.status,
  ).toBe('open');
});

test('a run whose emulator forgot it is gone', () => {
  expect(stateOf([begun, { at, event: 'gone', because: 'the sandbox was stopped' }])?.status).toBe('gone');
});

test('the last extension decides the expiry, and owned ids add up', () => {
  const state = stateOf([
    begun,
    { at, event: 'owned', ids: ['vol-1'] },
    { at, event: 'extended', expires: '2026-11-23T00:00:00.000Z' },
    { at, event: 'owned', ids: ['snap-1', 'vol-1'] },
  ]);

  expect(state?.expires).toBe('2026-11-23T00:00:00.000Z');
  expect([...(state?.owned ?? [])]).toEqual(['vol-1', 'snap-1']);
});

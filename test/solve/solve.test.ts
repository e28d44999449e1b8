// Exercises done through the SDK: what was done, what was not tried, and what AWS refused are three different things.

import { scopeOf } from '../../lib/core/run';
import { type Exercise, exercise, NotHere, passed } from '../../lib/kit';
import { type Solving, solve } from '../../lib/solve/solve';

const WORLD: Solving = {
  session: {
    target: 'local',
    account: '111111111111',
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:9',
    credentials: async () => ({ accessKeyId: 'none', secretAccessKey: 'none' }),
  },
  scope: scopeOf('abc123'),
  form: 'full',
  allowed: new Set(),
  emit: () => {},
  append: () => {},
};

const asked = (act: () => Promise<void>): { lab: string; exercise: Exercise }[] => [
  {
    lab: 'sample',
    exercise: exercise({
      id: 'do-it',
      rows: ['sample-1'],
      title: 'Do it',
      kind: 'action',
      asks: [],
      task: 'Done.',
      observe: async () => true,
      check: () => passed,
      solve: act,
    }),
  },
];

test('what was done already is solved, by no call', async () => {
  const outcome = await solve(
    asked(async () => {}),
    WORLD,
  );
  expect(outcome).toEqual({ solved: [{ lab: 'sample', exercise: 'do-it', did: [] }], skipped: [] });
});

test('what cannot be done here is skipped for its reason, and is no error', async () => {
  const outcome = await solve(
    asked(async () => {
      throw new NotHere('instances have no operating system');
    }),
    WORLD,
  );
  expect(outcome).toEqual({
    solved: [],
    skipped: [{ lab: 'sample', exercise: 'do-it', reason: 'instances have no operating system' }],
  });
});

test('what was refused is skipped as an error', async () => {
  const outcome = await solve(
    asked(async () => {
      throw new Error('AccessDenied');
    }),
    WORLD,
  );
  expect(outcome.skipped).toEqual([
    { lab: 'sample', exercise: 'do-it', reason: 'could not: AccessDenied', error: true },
  ]);
});

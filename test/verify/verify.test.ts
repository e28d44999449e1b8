import { noteEmulated } from '../../lib/aws/trace';
import type { Finding } from '../../lib/core/finding';
import { scopeOf } from '../../lib/core/run';
import { type Aws, type Exercise, exercise, failed, passed, passedExcept } from '../../lib/kit';
import { totalsOf, verify } from '../../lib/verify/verify';

const aws: Aws = {
  region: 'us-east-1',
  account: '123456789012',
  target: 'local',
  client: () => {
    throw new Error('no AWS in this test');
  },
};

const doing = (id: string, more: Partial<Parameters<typeof exercise<number>>[0]> = {}): Exercise =>
  exercise<number>({
    id,
    rows: [],
    title: id,
    kind: 'action',
    asks: [],
    task: '',
    observe: async () => 1,
    check: () => passed,
    ...more,
  });
const wrong = failed({ expected: '1 day', actual: '2 days', hint: 'shorten it' });

const look = (exercises: readonly Exercise[], skipped: readonly string[] = []): Promise<Finding[]> =>
  verify(
    exercises.map((one) => ({ lab: 'sample', exercise: one })),
    {
      aws,
      scope: scopeOf('abcde2'),
      notEmulated: new Map([['sample', skipped.map((type) => ({ type, logicalId: 'Thing' }))]]),
      emit: () => {},
    },
  );
const refusing = (error: Error): Partial<Parameters<typeof exercise<number>>[0]> => ({
  observe: async () => {
    throw error;
  },
});

test('an exercise that cannot be looked at is unknown with the reason, and the next one is still checked', async () => {
  const denied = Object.assign(new Error('not authorized to perform ec2:DescribeImages'), { name: 'AccessDenied' });

  const findings = await look([doing('denied', refusing(denied)), doing('wrong', { check: () => wrong })]);

  expect(findings).toMatchObject([
    {
      exercise: 'denied',
      status: 'unknown',
      reason: 'could not be looked at: AccessDenied: not authorized to perform ec2:DescribeImages',
    },
    { exercise: 'wrong', status: 'failed', expected: '1 day', actual: '2 days', hint: 'shorten it' },
  ]);
});

test('an operation that the emulator lacks makes the exercise unknown: not emulated', async () => {
  const missing = Object.assign(new Error('the sandbox does not have ec2:CreateFleet'), {
    name: 'NotImplemented',
    $metadata: { httpStatusCode: 501 },
  });

  expect(await look([doing('fleet', refusing(missing))])).toMatchObject([
    { status: 'unknown', reason: 'not emulated: the sandbox does not have ec2:CreateFleet' },
  ]);
});

test('a finding that rests on an answer of the sandbox’s additions says so, and no other', async () => {
  const ours = doing('ours', {
    observe: async () => {
      noteEmulated();
      return 1;
    },
  });

  const findings = await look([ours, doing('motos')]);

  expect(findings.map(({ emulatedBy }) => emulatedBy)).toEqual(['worklab', undefined]);
});

test('what the emulator skipped excuses a failure that rests on it, and no other', async () => {
  const rests = doing('rests', { restsOn: ['AWS::EC2::KeyPair'], check: () => wrong });
  const stands = doing('stands', { restsOn: ['AWS::EC2::Volume'], check: () => wrong });
  const done = doing('done', { restsOn: ['AWS::EC2::KeyPair'] });

  const findings = await look([rests, stands, done], ['AWS::EC2::KeyPair']);

  expect(findings.map(({ status, reason }) => [status, reason])).toEqual([
    ['unknown', 'not emulated: AWS::EC2::KeyPair'],
    ['failed', undefined],
    ['passed', undefined],
  ]);
});

test('exercises that share an observation look once', async () => {
  const observe = jest.fn(async () => 1);

  await look([doing('a', { observe }), doing('b', { observe })]);

  expect(observe).toHaveBeenCalledTimes(1);
});

test('what only the inside of a machine shows is said, and a concept is for reading', async () => {
  const { check: _check, observe: _observe, ...concept } = doing('concept');
  const findings = await look([
    doing('half', { check: () => passedExcept('the file system') }),
    { ...concept, kind: 'concept' },
  ]);

  expect(findings).toMatchObject([{ status: 'passed', notLookedAt: ['the file system'] }, { status: 'reading' }]);
  expect(totalsOf(findings)).toEqual({ passed: 1, failed: 0, unknown: 0, reading: 1 });
});

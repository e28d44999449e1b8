// What each check says of what was done right, nearly right, and not at all. Plain objects, no account.

import type { Verdict } from '../../lib/kit';
import { connectAgent, sendShare } from './exercises/agents';
import { copyBuckets, copyFileSystems, monitorExecutions, throttle, verify } from './exercises/tasks';
import type { Agent } from './observe/agents';
import type { Execution, Watched } from './observe/executions';
import type { Task } from './observe/tasks';

const passes = (verdict: Verdict, ...notLookedAt: string[]): void =>
  expect(verdict).toEqual(notLookedAt.length === 0 ? { status: 'passed' } : { status: 'passed', notLookedAt });
const fails = (verdict: Verdict, actual: string, hint: string): void =>
  expect(verdict).toMatchObject({
    status: 'failed',
    actual: expect.stringContaining(actual),
    hint: expect.stringContaining(hint),
  });

const end = (kind: string, uri: string) => ({ kind, uri });
const GOOD: Task = {
  arn: 'arn:aws:datasync:us-east-1:1:task/task-1',
  name: 'worklab-abc123-datasync-buckets',
  status: 'AVAILABLE',
  source: end('s3', 's3://worklab-abc123-datasync-source/'),
  target: end('s3', 's3://worklab-abc123-datasync-target/copy/'),
  verify: 'POINT_IN_TIME_CONSISTENT',
  bytesPerSecond: 1_048_576,
  logLevel: 'TRANSFER',
  logGroup: 'worklab-abc123-datasync',
  schedule: 'cron(0 3 ? * SUN *)',
  report: { bucket: 'arn:aws:s3:::worklab-abc123-datasync-target', output: 'STANDARD' },
};
const FILES: Task = {
  ...GOOD,
  source: end('efs', 'efs://us-east-1.fs-1/'),
  target: end('efs', 'efs://us-east-1.fs-2/'),
};

describe('the task between the buckets', () => {
  test('one that can be started passes, one that runs as well, other prefixes too', () => {
    passes(copyBuckets.check([GOOD]));
    passes(copyBuckets.check([{ ...GOOD, status: 'RUNNING' }]));
    passes(copyBuckets.check([FILES, { ...GOOD, source: end('s3', 's3://b/in/'), target: end('s3', 's3://b/out/') }]));
  });

  test('the mistakes', () => {
    fails(copyBuckets.check([]), 'none carries', 'two locations first');
    fails(copyBuckets.check([FILES]), 'from efs://', 'a location is made for each end');
    const within = { ...GOOD, target: end('s3', `${GOOD.source.uri}copy/`) };
    fails(copyBuckets.check([within]), 'datasync-source/copy/', 'grows with each execution');
    fails(copyBuckets.check([{ ...GOOD, status: 'UNAVAILABLE' }]), 'is unavailable', 'has lost a location');
    fails(copyBuckets.check([{ ...GOOD, status: 'CREATING' }]), 'is creating', 'for a moment');
  });

  test('verifies in one of two modes, and reports', () => {
    passes(verify.check([GOOD]));
    passes(verify.check([{ ...GOOD, verify: 'ONLY_FILES_TRANSFERRED' }]));
    fails(verify.check([]), 'none carries', 'two locations');
    fails(verify.check([{ ...GOOD, verify: 'NONE' }]), 'is NONE', 'at nothing');
    fails(verify.check([{ ...GOOD, report: undefined }]), 'writes none', 'file by file');
    fails(verify.check([FILES]), 'from efs://', 'a location');
  });

  test('has a limit and a schedule, switched on or off', () => {
    passes(throttle.check([GOOD]));
    passes(throttle.check([{ ...GOOD, bytesPerSecond: 1, schedule: 'rate(7 days)' }]));
    fails(throttle.check([]), 'none carries', 'two locations');
    fails(throttle.check([{ ...GOOD, bytesPerSecond: -1 }]), 'all the bandwidth', '-1');
    fails(throttle.check([{ ...GOOD, schedule: undefined }]), 'when somebody starts it', 'six fields');
  });
});

describe('watching', () => {
  const { check } = monitorExecutions;
  const DONE: Execution = { arn: 'exec-1', status: 'SUCCESS', transferred: 5, verified: 5 };
  const SEEN: Watched = { ...GOOD, executions: [DONE], mayLog: true, logged: true };

  test('an execution that transferred something, with lines of it, passes', () => {
    passes(check([SEEN]));
    passes(check([{ ...SEEN, executions: [{ ...DONE, status: 'ERROR' }, DONE, { ...DONE, transferred: 0 }] }]));
  });

  test('the mistakes', () => {
    fails(check([]), 'none carries', 'two locations');
    fails(check([{ ...SEEN, logGroup: undefined }]), 'has none', '":*"');
    fails(check([{ ...SEEN, logLevel: 'OFF' }]), 'is OFF', 'each file');
    fails(check([{ ...SEEN, mayLog: false }]), 'datasync.amazonaws.com', 'resource policy');
    fails(check([{ ...SEEN, executions: [] }]), 'nobody has started', 'some minutes');
    const failed = { ...DONE, status: 'ERROR', error: 'OpCanceled' };
    fails(check([{ ...SEEN, executions: [failed] }]), 'is error: OpCanceled', 'launched, prepared');
    fails(check([{ ...SEEN, executions: [{ ...DONE, status: 'VERIFYING' }] }]), 'is verifying', 'some minutes');
    fails(check([{ ...SEEN, executions: [{ ...DONE, transferred: 0 }] }]), 'nothing to copy', 'start it again');
    fails(check([{ ...SEEN, logged: false }]), 'is empty', 'started after');
  });
});

test('between file systems a task passes; what is on them was not looked at', () => {
  const { check } = copyFileSystems;
  passes(check([GOOD, FILES]), 'what is on the file systems: nobody has mounted them');
  fails(check([]), 'none carries', 'two locations');
  fails(check([GOOD]), 'from s3://', 'mount target');
  fails(check([{ ...FILES, status: 'UNAVAILABLE' }]), 'is unavailable', 'has lost');
});

describe('agents', () => {
  const AGENT: Agent = {
    arn: 'agent-1',
    name: 'worklab-abc123-datasync-agent',
    status: 'ONLINE',
    shares: ['nfs://h/e/'],
  };

  test('one that is online with a share passes; whether the server answers was not looked at', () => {
    const { check } = connectAgent;
    passes(check([AGENT]), 'whether the file server answers');
    fails(check([]), 'none carries', 'good for half an hour');
    fails(check([{ ...AGENT, status: 'OFFLINE' }]), 'is offline', 'stays in the list');
    fails(check([{ ...AGENT, shares: [] }]), 'no location names', 'path of its export');
  });

  test('a task from a share to a bucket passes, of either kind', () => {
    const { check } = sendShare;
    const share = (uri: string): Task => ({ ...GOOD, source: end(uri.split(':')[0] ?? '', uri) });
    for (const uri of ['nfs://h/e/', 'smb://h/e/']) {
      passes(check([share(uri)]), 'whether the file server answers', 'what is on the share');
    }
    fails(check([]), 'none carries', 'an agent, a location');
    fails(check([GOOD]), 'from s3://', 'names the agent');
    fails(check([{ ...share('nfs://h/e/'), status: 'UNAVAILABLE' }]), 'is unavailable', 'an agent');
  });
});

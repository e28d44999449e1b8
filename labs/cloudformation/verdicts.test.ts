// What each check says of what was done right, nearly right, and not at all. Plain objects, no account.

import type { Verdict } from '../../lib/kit';
import { createStacks, nestStacks, parametersAndOutputs, spreadStacks } from './exercises/build';
import { detectDrift, guardUpdates, previewChanges, troubleshootFailure } from './exercises/operate';
import { importExports } from './exercises/share';
import type { Preview } from './observe/changes';
import type { Drift } from './observe/drift';
import { type Failure, firstFailure } from './observe/failures';
import type { Family, StackSet } from './observe/families';
import { type Guarded, rolledBackUnharmed } from './observe/guards';
import type { Event } from './observe/stacks';
import { type Deployed, formatOf, type Interface } from './observe/templates';
import { deniesReplacement } from './operations-demands';

const passes = (verdict: Verdict): void => expect(verdict).toEqual({ status: 'passed' });
const fails = (verdict: Verdict, actual: string, hint: string): void =>
  expect(verdict).toMatchObject({
    status: 'failed',
    actual: expect.stringContaining(actual),
    hint: expect.stringContaining(hint),
  });

describe('stacks in both formats', () => {
  const { check } = createStacks;
  const YAML: Deployed = { name: 'worklab-abc123-a', status: 'CREATE_COMPLETE', format: 'YAML', resources: 2 };
  const JSON_: Deployed = { ...YAML, name: 'worklab-abc123-b', format: 'JSON' };

  test('one of each passes, updated as well as new', () => {
    passes(check([YAML, JSON_]));
    passes(check([{ ...YAML, status: 'UPDATE_COMPLETE' }, JSON_, { ...JSON_, status: 'ROLLBACK_COMPLETE' }]));
  });

  test('the mistakes', () => {
    fails(check([]), 'no stack', 'text');
    fails(check([YAML, YAML]), 'another format', 'CloudFormation keeps it');
    fails(check([{ ...YAML, status: 'ROLLBACK_COMPLETE' }, JSON_]), 'ROLLBACK_COMPLETE', 'only be deleted');
    fails(check([YAML, { ...JSON_, resources: 1 }]), 'holds 1', 'false condition');
  });

  test('JSON is JSON; YAML is what is not', () => {
    expect(formatOf('{"Resources": {}}')).toBe('JSON');
    expect(formatOf('Resources: {}')).toBe('YAML');
  });
});

describe('parameters and outputs', () => {
  const { check } = parametersAndOutputs;
  const plain = { name: 'Stage', limited: false, hidden: false };
  const GOOD: Interface = {
    name: 'worklab-abc123-p',
    status: 'CREATE_COMPLETE',
    parameters: [
      { ...plain, limited: true },
      { ...plain, name: 'Contact', hidden: true },
    ],
    outputs: ['QueueArn'],
    exports: ['worklab-abc123-queue-arn'],
  };

  test('limits, a hidden one and an export pass; the rest may be of any kind', () => {
    passes(check([GOOD]));
    passes(check([{ ...GOOD, parameters: [{ ...plain, limited: true, hidden: true }] }]));
  });

  test('the mistakes', () => {
    fails(check([]), 'no stack', 'sections');
    fails(check([{ ...GOOD, parameters: [] }]), 'has none', 'Ref');
    fails(check([{ ...GOOD, parameters: [plain] }]), 'takes any value', 'allowed values');
    fails(check([{ ...GOOD, parameters: [{ ...plain, limited: true }] }]), 'shows Stage', 'asterisks');
    fails(check([{ ...GOOD, outputs: [], exports: [] }]), 'no outputs', 'export');
    fails(check([{ ...GOOD, exports: [] }]), 'exports none of QueueArn', 'once in a region');
    fails(check([{ ...GOOD, status: 'UPDATE_ROLLBACK_FAILED' }]), 'UPDATE_ROLLBACK_FAILED', 'events');
  });
});

describe('nested stacks', () => {
  const { check } = nestStacks;
  const child = (name: string, more: Partial<Family['children'][number]> = {}): Family['children'][number] => ({
    name,
    status: 'CREATE_COMPLETE',
    parameters: {},
    outputs: [],
    ...more,
  });
  const maker = child('maker', { outputs: [{ key: 'Arn', value: 'arn:1' }] });
  const user = child('user', { parameters: { QueueArn: 'arn:1' } });
  const GOOD: Family = { name: 'parent', status: 'CREATE_COMPLETE', outputs: [], children: [maker, user] };

  test('an output that reaches the sibling passes, and one that reaches the parent', () => {
    passes(check([GOOD]));
    const up = {
      outputs: [{ key: 'Up', value: 'arn:1' }],
      children: [maker, child('b', { parameters: { Days: '7' } })],
    };
    passes(check([{ ...GOOD, ...up }]));
  });

  test('the mistakes', () => {
    fails(check([]), 'none of your stacks', 'TemplateURL');
    fails(check([{ ...GOOD, children: [maker] }]), 'has 1', 'resource of its parent');
    fails(
      check([{ ...GOOD, children: [maker, { ...user, status: 'CREATE_FAILED' }] }]),
      'user is CREATE_FAILED',
      'child',
    );
    fails(check([{ ...GOOD, children: [maker, child('user')] }]), 'no child', 'property');
    const apart = child('user', { parameters: { QueueArn: 'arn:typed by hand' } });
    fails(check([{ ...GOOD, children: [maker, apart] }]), 'goes nowhere', 'Outputs.<key>');
    fails(check([{ ...GOOD, status: 'UPDATE_ROLLBACK_FAILED' }]), 'UPDATE_ROLLBACK_FAILED', 'events');
  });
});

describe('stack sets', () => {
  const { check } = spreadStacks;
  const at = (region: string, status = 'CURRENT', reason = '') => ({ account: '1', region, status, reason });
  const GOOD: StackSet = {
    name: 'worklab-abc123-regional',
    instances: [at('us-east-1'), at('us-west-2')],
    operations: [{ action: 'CREATE', status: 'SUCCEEDED' }],
  };

  test('two places, current, pass', () => passes(check([GOOD])));

  test('the mistakes', () => {
    fails(check([]), 'there is none', 'two roles');
    fails(check([{ ...GOOD, instances: [] }]), 'has none', 'asked for by themselves');
    fails(check([{ ...GOOD, instances: [at('us-east-1')] }]), '1 in us-east-1', 'several regions');
    const behind = [at('us-east-1'), at('us-west-2', 'OUTDATED', 'no such role')];
    fails(check([{ ...GOOD, instances: behind }]), 'us-west-2 is OUTDATED: no such role', 'trust');
    fails(check([{ ...GOOD, operations: [{ action: 'UPDATE', status: 'FAILED' }] }]), 'UPDATE, is FAILED', 'tolerated');
  });
});

describe('drift', () => {
  const { check } = detectDrift;
  const at = (minute: number, result: string) => ({ result, at: new Date(minute * 60_000) });
  const NEVER: Drift = { stack: 's', now: 'NOT_CHECKED', reverted: false, detections: [] };
  const both = [at(1, 'DRIFTED'), at(2, 'IN_SYNC')];

  test('drifted, then in sync passes; so does what a drift-aware change set brought back', () => {
    passes(check([NEVER, { ...NEVER, now: 'IN_SYNC', detections: both }]));
    passes(check([{ ...NEVER, now: 'IN_SYNC', reverted: true }]));
  });

  test('the mistakes', () => {
    fails(check([]), 'no stack', 'operation of its own');
    fails(check([NEVER]), 'no stack', 'operation of its own');
    fails(check([{ ...NEVER, now: 'DRIFTED', detections: [at(1, 'DRIFTED')] }]), 's is DRIFTED', 'detect once more');
    fails(check([{ ...NEVER, detections: [at(1, 'DRIFTED')] }]), 'was changed since', 'its result');
    fails(check([{ ...NEVER, now: 'IN_SYNC', detections: [at(1, 'IN_SYNC')] }]), 'found IN_SYNC', 'while it differs');
    const backwards = [at(1, 'IN_SYNC'), at(2, 'DRIFTED')];
    fails(check([{ ...NEVER, now: 'DRIFTED', detections: backwards }]), 's is DRIFTED', 'bring');
  });

  test('what CloudTrail has not told yet is not known', () => {
    expect(check([{ ...NEVER, now: 'IN_SYNC' }])).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('fifteen minutes'),
    });
  });
});

describe('change sets', () => {
  const { check } = previewChanges;
  const GOOD: Preview = {
    stack: 's',
    stackStatus: 'UPDATE_COMPLETE',
    status: 'CREATE_COMPLETE',
    reason: '',
    execution: 'EXECUTE_COMPLETE',
    revertsDrift: false,
  };

  test('one that was executed passes, beside one that waits', () => {
    passes(check([GOOD]));
    passes(check([{ ...GOOD, execution: 'AVAILABLE' }, GOOD]));
  });

  test('the mistakes', () => {
    fails(check([]), 'none of your stacks', 'until it is executed');
    fails(
      check([{ ...GOOD, status: 'FAILED', reason: 'no changes', execution: 'UNAVAILABLE' }]),
      'no changes',
      'alter',
    );
    fails(check([{ ...GOOD, execution: 'AVAILABLE' }]), 'is AVAILABLE', 'execute it');
    fails(check([{ ...GOOD, revertsDrift: true }]), 'had drifted', 'something new');
    fails(check([{ ...GOOD, stackStatus: 'CREATE_COMPLETE' }]), 's is CREATE_COMPLETE', 'of type CREATE');
    fails(check([{ ...GOOD, stackStatus: 'UPDATE_ROLLBACK_COMPLETE' }]), 'UPDATE_ROLLBACK_COMPLETE', 'preview');
  });
});

const own = (status: string): Event => ({ logicalId: 's', type: 'S', status, reason: '', ofStack: true });
const of = (logicalId: string, status: string, reason = ''): Event => ({
  logicalId,
  type: 'T',
  status,
  reason,
  ofStack: false,
});

describe('guards', () => {
  const { check } = guardUpdates;
  const policy = (Action: unknown, Effect = 'Deny'): string =>
    JSON.stringify({ Statement: [{ Effect, Action, Principal: '*', Resource: '*' }] });
  const GOOD: Guarded = {
    stack: 's',
    status: 'UPDATE_ROLLBACK_COMPLETE',
    triggers: 1,
    alarms: 1,
    monitoredMinutes: 1,
    policy: policy(['Update:Replace', 'Update:Delete']),
    protected: true,
    rolledBack: true,
  };

  test('all of them pass', () => passes(check([{ ...GOOD, triggers: 0, alarms: 0 }, GOOD])));

  test('the mistakes', () => {
    fails(check([]), 'no stack', 'ARN of an alarm');
    fails(check([{ ...GOOD, triggers: 0, alarms: 0 }]), 'no alarm', 'rollback configuration');
    fails(check([{ ...GOOD, alarms: 0 }]), '0 of the 1 alarms', 'missing');
    fails(check([{ ...GOOD, monitoredMinutes: 0 }]), 'for 0 minutes', 'minutes');
    fails(check([{ ...GOOD, policy: undefined }]), 'no policy', 'Update:Replace');
    fails(check([{ ...GOOD, policy: policy('Update:*', 'Allow') }]), 'the policy', 'Update:Replace');
    fails(check([{ ...GOOD, protected: false }]), 'by one call', 'switch');
    fails(check([{ ...GOOD, rolledBack: false }]), 'no update of s', 'set the alarm to ALARM');
  });

  test('which policies deny a replacement', () => {
    expect(
      ['*', 'Update:*', 'Update:Replace', ['Update:Modify', 'Update:Delete']]
        .map((one) => policy(one))
        .every(deniesReplacement),
    ).toBe(true);
    expect([policy('Update:Modify'), policy('Update:*', 'Allow'), '{', undefined].some(deniesReplacement)).toBe(false);
  });

  test('a rollback without a failure is told from one after a failure', () => {
    const end = [own('UPDATE_ROLLBACK_IN_PROGRESS'), of('P', 'UPDATE_COMPLETE'), own('UPDATE_ROLLBACK_COMPLETE')];
    expect(rolledBackUnharmed([own('UPDATE_IN_PROGRESS'), of('P', 'UPDATE_COMPLETE'), ...end])).toBe(true);
    expect(rolledBackUnharmed([own('UPDATE_IN_PROGRESS'), of('P', 'UPDATE_FAILED'), ...end])).toBe(false);
    expect(rolledBackUnharmed([of('P', 'CREATE_FAILED'), own('UPDATE_IN_PROGRESS'), own('UPDATE_COMPLETE')])).toBe(
      false,
    );
  });
});

describe('a failed deployment', () => {
  const { check } = troubleshootFailure;
  const standing = { status: 'CREATE_COMPLETE', rootCause: 'LateWork', complete: ['LateWork', 'DeadLetters'] };
  const GOOD: Failure = { name: 's', cause: { logicalId: 'LateWork', reason: 'DelaySeconds' }, standing };
  const now = (more: Partial<typeof standing> | { rootCause: undefined }): Verdict =>
    check([{ ...GOOD, standing: { ...standing, ...more } }]);

  test('repaired, and its cause named, passes', () => {
    passes(check([GOOD]));
    passes(now({ status: 'UPDATE_COMPLETE' }));
  });

  test('the mistakes', () => {
    fails(check([]), 'none of your stacks has failed', 'before you repair');
    fails(check([{ ...GOOD, standing: undefined }]), 'nothing stands', 'same name');
    fails(now({ status: 'ROLLBACK_COMPLETE' }), 'ROLLBACK_COMPLETE', 'only be deleted');
    fails(now({ complete: ['DeadLetters'] }), 'has no LateWork', 'range');
    fails(now({ rootCause: undefined }), 'no such tag', 'newest first');
    fails(now({ rootCause: 'WhereLateWorkIs' }), 'names WhereLateWorkIs', 'first failure');
  });

  test('the cause is what failed first, not what was cancelled for it', () => {
    const cancelled = of('Other', 'CREATE_FAILED', 'Resource creation cancelled');
    expect(firstFailure([own('CREATE_IN_PROGRESS'), cancelled, of('LateWork', 'CREATE_FAILED', 'bad value')])).toEqual({
      logicalId: 'LateWork',
      reason: 'bad value',
    });
    expect(firstFailure([own('CREATE_FAILED'), of('P', 'CREATE_COMPLETE')])).toBeUndefined();
  });
});

test('an export that another stack imports', () => {
  const { check } = importExports;
  const export_ = { name: 'worklab-abc123-arn', exporter: 'producer', importers: ['consumer'] };
  passes(check([export_]));
  fails(check([]), 'none of your stacks exports', 'unique in the region');
  fails(check([{ ...export_, importers: [] }]), 'nobody imports', 'Fn::ImportValue');
});

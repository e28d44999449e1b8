// What the checks of looking after a machine say: the right thing, and the mistakes that a learner makes. Plain objects.

import { verdictsOf } from '../../test/support/verdicts';
import { exercises } from './exercises';
import { GATHER, SCAN, STATE_FILE } from './facts';
import type { Association, Associations } from './observe/associations';
import type { Compliance } from './observe/compliance';
import type { Inventory } from './observe/inventory';
import type { Baseline, Patching } from './observe/patching';
import type { MaintenanceWindow, Task } from './observe/windows';

const { check, says } = verdictsOf(exercises);
const PREFIX = 'worklab-abc123';
const ID = 'i-0123456789abcdef0';
const NODE = { id: ID, state: 'running', open: [], tags: { PatchGroup: PREFIX }, patchGroup: PREFIX, ping: 'Online' };

describe('patch-machine', () => {
  const baseline: Baseline = {
    id: 'pb-1',
    name: `${PREFIX}-baseline`,
    groups: [PREFIX],
    rules: [{ classifications: ['Security'], severities: ['Critical'], days: 0 }],
  };
  const scan = { operation: 'Scan', schedule: 'rate(1 day)', status: 'Success' };
  const patching = (changes: Partial<Patching> = {}): Patching[] => [
    { node: ID, group: PREFIX, baseline, scans: [scan], ...changes },
  ];
  const ruled = (...rules: Baseline['rules']): Patching[] => patching({ baseline: { ...baseline, rules } });

  test('passes, and says whether a scan has been reported', () => {
    expect(check('patch-machine', patching())).toMatchObject({
      notLookedAt: [expect.stringContaining('none has been')],
    });
    const scanned = patching({ scanned: '2026-11-22T10:00:00.000Z' });
    expect(check('patch-machine', scanned)).toEqual({ status: 'passed', notLookedAt: ['which patches are missing'] });
    expect(says('patch-machine', ruled({ classifications: ['*'], severities: [], days: 7 }))).toBe('passed');
  });

  test.each<[string, Patching[], string]>([
    ['no machine', [], 'no instance carries its tag'],
    ['no patch group', patching({ group: undefined, baseline: undefined }), 'no tag PatchGroup'],
    ['AWS’s own baseline', patching({ baseline: undefined }), 'that AWS provides is in force'],
    ['the default of the account changed', patching({ baseline: { ...baseline, groups: [] } }), 'leave the default'],
    ['a baseline without a rule', ruled(), 'has no rule'],
    ['bug fixes alone', ruled({ classifications: ['Bugfix'], severities: [], days: 0 }), 'has none that does'],
    ['only what is low', ruled({ classifications: ['Security'], severities: ['Low'], days: 0 }), 'has none that does'],
    ['a month of waiting', ruled({ classifications: ['Security'], severities: ['Critical'], days: 30 }), 'waits 30'],
    ['a date', ruled({ classifications: ['Security'], severities: ['Critical'] }), 'for a date'],
    ['nothing scans', patching({ scans: [] }), `${SCAN} is not associated`],
    ['one scan and no more', patching({ scans: [{ ...scan, schedule: undefined }] }), 'has no schedule'],
    ['Install instead of Scan', patching({ scans: [{ ...scan, operation: 'Install' }] }), 'reboots the machine'],
    [
      'Install on a schedule, Scan once',
      patching({
        scans: [
          { ...scan, operation: 'Install' },
          { ...scan, schedule: undefined },
        ],
      }),
      'the operation is Install, Scan',
    ],
  ])('%s: failed', (_what, seen, words) => {
    expect(says('patch-machine', seen)).toContain(words);
  });
});

describe('keep-state', () => {
  const association = (changes: Partial<Association> = {}): Association => ({
    id: 'a-1',
    name: `${PREFIX}-state`,
    document: `${PREFIX}-state`,
    isOwn: true,
    node: ID,
    online: true,
    schedule: 'rate(30 minutes)',
    severity: 'MEDIUM',
    parameters: {},
    status: 'Success',
    ...changes,
  });
  const of = (...associations: Association[]): Associations => ({ nodes: [NODE], associations });

  test('passes beside the associations of others', () => {
    const passed = { status: 'passed', notLookedAt: [`what is in ${STATE_FILE}`] };
    expect(check('keep-state', of(association({ document: GATHER, isOwn: false }), association()))).toEqual(passed);
    expect(says('keep-state', of(association({ schedule: 'cron(0 2 ? * SUN *)' })))).toBe('passed');
  });

  test.each<[string, Associations, string]>([
    ['no machine', { nodes: [], associations: [] }, 'no instance carries its tag'],
    ['no association', of(), 'no association aims at it'],
    ['only one of Amazon’s', of(association({ document: GATHER, isOwn: false })), `only ${GATHER}`],
    ['no schedule', of(association({ schedule: undefined })), 'it ran once'],
    ['one date', of(association({ schedule: 'at(2026-12-01T00:00:00)' })), 'at() is no schedule'],
    ['no severity', of(association({ severity: 'UNSPECIFIED' })), 'leaves it open'],
    ['a run that failed', of(association({ status: 'Failed' })), 'is Failed |'],
    ['a machine that is off', of(association({ status: 'Pending', online: false })), 'the machine is not online'],
  ])('%s: failed', (_what, seen, words) => {
    expect(says('keep-state', seen)).toContain(words);
  });
});

describe('gather-inventory', () => {
  const entries = [{ type: 'AWS:Application', count: 3, captured: '2026-11-22T10:00:00Z' }];
  const gathering = [{ schedule: 'rate(30 minutes)', status: 'Success' }];
  const inventory = (changes: Partial<Inventory> = {}): Inventory[] => [
    { node: ID, online: true, gathering, entries, ...changes },
  ];

  test('passes', () => {
    const passed = { status: 'passed', notLookedAt: ['what is installed on the machine'] };
    expect(check('gather-inventory', inventory())).toEqual(passed);
  });

  test.each<[string, Inventory[], string]>([
    ['no machine', [], 'no instance carries its tag'],
    ['no association', inventory({ gathering: [] }), 'is asked for none'],
    ['once', inventory({ gathering: [{ status: 'Success' }] }), 'it gathered once'],
    ['a run that failed', inventory({ gathering: [{ ...gathering[0], status: 'Failed' }] }), 'make both fail'],
    [
      'a machine that is off',
      inventory({ online: false, gathering: [{ schedule: 'rate(1 day)', status: 'Pending' }] }),
      'the machine is not online',
    ],
    ['every type turned off', inventory({ entries: [] }), 'has told of neither'],
  ])('%s: failed', (_what, seen, words) => {
    expect(says('gather-inventory', seen)).toContain(words);
  });
});

describe('schedule-maintenance', () => {
  const task: Task = { document: SCAN, type: 'RUN_COMMAND', operation: 'Scan', reaches: true };
  const window = (changes: Partial<MaintenanceWindow> = {}): MaintenanceWindow[] => [
    {
      id: 'mw-1',
      name: `${PREFIX}-window`,
      enabled: true,
      schedule: 'cron(0 4 ? * SUN *)',
      duration: 2,
      cutoff: 1,
      targets: ['t-1'],
      tasks: [task],
      ...changes,
    },
  ];
  const does = (changes: Partial<Task>): MaintenanceWindow[] => window({ tasks: [{ ...task, ...changes }] });

  test('passes, by the ARN of the document too', () => {
    const passed = { status: 'passed', notLookedAt: ['what the task does once the window opens'] };
    expect(check('schedule-maintenance', window())).toEqual(passed);
    expect(says('schedule-maintenance', does({ document: `arn:aws:ssm:us-east-1::document/${SCAN}` }))).toBe('passed');
  });

  test.each<[string, MaintenanceWindow[], string]>([
    ['no window', [], 'none carries its name'],
    ['a disabled one', window({ enabled: false }), 'is disabled'],
    ['one night only', window({ schedule: 'at(2026-12-01T00:00:00)' }), 'has at('],
    ['no target', window({ targets: [] }), 'names a machine of this run'],
    ['no task', window({ tasks: [] }), 'has none'],
    ['a task that does something else', does({ document: 'AWS-RunShellScript' }), 'has AWS-RunShellScript'],
    ['an automation', does({ type: 'AUTOMATION' }), 'of the type RUN_COMMAND'],
    ['an operation left out', does({ operation: undefined }), 'the operation is not given'],
    ['Install', does({ operation: 'Install' }), 'the operation is Install'],
    ['another target', does({ reaches: false }), 'aims at something else'],
  ])('%s: failed', (_what, seen, words) => {
    expect(says('schedule-maintenance', seen)).toContain(words);
  });
});

describe('watch-compliance', () => {
  const item = { title: 'message of the day', status: 'COMPLIANT', severity: 'MEDIUM' };
  const compliance = (changes: Partial<Compliance> = {}): Compliance[] => [
    { node: ID, state: 'COMPLIANT', drift: [item], type: 'Custom:worklab_abc123', ...changes },
  ];

  test('passes', () => {
    const passed = { status: 'passed', notLookedAt: [`whether ${STATE_FILE} was there when the item was put`] };
    expect(check('watch-compliance', compliance())).toEqual(passed);
  });

  test.each<[string, Compliance[], string]>([
    ['no machine', [], 'no instance carries its tag'],
    ['no association', compliance({ state: undefined }), 'there is none about'],
    ['an association that failed', compliance({ state: 'NON_COMPLIANT' }), 'is NON_COMPLIANT'],
    ['no item', compliance({ drift: [] }), 'of the type Custom:worklab_abc123'],
    [
      'drift that was seen and left',
      compliance({ drift: [item, { ...item, status: 'NON_COMPLIANT' }] }),
      'message of the day is NON_COMPLIANT',
    ],
  ])('%s: failed', (_what, seen, words) => {
    expect(says('watch-compliance', seen)).toContain(words);
  });
});

// What the checks of reaching a machine, of its configuration and of its runbook say: the right thing, and a learner's mistakes.

import { verdictsOf } from '../../test/support/verdicts';
import { exercises } from './exercises';
import { SCAN } from './facts';
import type { Runbook } from './observe/automation';
import type { Commands, Invocation } from './observe/commands';
import type { Node } from './observe/nodes';
import type { Parameter } from './observe/parameters';
import type { Access, Setup } from './observe/sessions';
import type { Telling } from './observe/telling';

const { check, says } = verdictsOf(exercises);
const PREFIX = 'worklab-abc123';
const ID = 'i-0123456789abcdef0';

const node = (changes: Partial<Node> = {}): Node => ({
  id: ID,
  state: 'running',
  profile: `arn:aws:iam::111111111111:instance-profile/${PREFIX}-managed`,
  open: [],
  tags: { PatchGroup: PREFIX },
  patchGroup: PREFIX,
  ping: 'Online',
  ...changes,
});

describe('set-up-session-manager', () => {
  const setup: Setup = { name: `${PREFIX}-session`, status: 'Active', readable: true, logs: 'sessions', idle: '10' };
  const access = (changes: Partial<Access> = {}): Access => ({
    nodes: [node()],
    setups: [setup],
    sessions: [{ id: 's-1', status: 'Terminated' }],
    ...changes,
  });
  const at = (changes: Partial<Node>): Access => access({ nodes: [node(changes)] });
  const set = (changes: Partial<Setup>): Access => access({ setups: [{ ...setup, ...changes }] });

  test('passes, and says what was not looked at', () => {
    expect(check('set-up-session-manager', access())).toEqual({
      status: 'passed',
      notLookedAt: ['what was done in the sessions'],
    });
    const unopened = { status: 'passed', notLookedAt: ['whether a shell opens: no session has been started yet'] };
    expect(check('set-up-session-manager', access({ sessions: [] }))).toEqual(unopened);
    const broken = [{ id: 's-1', status: 'Failed' }];
    expect(check('set-up-session-manager', access({ sessions: broken }))).toEqual(unopened);
  });

  test.each<[string, Access, string]>([
    ['no machine', access({ nodes: [] }), 'no instance carries its tag'],
    ['a machine that is stopped', at({ state: 'stopped' }), 'is stopped'],
    ['no instance profile', at({ profile: undefined }), 'has none'],
    ['an agent that nobody has heard of', at({ ping: undefined }), 'unknown to Systems Manager'],
    ['an agent that fell silent', at({ ping: 'ConnectionLost' }), 'ConnectionLost'],
    ['port 22 open to be sure', at({ open: ['tcp 22'] }), 'open tcp 22'],
    ['no document', access({ setups: [] }), 'SSM-SessionManagerRunShell'],
    ['a document in YAML', set({ readable: false }), 'not JSON'],
    ['nothing recorded', set({ logs: undefined }), 'names neither'],
    ['sessions that stay open', set({ idle: undefined }), 'says nothing about idle minutes'],
    ['two hours of idling', set({ idle: '120' }), 'says 120'],
    ['idle minutes in words', set({ idle: 'ten' }), 'says ten'],
  ])('%s: failed', (_what, seen, words) => {
    expect(says('set-up-session-manager', seen)).toContain(words);
  });
});

describe('run-command', () => {
  const invocation = (changes: Partial<Invocation> = {}): Invocation => ({
    node: ID,
    document: `${PREFIX}-hello`,
    isOwn: true,
    status: 'Success',
    details: 'Success',
    asked: '2026-11-22T10:00:00.000Z',
    ...changes,
  });
  const commands = (...invocations: Invocation[]): Commands => ({ online: [ID], invocations });

  test('passes with one that succeeded, whatever came after it', () => {
    const passed = { status: 'passed', notLookedAt: ['what the command printed'] };
    const later = invocation({ status: 'Failed', asked: '2026-11-22T11:00:00.000Z' });
    expect(check('run-command', commands(invocation()))).toEqual(passed);
    expect(check('run-command', commands(invocation(), later))).toEqual(passed);
  });

  test.each<[string, Commands, string]>([
    ['nothing was sent', commands(), 'none was sent to it |'],
    ['nothing was sent, and the machine is off', { online: [], invocations: [] }, 'it is not online'],
    ['an association’s run alone', commands(invocation({ document: SCAN, isOwn: false })), `sent ${SCAN} only`],
    ['a script that failed', commands(invocation({ status: 'Failed', details: 'Failed' })), 'look at the output'],
    ['one that still waits', commands(invocation({ status: 'Pending', details: 'Pending' })), 'wait some seconds'],
    [
      'two, the newest of which is told',
      commands(
        invocation({ status: 'TimedOut', asked: '2026-11-22T11:00:00.000Z' }),
        invocation({ status: 'Failed', asked: '2026-11-22T09:00:00.000Z' }),
      ),
      'TimedOut',
    ],
  ])('%s: failed', (_what, seen, words) => {
    expect(says('run-command', seen)).toContain(words);
  });
});

describe('store-parameters', () => {
  const LEVEL: Parameter = { name: 'log-level', type: 'String', value: 'info', tier: 'Standard', pattern: '^(info)$' };
  const HOSTS: Parameter = { name: 'hosts', type: 'StringList', value: 'a,b', tier: 'Standard' };
  const SECRET: Parameter = { name: 'password', type: 'SecureString', key: 'alias/aws/ssm', tier: 'Standard' };

  test('passes', () => {
    expect(check('store-parameters', [LEVEL, HOSTS, SECRET])).toEqual({ status: 'passed' });
  });

  test.each<[string, Parameter[], string]>([
    ['nothing', [], 'there is no log-level'],
    ['no secret', [LEVEL, HOSTS], 'CloudFormation cannot make one'],
    ['a password that everybody can read', [LEVEL, HOSTS, { ...SECRET, type: 'String' }], 'password is a String'],
    ['a list that is a string', [LEVEL, { ...HOSTS, type: 'String' }, SECRET], 'hosts is a String'],
    ['a level of one’s own', [{ ...LEVEL, value: 'verbose' }, HOSTS, SECRET], '"verbose"'],
    ['no pattern', [{ ...LEVEL, pattern: undefined }, HOSTS, SECRET], 'it has no pattern'],
    ['a list of one', [LEVEL, { ...HOSTS, value: 'a, ' }, SECRET], 'it has 1'],
    ['the tier that costs', [LEVEL, HOSTS, { ...SECRET, tier: 'Advanced' }], 'password is in the advanced tier'],
  ])('%s: failed', (_what, seen, words) => {
    expect(says('store-parameters', seen)).toContain(words);
  });
});

describe('automate-restart', () => {
  const role: NonNullable<Runbook['role']> = {
    name: `${PREFIX}-automation`,
    exists: true,
    trusted: true,
    policies: [],
    actions: ['ec2:StopInstances'],
  };
  const runbook = (changes: Partial<Runbook> = {}): Runbook[] => [
    {
      name: `${PREFIX}-restart`,
      status: 'Active',
      readable: true,
      actions: ['aws:changeInstanceState', 'aws:changeInstanceState'],
      role,
      executions: [{ id: 'e-1', status: 'Success' }],
      ...changes,
    },
  ];
  const acting = (changes: Partial<typeof role>): Runbook[] => runbook({ role: { ...role, ...changes } });
  const failure = { id: 'e-2', status: 'Failed', failure: 'not authorized to perform ec2:StopInstances' };

  test('passes with an execution that succeeded', () => {
    expect(check('automate-restart', runbook())).toEqual({ status: 'passed' });
    const again = [{ id: 'e-2', status: 'InProgress' }, ...(runbook()[0]?.executions ?? [])];
    expect(check('automate-restart', runbook({ executions: again }))).toEqual({ status: 'passed' });
  });

  test.each<[string, Runbook[], string]>([
    ['no runbook', [], 'no document of the type Automation'],
    ['one in YAML', runbook({ readable: false }), 'not JSON'],
    ['a script for a step', runbook({ actions: ['aws:runCommand'] }), 'has aws:runCommand'],
    ['no role', runbook({ role: undefined }), 'names none'],
    ['a role that is gone', acting({ exists: false }), 'is not there'],
    ['a role for machines', acting({ trusted: false }), 'trusts others'],
    ['an administrator', acting({ policies: ['AdministratorAccess'] }), 'has AdministratorAccess'],
    ['all of EC2', acting({ actions: ['ec2:*'] }), 'has ec2:*'],
    ['everything', acting({ actions: ['*'] }), 'has *'],
    ['never started', runbook({ executions: [] }), 'was never started'],
    ['not over', runbook({ executions: [{ id: 'e-1', status: 'InProgress' }] }), 'is InProgress'],
    ['one that failed', runbook({ executions: [failure] }), 'not authorized to perform ec2:StopInstances'],
  ])('%s: failed', (_what, seen, words) => {
    expect(says('automate-restart', seen)).toContain(words);
  });
});

describe('tell-about-commands', () => {
  const telling = (changes: Partial<Telling> = {}): Telling[] => [
    {
      name: `${PREFIX}-commands`,
      enabled: true,
      sources: ['aws.ssm'],
      kinds: ['EC2 Command Status-change Notification'],
      targets: ['arn:aws:sns:us-east-1:111111111111:commands'],
      ...changes,
    },
  ];

  test('passes', () => {
    expect(check('tell-about-commands', telling())).toEqual({ status: 'passed' });
  });

  test.each<[string, Telling[], string]>([
    ['no rule', [], 'none carries its name'],
    ['a disabled one', telling({ enabled: false }), 'is disabled'],
    ['another service', telling({ sources: ['aws.ec2'] }), 'matches aws.ec2'],
    ['another kind of event', telling({ kinds: ['Parameter Store Change'] }), 'Parameter Store Change'],
    ['no target', telling({ targets: [] }), 'has no target'],
  ])('%s: failed', (_what, seen, words) => {
    expect(says('tell-about-commands', seen)).toContain(words);
  });
});

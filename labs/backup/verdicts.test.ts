// What the checks say of right and wrong answers, as plain objects: a learner's likely mistakes, each with the hint that names it.

import type { Verdict } from '../../lib/kit';
import { guardVault, planBackups, scheduleBackups } from './exercises/plan';
import { copyAcrossRegions, restoreBackup } from './exercises/recover';
import { WEEKLY } from './facts';
import type { BackupJob, Copies, RestoreJob } from './observe/jobs';
import type { Plan, Rule, Selection } from './observe/plans';
import type { Vault } from './observe/vaults';
import type { Volume } from './observe/volumes';
import { rhythmOf } from './schedules';
import { isForbidden } from './vault-policy';

const said = (verdict: Verdict): string =>
  verdict.status === 'failed' ? `${verdict.actual} / ${verdict.hint}` : verdict.status;

const rule = (more: Partial<Rule> = {}): Rule => ({
  name: 'daily',
  vault: 'worklab-abc123-vault',
  schedule: 'cron(0 5 ? * * *)',
  timeZone: 'Etc/UTC',
  keptDays: 1,
  continuous: false,
  copies: [],
  ...more,
});
const role = {
  name: 'worklab-abc123-backup',
  trusted: true,
  policies: ['arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup'],
};
const selection = (more: Partial<Selection> = {}): Selection => ({
  name: 'tagged',
  role,
  byTag: true,
  resources: [],
  chosen: ['vol-1'],
  ...more,
});
const plan = (more: Partial<Plan> = {}): Plan => ({
  id: 'p',
  name: 'worklab-abc123-plan',
  rules: [rule()],
  selections: [selection()],
  ebsOptedIn: true,
  ...more,
});

describe('a plan', () => {
  const check = (...plans: Plan[]) => said(planBackups.check({ plans, vaults: ['worklab-abc123-vault'] }));

  test('with a rule into the lab’s vault, an end and a selection by tag will do', () => {
    expect(check(plan())).toBe('passed');
    expect(check(plan({ rules: [] }), plan())).toBe('passed');
    expect(check(plan({ selections: [selection({ chosen: [] }), selection()] }))).toBe('passed');
    const own = { ...role, policies: ['backups-of-my-own'] };
    expect(check(plan({ selections: [selection({ role: own })] }))).toBe('passed');
  });

  test.each<[string, Plan[], RegExp]>([
    ['is not there', [], /no plan carries/],
    ['has no rules', [plan({ rules: [] })], /use no vault/],
    ['fills the vault "Default"', [plan({ rules: [rule({ vault: 'Default' })] })], /use Default/],
    ['keeps backups for ever', [plan({ rules: [rule({ keptDays: undefined })] })], /for ever .*lifecycle/],
    [
      'keeps them longer than the lock lets it',
      [plan({ rules: [rule(), rule({ name: 'w', keptDays: 35 })] })],
      /"w" keeps them 35/,
    ],
    ['selects nothing', [plan({ selections: [] })], /selects nothing/],
    [
      'selects by a tag that no volume has',
      [plan({ selections: [selection({ chosen: [] })] })],
      /none of the lab's volumes/,
    ],
    ['selects by ARN', [plan({ selections: [selection({ byTag: false })] })], /by a tag/],
    [
      'has a role that does not trust AWS Backup',
      [plan({ selections: [selection({ role: { ...role, trusted: false } })] })],
      /does not trust/,
    ],
    [
      'has a role without a policy',
      [plan({ selections: [selection({ role: { ...role, policies: [] } })] })],
      /no policy for backups/,
    ],
    ['selects a type that is not opted in', [plan({ ebsOptedIn: false })], /switched off.*opted in/],
  ])('that %s will not', (_, plans, expected) => {
    expect(check(...plans)).toMatch(expected);
  });
});

describe('a schedule', () => {
  const check = (...schedules: string[]) =>
    said(
      scheduleBackups.check({ plans: [plan({ rules: schedules.map((schedule) => rule({ schedule })) })], vaults: [] }),
    );

  test('of every day and every week will do, as cron or as a rate', () => {
    expect(check('cron(30 2 * * ? *)', WEEKLY)).toBe('passed');
    expect(check('cron(0 5 ? * 1 *)', 'cron(0 5 ? * * *)')).toBe('passed');
    expect(check('rate(1 day)', 'rate(7 days)')).toBe('passed');
  });

  test.each([
    ['only every day', ['cron(0 5 ? * * *)'], /once|day of the week/],
    ['only every week', [WEEKLY], /SUN/],
    ['every hour', ['cron(0 * ? * * *)', WEEKLY], /run cron\(0 \* /],
    ['on weekdays for every day', ['cron(0 5 ? * MON-FRI *)', WEEKLY], /MON-FRI/],
    ['on the first of a month for every week', ['cron(0 5 ? * * *)', 'cron(0 5 1 * ? *)'], /1 \* \?/],
  ])('%s will not', (_, schedules, expected) => {
    expect(check(...schedules)).toMatch(expected);
  });

  test('needs a plan with rules', () => {
    expect(said(scheduleBackups.check({ plans: [], vaults: [] }))).toMatch(/no plan carries/);
    expect(said(scheduleBackups.check({ plans: [plan({ rules: [] })], vaults: [] }))).toMatch(/no rules/);
  });

  test('that cannot be read runs at no known time', () => {
    expect(['', 'every day', 'cron(0 5 * * *)', 'rate(0 days)', 'cron(0/5 5 ? * * *)'].map(rhythmOf)).toEqual(
      Array(5).fill('another'),
    );
  });
});

const DENY = {
  Effect: 'Deny',
  Principal: '*',
  Action: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'],
  Resource: '*',
};
const policy = (...statements: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const vault = (more: Partial<Vault> = {}): Vault => ({
  name: 'worklab-abc123-vault',
  arn: 'arn:aws:backup:us-east-1:111111111111:backup-vault:worklab-abc123-vault',
  lock: { minDays: 1, maxDays: 7 },
  policy: policy(DENY),
  tells: { topic: 't', events: ['BACKUP_JOB_FAILED', 'RESTORE_JOB_COMPLETED', 'COPY_JOB_FAILED'] },
  ...more,
});

describe('a vault', () => {
  const check = (...vaults: Vault[]) => said(guardVault.check(vaults));

  test('that is guarded by policy and lock and tells its topic will do', () => {
    expect(check(vault())).toBe('passed');
    expect(check(vault({ policy: policy({ ...DENY, Principal: { AWS: ['*'] }, Action: 'backup:*' }) }))).toBe('passed');
    expect(check(vault({ policy: JSON.stringify({ Statement: DENY }), lock: { minDays: 2, maxDays: 3 } }))).toBe(
      'passed',
    );
  });

  test.each<[string, Partial<Vault>, RegExp]>([
    ['without a policy', { policy: undefined }, /has no access policy/],
    ['whose policy allows instead', { policy: policy({ ...DENY, Effect: 'Allow' }) }, /Deny/],
    [
      'whose policy denies the deletion of the vault',
      { policy: policy({ ...DENY, Action: 'backup:DeleteBackupVault' }) },
      /does not/,
    ],
    [
      'whose policy denies one user',
      { policy: policy({ ...DENY, Principal: { AWS: 'arn:aws:iam::1:user/u' } }) },
      /principal is/,
    ],
    [
      'whose policy forgets the lifecycle',
      { policy: policy({ ...DENY, Action: 'backup:DeleteRecoveryPoint' }) },
      /does not/,
    ],
    ['that is not locked', { lock: undefined }, /is not locked/],
    ['that is locked for 35 days', { lock: { minDays: 1, maxDays: 35 } }, /at most 35/],
    ['that is locked without an end', { lock: { minDays: 1 } }, /any number of days/],
    [
      'with a compliance lock',
      { lock: { minDays: 1, maxDays: 7, finalFrom: '2026-11-25' } },
      /2026-11-25.*delete the lock/,
    ],
    ['that tells nobody', { tells: undefined }, /tells nobody/],
    [
      'that tells of something else',
      { tells: { topic: 't', events: ['BACKUP_JOB_COMPLETED'] } },
      /tells of BACKUP_JOB_COMPLETED/,
    ],
  ])('%s will not', (_, more, expected) => {
    expect(check(vault(more))).toMatch(expected);
  });

  test('of another name is not the lab’s', () => expect(check()).toMatch(/no vault carries/));

  test('a policy that cannot be read forbids nothing', () => {
    expect([undefined, '', '{', '{}', '[]'].map((text) => isForbidden(text, 'backup:DeleteRecoveryPoint'))).toEqual(
      Array(5).fill(false),
    );
  });
});

const backup = (more: Partial<BackupJob> = {}): BackupJob => ({
  id: 'b',
  state: 'COMPLETED',
  volume: 'vol-1',
  vault: 'worklab-abc123-vault',
  point: 'arn:aws:ec2:us-east-1::snapshot/snap-1',
  ...more,
});
const volume: Volume = {
  id: 'vol-2',
  arn: 'a',
  zone: 'us-east-1a',
  state: 'available',
  tags: {},
  fromSnapshot: 'snap-1',
};
const restore = (more: Partial<RestoreJob> = {}): RestoreJob => ({
  id: 'r',
  state: 'COMPLETED',
  point: 'p',
  volume,
  ...more,
});

describe('a restore', () => {
  const check = (backups: BackupJob[], restores: RestoreJob[] = []) => restoreBackup.check({ backups, restores });

  test('that made a volume will do, though nobody looks into it', () => {
    const verdict = check([backup()], [restore({ state: 'FAILED', volume: undefined }), restore()]);
    expect(verdict).toEqual({ status: 'passed', notLookedAt: ['the data on the restored volume'] });
    expect(check([], [restore({ volume: { ...volume, state: 'in-use' } })]).status).toBe('passed');
  });

  test.each<[string, BackupJob[], RestoreJob[], RegExp]>([
    ['without a backup', [], [], /no backup job/],
    ['of a backup that runs', [backup({ state: 'RUNNING' })], [], /is RUNNING.*look again/],
    [
      'of a backup that the lock refused',
      [backup({ state: 'FAILED', why: 'retention' })],
      [],
      /FAILED: retention.*lock/,
    ],
    ['that nobody began', [backup()], [], /nobody has restored it/],
    ['that runs', [backup()], [restore({ state: 'PENDING', volume: undefined })], /is PENDING.*look again/],
    [
      'whose role may not',
      [backup()],
      [restore({ state: 'FAILED', why: 'Access Denied', volume: undefined })],
      /Access Denied.*two permissions/,
    ],
    ['whose volume was deleted', [backup()], [restore({ volume: undefined })], /its volume is gone/],
    ['whose volume is broken', [backup()], [restore({ volume: { ...volume, state: 'error' } })], /vol-2 is error/],
  ])('%s will not', (_, backups, restores, expected) => {
    expect(said(check(backups, restores))).toMatch(expected);
  });
});

describe('a copy', () => {
  const THERE = 'arn:aws:backup:us-west-2:111111111111:backup-vault:worklab-abc123-copies';
  const copying = plan({ rules: [rule({ copies: [{ vaultArn: THERE, keptDays: 1 }] })] });
  const seen = (more: Partial<Copies> = {}): Copies => ({
    region: 'us-east-1',
    plans: [copying],
    vaults: [THERE],
    jobs: [],
    arrived: [],
    ...more,
  });
  const check = (more: Partial<Copies>) => copyAcrossRegions.check(seen(more));
  const to = (vaultArn: string, keptDays?: number) => [plan({ rules: [rule({ copies: [{ vaultArn, keptDays }] })] })];

  test('that the plan makes will do; that one has arrived is told apart', () => {
    expect(check({})).toEqual({ status: 'passed', notLookedAt: [expect.stringContaining('none has been made yet')] });
    expect(check({ arrived: ['snap-1'] })).toEqual({ status: 'passed' });
  });

  test.each<[string, Partial<Copies>, RegExp]>([
    ['without a vault there', { vaults: [] }, /no vault there/],
    ['without a plan', { plans: [] }, /no plan carries/],
    ['that no rule makes', { plans: [plan()] }, /no rule of worklab-abc123-plan/],
    [
      'into a vault of the same region',
      { plans: to(THERE.replace('us-west-2', 'us-east-1'), 1) },
      /us-east-1.*region is the fourth/,
    ],
    ['that is kept for ever', { plans: to(THERE) }, /for ever.*of its own/],
    ['that is on its way', { jobs: [{ id: 'c', state: 'RUNNING' }] }, /c is RUNNING.*look again/],
    ['that failed', { jobs: [{ id: 'c', state: 'FAILED', why: 'Access Denied' }] }, /FAILED: Access Denied/],
  ])('%s will not', (_, more, expected) => {
    expect(said(check(more))).toMatch(expected);
  });

  test('cannot be told where the run stands in the copy region itself', () => {
    expect(check({ region: 'us-west-2' }).status).toBe('unknown');
  });
});

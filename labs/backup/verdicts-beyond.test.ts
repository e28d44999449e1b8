// What the checks beyond the programme say of right and wrong answers.

import type { Verdict } from '../../lib/kit';
import { copyAcrossAccounts, recoverPointInTime, reportOnBackups } from './exercises/beyond';
import type { ReportPlan, Sharing } from './observe/extras';
import type { Plan } from './observe/plans';

const said = (verdict: Verdict): string =>
  verdict.status === 'failed' ? `${verdict.actual} / ${verdict.hint}` : verdict.status;

describe('a report', () => {
  const plan = (more: Partial<ReportPlan> = {}): ReportPlan => ({
    name: 'worklab_abc123_backups',
    template: 'BACKUP_JOB_REPORT',
    formats: ['CSV'],
    bucket: 'b',
    jobs: [{ state: 'COMPLETED' }],
    ...more,
  });

  test('that was delivered will do; one that nobody asked for is told apart', () => {
    expect(reportOnBackups.check([plan()])).toEqual({ status: 'passed', notLookedAt: ['what the report says'] });
    expect(reportOnBackups.check([plan({ jobs: [] })])).toEqual({
      status: 'passed',
      notLookedAt: [expect.stringContaining('none has been asked for')],
    });
  });

  test.each<[string, ReportPlan[], RegExp]>([
    ['without a plan', [], /no report plan/],
    ['on restores', [plan({ template: 'RESTORE_JOB_REPORT' })], /RESTORE_JOB_REPORT/],
    ['as JSON', [plan({ formats: ['JSON'] })], /as JSON/],
    ['that the bucket refused', [plan({ jobs: [{ state: 'FAILED', why: 'Access Denied' }] })], /Access Denied.*bucket/],
  ])('%s will not', (_, plans, expected) => {
    expect(said(reportOnBackups.check(plans))).toMatch(expected);
  });
});

describe('a continuous backup', () => {
  const bucket = { name: 'worklab-abc123-documents', arn: 'arn:aws:s3:::worklab-abc123-documents', versioned: true };
  const role = {
    name: 'r',
    trusted: true,
    policies: ['arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup'],
  };
  const rule = {
    name: 'c',
    vault: 'v',
    schedule: 'cron(0 5 ? * * *)',
    timeZone: 'Etc/UTC',
    continuous: true,
    copies: [],
    keptDays: 1,
  };
  const selection = { name: 's', role, byTag: false, resources: [bucket.arn], chosen: [] };
  const plan = (more: Partial<Plan> = {}): Plan => ({
    id: 'p',
    name: 'worklab-abc123-continuous',
    rules: [rule],
    selections: [selection],
    ebsOptedIn: true,
    ...more,
  });
  const check = (plans: Plan[], buckets = [bucket]) => recoverPointInTime.check({ plans, buckets });

  test('of a versioned bucket will do', () => expect(check([plan()]).status).toBe('passed'));

  test.each<[string, Verdict, RegExp]>([
    ['without a plan', check([]), /no plan/],
    ['by a nightly rule', check([plan({ rules: [{ ...rule, continuous: false }] })]), /no rule .* is continuous/],
    ['of nothing', check([plan({ selections: [] })]), /selects none/],
    ['of a bucket without versions', check([plan()], [{ ...bucket, versioned: false }]), /0 with versioning/],
    [
      'with the role of volumes',
      check([plan({ selections: [{ ...selection, role: { ...role, policies: [] } }] })]),
      /r may not/,
    ],
  ])('%s will not', (_, verdict, expected) => {
    expect(said(verdict)).toMatch(expected);
  });
});

describe('copies into other accounts', () => {
  const allow = { Effect: 'Allow', Principal: '*', Action: 'backup:CopyIntoBackupVault', Resource: '*' };
  const within = (id: string) => ({ ...allow, Condition: { StringEquals: { 'aws:PrincipalOrgID': id } } });
  const seen = (statement?: object, more: Partial<Sharing> = {}): Sharing => ({
    organization: { id: 'o-abcdefghij', managedHere: true },
    crossAccount: true,
    vaults: [{ name: 'v', arn: 'a', policy: statement && JSON.stringify({ Statement: [statement] }) }],
    ...more,
  });
  const check = (sharing: Sharing) => copyAcrossAccounts.check(sharing);

  test('are let in from the organization', () => {
    expect(check(seen(within('o-abcdefghij'))).status).toBe('passed');
  });

  test('cannot be told of an account that is in none', () => {
    expect(check(seen(undefined, { organization: undefined })).status).toBe('unknown');
  });

  test.each<[string, Sharing, RegExp]>([
    ['switched off', seen(within('o-abcdefghij'), { crossAccount: false }), /it is off.*whole organization/],
    ['into a vault without a policy', seen(), /none lets/],
    ['from another organization', seen(within('o-zzzzzzzzzz')), /none lets/],
    ['from anybody', seen(allow), /from anybody/],
    [
      'where the policy allows something else',
      seen({ ...within('o-abcdefghij'), Action: 'backup:StartCopyJob' }),
      /none lets/,
    ],
  ])('%s are not', (_, sharing, expected) => {
    expect(said(check(sharing))).toMatch(expected);
  });
});

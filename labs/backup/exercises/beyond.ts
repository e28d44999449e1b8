// Beyond the programme: reports, points in time, copies that leave the account, and what backups cost.

import { concept, exercise, failed, judge, passed, passedExcept, unknown, type Verdict } from '../../../lib/kit';
import { keptContinuously, REPORTED } from '../demands-beyond';
import { COPY_REGION, KEPT_DAYS, LONGEST_CONTINUOUS, reportPlanName } from '../facts';
import type { ReportPlan, Sharing } from '../observe/extras';
import { see } from '../see';
import { solveWith } from '../solutions';
import { copyingOrganizations, isOpenToCopies } from '../vault-policy';

export const reportOnBackups = exercise({
  id: 'report-on-backups',
  rows: ['backup-a1'],
  title: 'Have reports on backups delivered',
  kind: 'action',
  extra: true,
  asks: [
    'backup compliance monitoring reporting',
    'backup compliance',
    'backup report',
    'backup audit',
    'báo cáo backup',
    'báo cáo sao lưu',
  ],
  task: [
    `A report plan \`${reportPlanName('worklab_<run>')}\` delivers \`BACKUP_JOB_REPORT\` as CSV into a bucket whose name begins with`,
    "`worklab-<run>-`, and one report job is completed. The bucket's policy has to let the role",
    '`AWSServiceRoleForBackupReports` put objects; AWS Backup makes that role with your first report plan, so the plan comes first.',
  ].join(' '),
  observe: see.reports,
  check: (plans) => {
    const verdict = judge(plans, REPORTED, {
      expected: 'a report plan of this run',
      actual: 'no report plan carries the tag or the name of the run',
      hint: 'its name takes letters, digits and underscores',
    });
    return verdict.status === 'passed' ? judgeDelivery(plans) : verdict;
  },
  solve: solveWith((solutions) => solutions.report),
});

function judgeDelivery(plans: readonly ReportPlan[]): Verdict {
  const jobs = plans.flatMap((plan) => plan.jobs);
  if (jobs.some(({ state }) => state === 'COMPLETED')) return passedExcept('what the report says');
  const [latest] = jobs;
  if (latest === undefined) return passedExcept('whether a report is delivered: none has been asked for');
  return failed({
    expected: 'a report that was delivered',
    actual: `the report job is ${latest.state}${latest.why ? `: ${latest.why}` : ''}`,
    hint: 'the bucket lets nobody write unless its policy says so; a job takes some minutes',
  });
}

export const recoverPointInTime = exercise({
  id: 'recover-to-a-point-in-time',
  rows: ['backup-a3'],
  title: 'Keep a bucket recoverable to any second',
  kind: 'provision',
  extra: true,
  asks: ['point in time recovery', 'point in time restore', 'continuous backup', 'pitr', 'khôi phục theo thời điểm'],
  task: [
    'A plan has a rule with continuous backup, and selects the versioned bucket `worklab-<run>-documents-<account>` by its ARN, with the',
    `role \`worklab-<run>-backup-s3\`. At most ${LONGEST_CONTINUOUS} days can be kept, and no more than the vault's lock lets in.`,
  ].join(' '),
  restsOn: ['AWS::Backup::BackupPlan', 'AWS::Backup::BackupSelection', 'AWS::S3::Bucket'],
  observe: see.continuity,
  check: ({ plans, buckets }) => {
    const verdict = judge(plans, keptContinuously(buckets), {
      expected: 'a backup plan of this run',
      actual: 'no plan carries the tag or the name of the run',
      hint: 'a plan beside the nightly one: volumes know no continuous backup',
    });
    return verdict.status === 'passed' ? passedExcept('whether the first continuous backup has been made') : verdict;
  },
  solve: solveWith((solutions) => solutions.continuous),
});

export const copyAcrossAccounts = exercise({
  id: 'copy-across-accounts',
  rows: ['backup-a4'],
  title: 'Let copies leave the account',
  kind: 'action',
  extra: true,
  guard: { by: 'account', because: 'it changes a setting of the whole organization, from its management account' },
  asks: [
    'backup integration aws organization',
    'backup service integration organization',
    'cross account backup sharing',
    'cross account backup',
    'backup nhiều tài khoản',
  ],
  task: [
    'In the management account of an organization: cross-account backup is switched on in the global settings of AWS Backup, and the',
    `access policy of the vault \`worklab-<run>-copies\` in ${COPY_REGION} lets \`backup:CopyIntoBackupVault\` in from the organization`,
    'alone (`aws:PrincipalOrgID`). A vault under the key `aws/backup` cannot be copied out of its account: that takes a key of your own.',
  ].join(' '),
  observe: see.sharing,
  check: judgeSharing,
  solve: solveWith((solutions) => solutions.share),
});

function judgeSharing({ organization, crossAccount, vaults }: Sharing): Verdict {
  if (organization === undefined)
    return unknown('the account is in no organization: copies leave an account only within one');
  if (!crossAccount) {
    return failed({
      expected: 'cross-account backup switched on',
      actual: 'it is off in the global settings of AWS Backup',
      hint: organization.managedHere
        ? 'it is one setting for the whole organization'
        : 'only the management account can switch it on',
    });
  }
  const expected = `a vault in ${COPY_REGION} that takes copies from the organization`;
  if (vaults.some(({ policy }) => isOpenToCopies(policy))) {
    return failed({
      expected,
      actual: 'it takes copies from anybody',
      hint: 'a condition on aws:PrincipalOrgID keeps strangers out',
    });
  }
  return vaults.some(({ policy }) => copyingOrganizations(policy).includes(organization.id))
    ? passed
    : failed({
        expected,
        actual: 'none lets backup:CopyIntoBackupVault in from it',
        hint: "look at the destination's access policy",
      });
}

export const cutBackupCost = concept({
  id: 'cut-backup-cost',
  rows: ['backup-a2'],
  title: 'Know what backups cost, and when they get cheaper',
  extra: true,
  asks: [
    'backup lifecycle management cost optimization',
    'backup lifecycle',
    'backup cost optimization',
    'backup cost',
    'vòng đời backup',
    'chi phí backup',
  ],
  task: [
    'A lifecycle can move a backup into cold storage, where it has to stay 90 days at least: `DeleteAfterDays` is then the days until',
    'the move and 90 more, and an early deletion is charged as if it had stayed. EBS has to opt in to its archive in the rule, and',
    `archives whole snapshots, not increments. This lab keeps ${KEPT_DAYS} day, so nothing of it is ever moved.`,
    '<https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html>',
  ].join(' '),
});

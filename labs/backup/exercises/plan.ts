// Exercises on plans and vaults: what is backed up, when, where to, and who may delete it.

import { concept, exercise, failed, judge } from '../../../lib/kit';
import { GUARDED, planned, SCHEDULED } from '../demands';
import { DAILY, MOST_DAYS, WEEKLY } from '../facts';
import { see } from '../see';
import { solveWith } from '../solutions';

const NO_PLAN = {
  expected: 'a backup plan of this run',
  actual: 'no plan carries the tag or the name of the run',
  hint: 'name it worklab-<run>-plan, or give it the tag worklab:run',
};
const NO_VAULT = {
  expected: 'a backup vault of this run',
  actual: 'no vault carries the tag or the name of the run',
  hint: 'name it worklab-<run>-vault, or give it the tag worklab:run; the vault "Default" is not the lab\'s',
};

export const understandBackup = concept({
  id: 'understand-backup',
  rows: ['backup-1'],
  title: 'Understand how AWS Backup is built',
  asks: [
    'understand aws backup architecture feature',
    'aws backup architecture',
    'backup architecture',
    'aws backup concept',
    'backup feature',
    'aws backup protect',
    'backup protect',
    'kiến trúc aws backup',
    'kiến trúc backup',
    'tính năng backup',
    'khái niệm backup',
  ],
  task: [
    'A plan has rules (when, into which vault, kept how long) and selections (what, by tag or by ARN, with which role). A job',
    'makes a recovery point; a restore makes a new resource, never overwrites one. Look at which resource types your account',
    'has opted in, `aws backup describe-region-settings`, and read',
    '<https://docs.aws.amazon.com/aws-backup/latest/devguide/whatisbackup.html>. What does a selection by tag do with a type that',
    'is not opted in?',
  ].join(' '),
});

export const guardVault = exercise({
  id: 'guard-vault',
  rows: ['backup-3'],
  title: 'Set up a vault that nobody empties',
  kind: 'provision',
  asks: [
    'backup vault access policy',
    'backup vault access control',
    'backup vault encryption',
    'set up backup vault',
    'backup vault',
    'vault lock',
    'backup sns notification',
    'configure sns notification',
    'vault access policy',
    'kho lưu trữ backup',
    'kho backup',
    'chính sách truy cập vault',
  ],
  task: [
    'A vault `worklab-<run>-vault` has an access policy that denies everybody `backup:DeleteRecoveryPoint` and',
    `\`backup:UpdateRecoveryPointLifecycle\`; a governance lock from 1 to ${MOST_DAYS} days (**never** days of grace: that would be`,
    'a compliance lock, which nobody can lift); and it tells the topic `worklab-<run>-backup-events` of `BACKUP_JOB_FAILED` and',
    '`RESTORE_JOB_COMPLETED`.',
  ].join(' '),
  restsOn: ['AWS::Backup::BackupVault', 'AWS::SNS::Topic'],
  observe: see.vaults,
  check: (vaults) => judge(vaults, GUARDED, NO_VAULT),
  solve: solveWith((solutions) => solutions.guard),
});

export const planBackups = exercise({
  id: 'plan-backups',
  rows: ['backup-2'],
  title: 'Plan what is backed up, and for how long',
  kind: 'provision',
  asks: [
    'configure backup plan policy',
    'backup plan policy',
    'backup plan retention policy',
    'backup plan',
    'create backup plan',
    'deploy aws backup',
    'kế hoạch backup',
    'kế hoạch sao lưu',
    'backup policy',
    'chính sách backup',
    'chính sách sao lưu',
  ],
  task: [
    "A plan `worklab-<run>-plan` puts backups into the lab's vault and deletes them after 1 day (at most",
    `${MOST_DAYS}). Its selection finds the volume \`worklab-<run>-precious\` by the tag \`worklab:backup=<run>\`, and acts with the role`,
    '`worklab-<run>-backup`.',
  ].join(' '),
  restsOn: ['AWS::Backup::BackupPlan', 'AWS::Backup::BackupSelection', 'AWS::IAM::Role', 'AWS::EC2::Volume'],
  observe: see.protection,
  check: ({ plans, vaults }) => judge(plans, planned(new Set(vaults)), NO_PLAN),
  solve: solveWith((solutions) => solutions.plan),
});

export const scheduleBackups = exercise({
  id: 'schedule-backups',
  rows: ['backup-4'],
  title: 'Schedule backups by day and by week',
  kind: 'provision',
  asks: [
    'implement automated backup schedule',
    'automated backup schedule',
    'automatic backup schedule',
    'backup schedule',
    'scheduled backup',
    'automate backup',
    'lịch backup',
    'lịch sao lưu',
    'sao lưu tự động',
  ],
  task: [
    `The plan has a rule that runs every day (\`${DAILY}\`) and another that runs once a week (\`${WEEKLY}\`), in a time zone of your`,
    'choice. A job may begin as late as its start window says, an hour at least: do not wait for one.',
  ].join(' '),
  restsOn: ['AWS::Backup::BackupPlan'],
  observe: see.protection,
  check: ({ plans }) => {
    const scheduled = plans.filter(({ rules }) => rules.length > 0);
    return plans.length > 0 && scheduled.length === 0
      ? failed({ ...NO_PLAN, actual: 'the plan has no rules' })
      : judge(scheduled, SCHEDULED, NO_PLAN);
  },
  solve: solveWith((solutions) => solutions.schedule),
});

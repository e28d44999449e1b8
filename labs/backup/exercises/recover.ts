// Exercises on what a plan is for: bring a volume back, and have a copy of it where the region's fate is not shared.

import { exercise, failed, judge, passedExcept, unknown, type Verdict } from '../../../lib/kit';
import { copying } from '../demands';
import { COPY_REGION, KEPT_DAYS, MOST_DAYS } from '../facts';
import type { Copies, Recovery } from '../observe/jobs';
import { see } from '../see';
import { solveWith } from '../solutions';

const RUNNING: readonly string[] = ['CREATED', 'PENDING', 'RUNNING'];

export const restoreBackup = exercise({
  id: 'restore-backup',
  rows: ['backup-5'],
  title: 'Back up a volume, and bring it back',
  kind: 'action',
  asks: [
    'perform backup restoration recovery',
    'backup restoration recovery',
    'backup restoration',
    'backup restore',
    'restored backup',
    'restore operation',
    'test restore',
    'kiểm thử restore',
    'thử restore',
    'restore from backup',
    'perform restore',
    'khôi phục backup',
    'khôi phục từ backup',
    'khôi phục sao lưu',
    'phục hồi backup',
    'phục hồi dữ liệu',
    'on demand backup',
  ],
  task: [
    "An on-demand backup of the volume `worklab-<run>-precious` into the lab's vault, kept 1 day, is completed; and a restore",
    "of it, in the volume's own zone with the role `worklab-<run>-backup`, has made a volume that is available. The role has to",
    'be passed to AWS Backup, and a restored volume carries no tag: `worklab destroy` finds it by its restore job.',
  ].join(' '),
  observe: see.recovery,
  check: judgeRecovery,
  solve: solveWith((solutions) => solutions.restore),
});

function judgeRecovery(seen: Recovery): Verdict {
  const backup = backupVerdict(seen);
  return backup ?? restoreVerdict(seen);
}

/** Undefined when there is a backup to restore. */
function backupVerdict({ backups, restores }: Recovery): Verdict | undefined {
  const expected = "a completed backup of the lab's volume in its vault";
  const [latest] = backups;
  if (restores.length > 0 || backups.some(({ state }) => state === 'COMPLETED')) return undefined;
  if (latest === undefined) {
    return failed({
      expected,
      actual: "no backup job has put anything into the lab's vault",
      hint: 'a backup need not wait for its schedule',
    });
  }
  const actual = `backup job ${latest.id} is ${latest.state}${latest.why ? `: ${latest.why}` : ''}`;
  const hint = RUNNING.includes(latest.state)
    ? 'it takes some minutes: look again when it is COMPLETED'
    : `the vault's lock lets no job in that keeps less than ${KEPT_DAYS} or more than ${MOST_DAYS} days; the role needs a policy for backups`;
  return failed({ expected, actual, hint });
}

function restoreVerdict({ restores }: Recovery): Verdict {
  const expected = 'a completed restore whose volume is there';
  if (restores.some(({ state, volume }) => state === 'COMPLETED' && isThere(volume?.state))) {
    return passedExcept('the data on the restored volume');
  }
  const [latest] = restores;
  if (latest === undefined) {
    return failed({
      expected,
      actual: 'the backup is completed, and nobody has restored it',
      hint: 'what a restore has to know (zone, size) stands in the restore metadata of the recovery point',
    });
  }
  const why = latest.why ? `: ${latest.why}` : '';
  if (latest.state !== 'COMPLETED') {
    const hint = RUNNING.includes(latest.state)
      ? 'it takes some minutes: look again when it is COMPLETED'
      : 'making a backup and restoring it are two permissions: the role needs a policy for each';
    return failed({ expected, actual: `restore job ${latest.id} is ${latest.state}${why}`, hint });
  }
  const actual = latest.volume ? `its volume ${latest.volume.id} is ${latest.volume.state}` : 'its volume is gone';
  return failed({ expected, actual, hint: 'restore it again: a recovery point can be restored as often as you like' });
}

const isThere = (state: string | undefined): boolean => state === 'available' || state === 'in-use';

export const copyAcrossRegions = exercise({
  id: 'copy-across-regions',
  rows: ['backup-6'],
  title: 'Copy backups into another region',
  kind: 'provision',
  asks: [
    'configure cross region cross account backup',
    'cross region cross account backup',
    'cross region backup copy',
    'cross region backup',
    'cross region copy',
    'backup copy another region',
    'disaster recovery copy',
    'backup liên vùng',
    'sao lưu liên vùng',
    'backup khác region',
  ],
  task: [
    `A rule of the plan copies its backups into the vault \`worklab-<run>-copies\` in ${COPY_REGION}, where they are deleted after 1`,
    `day (at most ${MOST_DAYS}). The rule's first copy is made when its schedule comes; one by hand need not wait. A copy into another`,
    'account is asked for by `copy-across-accounts`, and needs an organization.',
  ].join(' '),
  restsOn: ['AWS::Backup::BackupVault', 'AWS::Backup::BackupPlan'],
  observe: see.copies,
  check: judgeCopies,
  solve: solveWith((solutions) => solutions.copy),
});

function judgeCopies({ region, plans, vaults, jobs, arrived }: Copies): Verdict {
  if (region === COPY_REGION) return unknown(`the run itself stands in ${COPY_REGION}: deploy it in another region`);
  if (vaults.length === 0) {
    return failed({
      expected: `a vault of this run in ${COPY_REGION}`,
      actual: 'no vault there carries the tag or the name of the run',
      hint: 'vaults belong to one region; the lab made one there, worklab-<run>-copies',
    });
  }
  const verdict = judge(plans, copying(new Set(vaults)), {
    expected: 'a backup plan of this run',
    actual: 'no plan carries the tag or the name of the run',
    hint: 'copies are made by a rule of a plan, so a plan comes first',
  });
  if (verdict.status !== 'passed' || arrived.length > 0) return verdict;
  const [latest] = jobs;
  if (latest === undefined) return passedExcept('whether a copy arrives: none has been made yet');
  const expected = `a copy that has arrived in ${COPY_REGION}`;
  const actual = `copy job ${latest.id} is ${latest.state}${latest.why ? `: ${latest.why}` : ''}`;
  const hint = RUNNING.includes(latest.state)
    ? 'it takes some minutes: look again when it is COMPLETED'
    : 'the message of the job says what it lacked; the role that makes backups may copy them too';
  return failed({ expected, actual, hint });
}

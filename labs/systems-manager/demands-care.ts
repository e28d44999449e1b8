// What the exercises ask of patches, inventories and maintenance windows. Read by the checks and by the solutions. Pure.

import type { Demand } from '../../lib/kit';
import { listed, onSchedule } from './demands';
import type { Inventory } from './observe/inventory';
import type { Patching } from './observe/patching';
import type { MaintenanceWindow } from './observe/windows';

export const PATCHED: readonly Demand<Patching>[] = [
  {
    expected: 'a machine in a patch group',
    met: ({ group }) => group !== undefined,
    actual: ({ node }) => `${node} has no tag PatchGroup`,
    hint: 'the tag PatchGroup (or "Patch Group") of the instance names its group',
  },
  {
    expected: 'a patch baseline of your own for the group and Amazon Linux 2023',
    met: ({ baseline }) => baseline !== undefined,
    actual: ({ group }) => `for ${group} the baseline that AWS provides is in force`,
    hint: 'a baseline is for one operating system, and judges the groups that it is registered for',
  },
  {
    expected: 'a baseline that is registered for the group',
    met: ({ baseline, group }) => baseline?.groups.includes(group ?? '') ?? false,
    actual: ({ baseline, group }) => `${baseline?.name} is the account's default, and not registered for ${group}`,
    hint: 'leave the default of the account alone: register the baseline for the patch group',
  },
  {
    expected: 'a rule that approves critical security patches',
    met: ({ baseline }) =>
      (baseline?.rules ?? []).some(
        ({ classifications, severities }) =>
          names(classifications, 'Security') && (severities.length === 0 || names(severities, 'Critical')),
      ),
    actual: ({ baseline }) => `${baseline?.name} has ${baseline?.rules.length === 0 ? 'no rule' : 'none that does'}`,
    hint: 'filter by CLASSIFICATION Security and SEVERITY Critical: without a rule nothing is ever missing',
  },
  {
    expected: 'approval within a week',
    met: ({ baseline }) => (baseline?.rules ?? []).some(({ days }) => days !== undefined && days <= 7),
    actual: ({ baseline }) =>
      `${baseline?.name} waits ${baseline?.rules.map(({ days }) => days ?? 'for a date').join(', ')} days`,
    hint: 'auto-approval counts from the day on which a patch is released',
  },
  {
    expected: 'a scan on a schedule',
    met: ({ scans }) => scans.some(({ schedule }) => onSchedule(schedule)),
    actual: ({ node, scans }) =>
      scans.length === 0 ? `AWS-RunPatchBaseline is not associated with ${node}` : 'the association has no schedule',
    hint: 'associate AWS-RunPatchBaseline with the machine, with the parameter Operation',
  },
  {
    expected: 'the operation Scan',
    met: ({ scans }) => scans.some(({ operation, schedule }) => operation === 'Scan' && onSchedule(schedule)),
    actual: ({ scans }) => `the operation is ${listed(scans.map(({ operation }) => operation))}`,
    hint: 'Install reboots the machine as it sees fit; a scan only reports what is missing',
  },
];

const names = (values: readonly string[], wanted: string): boolean => values.includes(wanted) || values.includes('*');

export const GATHERED: readonly Demand<Inventory>[] = [
  {
    expected: 'an association of AWS-GatherSoftwareInventory with the machine',
    met: ({ gathering }) => gathering.length > 0,
    actual: ({ node }) => `${node} is asked for none`,
    hint: 'State Manager asks for the inventory; a machine can have one such association only',
  },
  {
    expected: 'a schedule for it',
    met: ({ gathering }) => gathering.some(({ schedule }) => onSchedule(schedule)),
    actual: () => 'the association has none: it gathered once',
    hint: 'inventory grows old: a rate of 30 minutes is the shortest',
  },
  {
    expected: 'a run that succeeded',
    met: ({ gathering }) => gathering.some(({ status }) => status === 'Success'),
    actual: ({ gathering, online }) =>
      `it is ${listed(gathering.map(({ status }) => status))}${online ? '' : ', and the machine is not online'}`,
    hint: 'the first run takes up to five minutes; two inventory associations on one machine make both fail',
  },
  {
    expected: 'entries about applications or AWS components',
    met: ({ entries }) => entries.length > 0,
    actual: ({ node }) => `${node} has told of neither`,
    hint: 'each type of inventory is a parameter of the document: Enabled or not',
  },
];

export const WINDOWED: readonly Demand<MaintenanceWindow>[] = [
  {
    expected: 'a window that is enabled',
    met: ({ enabled }) => enabled,
    actual: ({ name }) => `${name} is disabled`,
    hint: 'a window that is disabled runs nothing',
  },
  {
    expected: 'a window that opens again and again',
    met: ({ schedule }) => onSchedule(schedule),
    actual: ({ name, schedule }) => `${name} has ${schedule}`,
    hint: 'cron() with six fields, or rate()',
  },
  {
    expected: 'a target that names the machine',
    met: ({ targets }) => targets.length > 0,
    actual: ({ name }) => `no target of ${name} names a machine of this run`,
    hint: 'register a target with the window: by the id of the instance, or by a tag that it carries',
  },
  {
    expected: 'a task that scans for patches',
    met: ({ tasks }) =>
      tasks.some(({ type, document }) => type === 'RUN_COMMAND' && document.includes('AWS-RunPatchBaseline')),
    actual: ({ name, tasks }) => `${name} has ${listed(tasks.map(({ document }) => document))}`,
    hint: 'register a task of the type RUN_COMMAND with the document AWS-RunPatchBaseline',
  },
  {
    expected: 'the operation Scan',
    met: ({ tasks }) => tasks.some(({ operation }) => operation === 'Scan'),
    actual: ({ tasks }) => `the operation is ${listed(tasks.map(({ operation = 'not given' }) => operation))}`,
    hint: 'the parameters of the document are among the parameters of the task',
  },
  {
    expected: 'a task that reaches the machine',
    met: ({ tasks }) => tasks.some(({ operation, reaches }) => operation === 'Scan' && reaches),
    actual: () => 'the task aims at something else',
    hint: 'a task names targets of the window by their ids (WindowTargetIds), or instances by theirs',
  },
];

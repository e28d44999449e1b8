// Exercises on looking after a machine: its patches, its state, its inventory, its window, its compliance.

import { exercise, judge, passedExcept } from '../../../lib/kit';
import { KEPT, WATCHED } from '../demands';
import { GATHERED, PATCHED, WINDOWED } from '../demands-care';
import { STATE_FILE } from '../facts';
import { see } from '../see';
import { solveWith } from '../solutions';
import { NO_MACHINE } from './access';

export const patchMachine = exercise({
  id: 'patch-machine',
  rows: ['ssm-4'],
  title: 'Have a machine scanned for patches',
  kind: 'provision',
  asks: [
    'patch manager automated patching',
    'patch manager',
    'automated patching',
    'patch baseline',
    'vá lỗi tự động',
    'quản lý bản vá',
  ],
  task: [
    'A baseline `worklab-<run>-baseline` for Amazon Linux 2023 approves critical security patches within a week, and is registered',
    "for the machine's patch group, `worklab-<run>`. AWS-RunPatchBaseline is associated with the machine: operation Scan, on a",
    'schedule. The default baseline of the account stays as it is.',
  ].join(' '),
  restsOn: ['AWS::SSM::PatchBaseline', 'AWS::SSM::Association', 'AWS::EC2::Instance'],
  observe: see.patching,
  check: (patchings) => {
    const verdict = judge(patchings, PATCHED, NO_MACHINE);
    if (verdict.status !== 'passed') return verdict;
    const scanned = patchings.some((one) => one.scanned !== undefined);
    return passedExcept(scanned ? 'which patches are missing' : 'what a scan finds: none has been reported yet');
  },
  solve: solveWith((solutions) => solutions.patch),
});

export const keepState = exercise({
  id: 'keep-state',
  rows: ['ssm-5'],
  title: 'Keep a machine in order with State Manager',
  kind: 'provision',
  asks: [
    'state manager configuration management',
    'state manager',
    'configuration management',
    'association',
    'quản lý cấu hình',
  ],
  task: [
    `A Command document of your own (\`worklab-<run>-state\`) puts the file \`${STATE_FILE}\` right. It is associated with the machine`,
    'as `worklab-<run>-state`, on a schedule and with a severity, and its run succeeded.',
  ].join(' '),
  restsOn: ['AWS::SSM::Association', 'AWS::SSM::Document', 'AWS::EC2::Instance'],
  observe: see.associations,
  check: ({ nodes, associations }) => {
    const nothing = {
      expected: 'an association with the machine',
      actual: 'no association aims at it',
      hint: 'by the id of the instance, or by a tag that it carries: tag:PatchGroup',
    };
    const verdict = judge(associations, KEPT, nodes.length === 0 ? NO_MACHINE : nothing);
    return verdict.status === 'passed' ? passedExcept(`what is in ${STATE_FILE}`) : verdict;
  },
  solve: solveWith((solutions) => solutions.state),
});

export const gatherInventory = exercise({
  id: 'gather-inventory',
  rows: ['ssm-7'],
  title: 'Gather the inventory of a machine',
  kind: 'provision',
  asks: ['inventory metadata collection', 'inventory metadata', 'inventory', 'thu thập siêu dữ liệu', 'kiểm kê'],
  task: [
    'AWS-GatherSoftwareInventory is associated with the machine (`worklab-<run>-inventory`) on a schedule, its run succeeded, and',
    'the machine has told about its applications or its AWS components.',
  ].join(' '),
  restsOn: ['AWS::SSM::Association', 'AWS::EC2::Instance'],
  observe: see.inventory,
  check: (inventories) => {
    const verdict = judge(inventories, GATHERED, NO_MACHINE);
    return verdict.status === 'passed' ? passedExcept('what is installed on the machine') : verdict;
  },
  solve: solveWith((solutions) => solutions.inventory),
});

export const scheduleMaintenance = exercise({
  id: 'schedule-maintenance',
  rows: ['ssm-8'],
  title: 'Open a maintenance window',
  kind: 'provision',
  asks: [
    'maintenance window scheduled task',
    'maintenance window',
    'scheduled task',
    'cửa sổ bảo trì',
    'tác vụ theo lịch',
  ],
  task: [
    'A window `worklab-<run>-window` is enabled and opens on a schedule, for two hours, the last of which begins nothing new. One of',
    'its targets names the machine; a task of the type RUN_COMMAND has AWS-RunPatchBaseline scan that target.',
  ].join(' '),
  restsOn: ['AWS::SSM::MaintenanceWindow', 'AWS::SSM::MaintenanceWindowTarget', 'AWS::SSM::MaintenanceWindowTask'],
  observe: see.windows,
  check: (windows) => {
    const verdict = judge(windows, WINDOWED, {
      expected: 'a maintenance window of this run',
      actual: 'none carries its name',
      hint: 'a window is made first; its targets and tasks are registered with it',
    });
    return verdict.status === 'passed' ? passedExcept('what the task does once the window opens') : verdict;
  },
  solve: solveWith((solutions) => solutions.window),
});

export const watchCompliance = exercise({
  id: 'watch-compliance',
  rows: ['ssm-10'],
  title: 'Watch compliance and drift',
  kind: 'action',
  asks: [
    'monitor compliance configuration drift',
    'compliance configuration drift',
    'compliance drift',
    'configuration drift',
    'compliance',
    'giám sát tuân thủ',
    'tuân thủ cấu hình',
  ],
  task: [
    `Remove \`${STATE_FILE}\` with Run Command, and put what you see as a compliance item of the type \`Custom:worklab_<run>\` about the`,
    'machine: NON_COMPLIANT. Run the association once more, without waiting for its schedule, and put the item again: COMPLIANT.',
    "In the end your item and State Manager's own word on your association are both COMPLIANT.",
  ].join(' '),
  restsOn: ['AWS::EC2::Instance'],
  observe: see.compliance,
  check: (compliances) => {
    const verdict = judge(compliances, WATCHED, NO_MACHINE);
    return verdict.status === 'passed'
      ? passedExcept(`whether ${STATE_FILE} was there when the item was put`)
      : verdict;
  },
  solve: solveWith((solutions) => solutions.comply),
});

// Exercises on tasks between AWS services, which need no agent.

import { exercise, judge, passedExcept } from '../../../lib/kit';
import { COPIES_BUCKETS, COPIES_FILES, MONITORED, THROTTLED, VERIFIES } from '../demands';
import { BYTES_PER_SECOND } from '../facts';
import { see } from '../see';
import { solveWith } from '../solutions';

const NO_TASK = {
  expected: 'a task of this run',
  actual: 'none carries its name or tag, or copies between its buckets',
  hint: 'two locations first: each says where, and with which role or through which subnet',
};
const TYPES = ['AWS::DataSync::Task', 'AWS::DataSync::LocationS3'];

export const copyBuckets = exercise({
  id: 'copy-buckets',
  rows: ['datasync-3'],
  title: 'Set up a task between two buckets',
  kind: 'provision',
  asks: [
    'datasync task automated transfer',
    'datasync task',
    'set up datasync task',
    'automated transfer',
    's3 to s3 transfer',
    'tạo task datasync',
    'thiết lập task',
    'tác vụ datasync',
  ],
  task: [
    'A task `worklab-<run>-datasync-buckets` copies from `worklab-<run>-datasync-source` to `/copy/` of',
    '`worklab-<run>-datasync-target`, with the role `worklab-<run>-datasync`. It can be started.',
  ].join(' '),
  restsOn: TYPES,
  observe: see.tasks,
  check: (tasks) => judge(tasks, COPIES_BUCKETS, NO_TASK),
  solve: solveWith((solutions) => solutions.copyBuckets),
});

export const verify = exercise({
  id: 'verify-copies',
  rows: ['datasync-4'],
  title: 'Verify what was copied, and report it',
  kind: 'provision',
  asks: [
    'data validation verification',
    'verify data transfer',
    'data validation',
    'data verification',
    'data integrity',
    'verification mode',
    'xác minh dữ liệu',
    'kiểm tra dữ liệu',
  ],
  task: [
    'The task between the buckets verifies (all of both ends, or what was transferred) and writes a task report under',
    '`/reports/` of `worklab-<run>-datasync-target`.',
  ].join(' '),
  restsOn: TYPES,
  observe: see.tasks,
  check: (tasks) => judge(tasks, VERIFIES, NO_TASK),
  solve: solveWith((solutions) => solutions.verify),
});

export const throttle = exercise({
  id: 'limit-and-schedule',
  rows: ['datasync-5'],
  title: 'Limit the bandwidth, and schedule',
  kind: 'provision',
  asks: [
    'bandwidth throttling scheduling',
    'bandwidth throttling',
    'bandwidth limit',
    'bandwidth',
    'schedule transfer',
    'task scheduling',
    'scheduling',
    'giới hạn băng thông',
    'lập lịch',
  ],
  task: [
    `The task between the buckets takes at most ${BYTES_PER_SECOND} bytes a second, and has a weekly schedule. Leave it switched`,
    'off: one that is on goes on filling buckets until the run is destroyed.',
  ].join(' '),
  restsOn: TYPES,
  observe: see.tasks,
  check: (tasks) => judge(tasks, THROTTLED, NO_TASK),
  solve: solveWith((solutions) => solutions.throttle),
});

export const monitorExecutions = exercise({
  id: 'monitor-executions',
  rows: ['datasync-6'],
  title: 'Run a task and watch it',
  kind: 'action',
  asks: [
    'monitor datasync task execution performance',
    'monitor datasync task run',
    'monitor datasync task execution',
    'monitor task execution',
    'task execution performance',
    'monitor datasync',
    'task execution',
    'transfer performance',
    'giám sát datasync',
    'theo dõi datasync',
  ],
  task: [
    'The task between the buckets writes to the log group `worklab-<run>-datasync`, and an execution of it has succeeded and',
    'transferred at least one file; its lines stand in the log group.',
  ].join(' '),
  restsOn: [...TYPES, 'AWS::Logs::LogGroup', 'AWS::Logs::ResourcePolicy'],
  observe: see.watched,
  check: (watched) => judge(watched, MONITORED, NO_TASK),
  solve: solveWith((solutions) => solutions.monitor),
});

export const copyFileSystems = exercise({
  id: 'copy-file-systems',
  rows: ['datasync-a1'],
  title: 'Set up a task between two file systems',
  kind: 'provision',
  extra: true,
  asks: ['efs to efs transfer', 'datasync efs', 'efs efs s3 s3 transfer', 'efs transfer', 'đồng bộ efs'],
  task: [
    'A task `worklab-<run>-datasync-files` copies from the file system `worklab-<run>-datasync-efs-from` to',
    '`worklab-<run>-datasync-efs-to`, through the isolated subnet and the security group `worklab-<run>-datasync-efs`.',
  ].join(' '),
  restsOn: ['AWS::DataSync::Task', 'AWS::DataSync::LocationEFS', 'AWS::EFS::FileSystem', 'AWS::EFS::MountTarget'],
  observe: see.tasks,
  check: (tasks) => {
    const verdict = judge(tasks, COPIES_FILES, NO_TASK);
    return verdict.status === 'passed' ? passedExcept('what is on the file systems: nobody has mounted them') : verdict;
  },
  solve: solveWith((solutions) => solutions.copyFileSystems),
});

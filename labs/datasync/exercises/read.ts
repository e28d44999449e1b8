// What there is to read: how DataSync works, and what there is beside it.

import { concept } from '../../../lib/kit';

export const understand = concept({
  id: 'understand-datasync',
  rows: ['datasync-1'],
  title: 'Understand what copies, and where an agent is needed',
  asks: [
    'datasync architecture use case',
    'datasync architecture',
    'datasync use case',
    'understand datasync',
    'understand architecture',
    'datasync concept',
    'kiến trúc datasync',
    'tìm hiểu datasync',
  ],
  task: [
    'Between AWS storage services (S3, EFS, FSx) the service copies by itself, without an agent. What stands elsewhere (NFS,',
    'SMB, HDFS, object stores) is read by an agent, a machine beside it. A location is one end, a task joins two, an execution',
    'is one run of it. Basic mode costs $0.0125 for each GB, Enhanced $0.015 and $0.55 for each execution (2026-11-22).',
    'See https://docs.aws.amazon.com/datasync/latest/userguide/what-is-datasync.html',
  ].join(' '),
});

export const chooseWay = concept({
  id: 'choose-way-to-move-data',
  rows: ['datasync-a3'],
  title: 'Choose how to move much data',
  extra: true,
  asks: [
    'datasync snow family',
    'snow family',
    'data migration practice',
    'large scale data transfer',
    'migration best practice',
    'chuyển dữ liệu lớn',
  ],
  task: [
    'Over the network: DataSync, as long as the link moves the data in days. By lorry: the Snow family is no way for new',
    'customers any more (Snowcone and Snowmobile are gone, Snowball Edge is closed to new customers since November 2025); AWS',
    'Data Transfer Terminal is a place to bring disks to. See https://docs.aws.amazon.com/datasync/latest/userguide/',
  ].join(' '),
});

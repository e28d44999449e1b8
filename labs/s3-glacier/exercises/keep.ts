// Exercises on what must not go: locks, and what protects the archive.

import { exercise, judge } from '../../../lib/kit';
import { LOCKED, PROTECTED, PROVEN } from '../demands';
import { see } from '../see';
import { solveWith } from '../solutions';

const NO_BUCKET = {
  expected: 'a bucket of this run',
  actual: 'none carries its tag or name',
  hint: 'a bucket name is one for all accounts of the world: worklab-<run>-… is yours',
};

export const lockArchive = exercise({
  id: 'lock-archive',
  rows: ['glacier-4'],
  title: 'Lock an archive',
  kind: 'provision',
  asks: [
    'glacier vault lock compliance',
    'glacier vault lock',
    'vault lock',
    'vault lock policy',
    'glacier vault',
    'khóa kho lưu trữ',
    'khóa vault',
  ],
  task: [
    'The vaults of the older Glacier service, and their lock, are closed to new customers since 2025-12-15; S3 Object Lock is',
    'what keeps archives from being deleted today. A bucket `worklab-<run>-locked` has Object Lock with a default retention',
    'of **1 day in governance mode**. Never compliance mode: nobody could delete it, or the bucket, before the date.',
  ].join(' '),
  restsOn: ['AWS::S3::Bucket'],
  observe: see.locks,
  check: (locks) => judge(locks, LOCKED, NO_BUCKET),
  solve: solveWith((solutions) => solutions.lock),
});

export const proveLock = exercise({
  id: 'prove-lock',
  rows: ['glacier-a2'],
  title: 'See a lock hold',
  kind: 'action',
  extra: true,
  asks: ['s3 object lock worm compliance', 's3 object lock', 'object lock', 'worm', 'legal hold', 'object lock worm'],
  task: [
    'Put an object into the locked bucket, delete it without naming a version, and list the versions: a delete marker hides',
    'the key, and the version is still there, locked for at most a day. Deleting that version is refused (AccessDenied).',
  ].join(' '),
  restsOn: ['AWS::S3::Bucket'],
  observe: see.lockedVersions,
  check: (versions) =>
    judge(versions, PROVEN, {
      expected: 'a version in a bucket with Object Lock',
      actual: 'no such bucket of the run holds any',
      hint: 'a lock holds versions of objects: put one first',
    }),
  solve: solveWith((solutions) => solutions.proveLock),
});

export const protectArchive = exercise({
  id: 'protect-archive',
  rows: ['glacier-a1'],
  title: 'Protect what is archived',
  kind: 'provision',
  extra: true,
  asks: [
    'data encryption archived object',
    'encryption archived object',
    'archive encryption',
    'data encryption',
    'encryption',
    'mã hóa dữ liệu',
    'mã hóa',
  ],
  task: [
    '`worklab-<run>-archive` encrypts what is put into it, is closed to the public, and its policy denies everybody every',
    'request that does not come over TLS.',
  ].join(' '),
  restsOn: ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy'],
  observe: see.protections,
  check: (protections) => judge(protections, PROTECTED, NO_BUCKET),
  solve: solveWith((solutions) => solutions.protect),
});

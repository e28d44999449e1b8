// Exercises on volumes: keep data beside the machine, attach it, copy it, bring it back.

import { exercise, failed, judge, passedExcept, type Verdict } from '../../../lib/kit';
import { ATTACHED, DATA } from '../demands';
import { DATA_DEVICE } from '../facts';
import type { Storage } from '../observe/storage';
import { see } from '../see';
import { solveWith } from '../solutions';

const NO_VOLUME = {
  expected: 'a data volume of this run',
  actual: 'no volume beside the root volume carries the tag of the run or is attached to its instance',
  hint: 'a volume stands in one availability zone, and so does the instance',
};

export const attachVolume = exercise({
  id: 'attach-volume',
  rows: ['day6-3'],
  title: 'Attach an EBS volume',
  kind: 'provision',
  asks: [
    'attach ebs volume',
    'attached ebs volume',
    'attach volume',
    'gắn ebs volume',
    'gắn volume',
    'mount volume',
    'attach ebs',
  ],
  task: [
    `A 1 GiB volume \`worklab-<run>-data\` is attached to the running instance as \`${DATA_DEVICE}\`. Then, logged in: it has a`,
    'file system and is mounted.',
  ].join(' '),
  restsOn: ['AWS::EC2::Volume', 'AWS::EC2::VolumeAttachment', 'AWS::EC2::Instance'],
  observe: see.dataVolumes,
  check: (volumes) => {
    const verdict = judge(volumes, ATTACHED, NO_VOLUME);
    return verdict.status === 'passed'
      ? passedExcept('the file system on the volume, and where it is mounted')
      : verdict;
  },
  solve: solveWith((solutions) => solutions.attach),
});

export const snapshotVolume = exercise({
  id: 'snapshot-volume',
  rows: ['ec2-7'],
  title: 'Manage a volume and its snapshots',
  kind: 'provision',
  asks: [
    'manage ebs volume snapshot',
    'ebs volume snapshot',
    'manage ebs volume',
    'ebs volume',
    'ebs snapshot',
    'volume snapshot',
    'snapshot',
    'quản lý ebs volume',
    'ebs',
  ],
  task: 'An encrypted gp3 volume `worklab-<run>-data` keeps data beside the root volume, and a snapshot of it is completed.',
  restsOn: ['AWS::EC2::Volume'],
  observe: see.storage,
  check: (storage) => {
    const verdict = judge(storage.volumes, DATA, NO_VOLUME);
    return verdict.status === 'passed' ? judgeSnapshots(storage) : verdict;
  },
  solve: solveWith((solutions) => solutions.snapshot),
});

function judgeSnapshots({ volumes, snapshots }: Storage): Verdict {
  const own = snapshots.filter(({ volume, ofImage }) => !ofImage && volumes.some(({ id }) => id === volume));
  return judge(
    own,
    [
      {
        expected: 'a completed snapshot of the data volume',
        met: ({ state }) => state === 'completed',
        actual: ({ id, state }) => `${id} is ${state}`,
        hint: 'the first snapshot of a volume copies every block in use, later ones only what changed',
      },
    ],
    {
      expected: 'a snapshot of the data volume',
      actual: 'no snapshot of it, images aside',
      hint: 'a snapshot is of the whole region, so it can bring the volume back in another zone',
    },
  );
}

export const restoreSnapshot = exercise({
  id: 'restore-snapshot',
  rows: ['ec2-a1'],
  title: 'Restore a snapshot',
  kind: 'action',
  extra: true,
  asks: [
    'restore ebs snapshot',
    'restore snapshot',
    'restored ebs snapshot',
    'restored snapshot',
    'khôi phục snapshot',
    'phục hồi snapshot',
  ],
  task: 'A volume `worklab-<run>-restored`, made from a snapshot of the data volume, is available or in use.',
  restsOn: ['AWS::EC2::Volume'],
  observe: see.storage,
  check: ({ volumes, snapshots }) => {
    const restored = volumes.filter(({ fromSnapshot }) => snapshots.some(({ id }) => id === fromSnapshot));
    if (restored.some(({ state }) => state === 'available' || state === 'in-use')) {
      return passedExcept('the data on the restored volume');
    }
    return failed({
      expected: 'a volume made from a snapshot of this run',
      actual: restored[0] === undefined ? 'no such volume' : `${restored[0].id} is ${restored[0].state}`,
      hint: 'a volume remembers the snapshot that it was made from',
    });
  },
  solve: solveWith((solutions) => solutions.restore),
});

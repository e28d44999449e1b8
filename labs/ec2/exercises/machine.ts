// Exercises on the machine itself: launch, set-up, key, life cycle, image.

import { exercise, judge, passedExcept } from '../../../lib/kit';
import { BOOTSTRAPPED, IMAGE, KEYS, LAUNCHED, MANAGED, RESTARTED } from '../demands';
import { MARKER } from '../facts';
import { see } from '../see';
import { solveWith } from '../solutions';

const NO_INSTANCE = {
  expected: 'a running instance of this run',
  actual: 'no instance carries the tag of the run or stands in its network',
  hint: "launch one in the lab's subnet; the tag worklab:run marks it as yours",
};

export const launchInstance = exercise({
  id: 'launch-instance',
  rows: ['day6-1'],
  title: 'Launch an instance',
  kind: 'provision',
  asks: [
    'launch ec2 instance',
    'launch instance',
    'launched ec2 instance',
    'launched instance',
    'create ec2 instance',
    'khởi chạy instance',
    'khởi tạo instance',
    'tạo instance',
  ],
  task: "One instance is running in the lab's own subnet, `10.44.64.0/24`, named `worklab-<run>-machine`.",
  restsOn: ['AWS::EC2::Instance', 'AWS::EC2::Subnet'],
  observe: see.machines,
  check: (machines) => judge(machines, LAUNCHED, NO_INSTANCE),
  solve: solveWith((solutions) => solutions.launch),
});

export const manageInstance = exercise({
  id: 'manage-instance',
  rows: ['ec2-3'],
  title: 'Launch and manage an instance',
  kind: 'provision',
  asks: [
    'launch manage ec2 instance',
    'launch manage instance',
    'manage ec2 instance',
    'manage instance',
    'khởi chạy quản lý instance',
    'khởi tạo quản lý instance',
    'quản lý ec2 instance',
  ],
  task: [
    "A `t4g.nano` (or `t4g.micro`, `t4g.small` where the account's plan wants it) with Amazon Linux 2023 for Arm is running",
    "in the lab's subnet. Its root volume is gp3 and encrypted, it has the instance profile `worklab-<run>-ec2`, and a",
    'shutdown from inside stops it rather than terminates it.',
  ].join(' '),
  restsOn: ['AWS::EC2::Instance', 'AWS::EC2::Subnet', 'AWS::IAM::InstanceProfile', 'AWS::IAM::Role'],
  observe: see.setups,
  check: (setups) => judge(setups, MANAGED, NO_INSTANCE),
  solve: solveWith((solutions) => solutions.manage),
});

export const setUpKeyPair = exercise({
  id: 'set-up-key-pair',
  rows: ['ec2-4'],
  title: 'Set up an SSH key pair',
  kind: 'provision',
  asks: ['ssh key pair', 'key pair', 'cặp khóa ssh', 'cặp khóa', 'cặp khoá'],
  task: [
    'The public key that worklab made for this run (SSM parameter `/worklab-<run>/ec2/public-key`) is imported as the key',
    'pair `worklab-<run>-key`, and a running instance was launched with it.',
  ].join(' '),
  restsOn: ['AWS::EC2::KeyPair', 'AWS::EC2::Instance'],
  observe: see.keyPairs,
  check: (keys) =>
    judge(keys, KEYS, {
      expected: 'an ed25519 key pair that a running instance was launched with',
      actual: 'no key pair carries the tag or the name of the run',
      hint: 'AWS can make a pair, or take the public half of one that never leaves your machine',
    }),
  solve: solveWith((solutions) => solutions.keyPair),
});

export const bootstrapInstance = exercise({
  id: 'bootstrap-instance',
  rows: ['ec2-8'],
  title: 'Set up user data and metadata',
  kind: 'provision',
  asks: [
    'user data metadata',
    'instance user data',
    'user data',
    'userdata',
    'instance metadata',
    'metadata',
    'imds',
    'imdsv2',
    'dữ liệu người dùng',
  ],
  task: [
    `A running instance has user data that writes the file \`${MARKER}\` at the first boot. Its metadata is given out only`,
    'for a session token (IMDSv2 required), and its tags are among the metadata.',
  ].join(' '),
  restsOn: ['AWS::EC2::Instance'],
  observe: see.setups,
  check: (setups) => {
    const verdict = judge(setups, BOOTSTRAPPED, NO_INSTANCE);
    return verdict.status === 'passed' ? passedExcept(`whether the first boot wrote ${MARKER}`) : verdict;
  },
  solve: solveWith((solutions) => solutions.bootstrap),
});

export const stopAndStart = exercise({
  id: 'stop-and-start-instance',
  rows: ['ec2-9'],
  title: 'Take an instance through its life cycle',
  kind: 'action',
  asks: [
    'instance lifecycle state',
    'instance lifecycle',
    'instance life cycle',
    'lifecycle',
    'instance state',
    'stop start instance',
    'stop instance',
    'vòng đời instance',
    'vòng đời',
    'trạng thái instance',
  ],
  task: 'An instance of the lab has been stopped, was seen "stopped", and is running again.',
  restsOn: ['AWS::EC2::Instance'],
  observe: see.machines,
  check: (machines) => judge(machines, RESTARTED, NO_INSTANCE),
  solve: solveWith((solutions) => solutions.restart),
});

export const createImage = exercise({
  id: 'create-image',
  rows: ['ec2-2'],
  title: 'Create a machine image',
  kind: 'action',
  asks: ['amazon machine image ami', 'amazon machine image', 'machine image', 'custom image', 'ami'],
  task: 'A private image `worklab-<run>-image`, made from the instance of the lab, is available.',
  restsOn: ['AWS::EC2::Instance'],
  observe: see.images,
  check: (images) =>
    judge(images, IMAGE, {
      expected: "an image made from the lab's instance",
      actual: 'no image carries the tag or the name of the run',
      hint: 'an image can be made of a running instance; without a reboot its file systems may be caught in the middle of a write',
    }),
  solve: solveWith((solutions) => solutions.image),
});

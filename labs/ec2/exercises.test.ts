// The checks, on plain objects: what passes, what does not, and what the learner is told.

import type { Verdict } from '../../lib/kit';
import * as machine from './exercises/machine';
import * as network from './exercises/network';
import * as storage from './exercises/storage';
import * as watching from './exercises/watch';
import type { Setup } from './observe/machines';
import type { DataVolume } from './observe/storage';
import type { Acl, AclEntry } from './observe/traffic';

const GOOD: Setup = {
  id: 'i-1',
  state: 'running',
  type: 't4g.nano',
  architecture: 'arm64',
  inLabSubnet: true,
  zone: 'us-east-1a',
  groups: ['sg-1'],
  keyName: 'worklab-abc123-key',
  profile: 'arn:aws:iam::111111111111:instance-profile/worklab-abc123-ec2',
  httpTokens: 'required',
  metadataTags: 'enabled',
  started: '2026-11-22T10:00:00.000Z',
  assembled: '2026-11-22T10:00:01.000Z',
  userData: '#!/bin/bash\ndate > /var/lib/worklab/ready\n',
  shutdownBehavior: 'stop',
  root: { type: 'gp3', encrypted: true },
};

const passes = (verdict: Verdict, ...notLookedAt: string[]): void =>
  expect(verdict).toEqual(notLookedAt.length === 0 ? { status: 'passed' } : { status: 'passed', notLookedAt });
const fails = (verdict: Verdict, actual: string, hint: string): void =>
  expect(verdict).toMatchObject({
    status: 'failed',
    actual: expect.stringContaining(actual),
    hint: expect.stringContaining(hint),
  });

describe('the machine', () => {
  test('a running one in the subnet is launched; none, a stopped one and one elsewhere are not', () => {
    passes(machine.launchInstance.check([GOOD]));
    fails(machine.launchInstance.check([]), 'no instance', "in the lab's subnet");
    fails(machine.launchInstance.check([{ ...GOOD, state: 'stopped' }]), 'i-1 is stopped', 'state reason');
    fails(machine.launchInstance.check([{ ...GOOD, inLabSubnet: false }]), 'another subnet', 'cannot be moved');
  });

  test('one good machine is enough, and of bad ones the nearest is told', () => {
    const stopped = { ...GOOD, id: 'i-2', state: 'stopped' };
    passes(machine.manageInstance.check([stopped, GOOD]));
    fails(machine.manageInstance.check([stopped, { ...GOOD, shutdownBehavior: 'terminate' }]), 'for i-1', 'shutdown');
  });

  test.each([
    [{ type: 't4g.large' }, 'i-1 is a t4g.large', 'processor'],
    [{ architecture: 'x86_64' }, 'x86_64', 'image'],
    [{ root: { type: 'gp2', encrypted: true } }, 'encrypted, gp2', 'when it is made'],
    [{ root: { type: 'gp3', encrypted: false } }, 'not encrypted', 'when it is made'],
    [{ root: undefined }, 'not encrypted', 'block devices'],
    [{ profile: undefined }, 'i-1 has none', 'profile'],
    [{ shutdownBehavior: 'terminate' }, '"terminate"', 'attribute'],
  ])('%j is not as it was asked for', (difference, actual, hint) => {
    fails(machine.manageInstance.check([{ ...GOOD, ...difference }]), actual, hint);
  });

  test('user data and metadata are read; what the first boot did is not', () => {
    passes(machine.bootstrapInstance.check([GOOD]), 'whether the first boot wrote /var/lib/worklab/ready');
    fails(machine.bootstrapInstance.check([{ ...GOOD, userData: undefined }]), 'no user data', 'first boot only');
    fails(machine.bootstrapInstance.check([{ ...GOOD, userData: 'echo' }]), 'does not name the file', 'first boot');
    fails(machine.bootstrapInstance.check([{ ...GOOD, httpTokens: 'optional' }]), 'optional', 'can be changed');
    fails(machine.bootstrapInstance.check([{ ...GOOD, metadataTags: undefined }]), 'not mentioned', 'metadata');
    fails(machine.bootstrapInstance.check([]), 'no instance', 'launch one');
  });

  test('a start after the first assembly is a restart; a first start is not, nor a machine that stands still', () => {
    const restarted = { ...GOOD, started: '2026-11-22T10:05:00.000Z' };
    passes(machine.stopAndStart.check([restarted]));
    fails(machine.stopAndStart.check([GOOD]), 'has run since its launch', 'reboot does not count');
    fails(machine.stopAndStart.check([{ ...GOOD, started: GOOD.assembled }]), 'since its launch', 'reboot');
    fails(machine.stopAndStart.check([{ ...GOOD, assembled: undefined }]), 'since its launch', 'reboot');
    fails(machine.stopAndStart.check([{ ...restarted, state: 'stopped' }]), 'is stopped', 'state reason');
  });

  test('a key pair has to be ed25519, and in use', () => {
    const key = { name: 'worklab-abc123-key', type: 'ed25519', usedBy: ['i-1'] };
    passes(machine.setUpKeyPair.check([key]));
    fails(machine.setUpKeyPair.check([]), 'no key pair', 'public half');
    fails(machine.setUpKeyPair.check([{ ...key, type: 'rsa' }]), 'type rsa', 'first word');
    fails(machine.setUpKeyPair.check([{ ...key, usedBy: [] }]), 'no running instance', 'at the launch');
  });

  test('an image has to be available, of a snapshot, and private', () => {
    const image = {
      id: 'ami-1',
      name: 'worklab-abc123-image',
      state: 'available',
      isPublic: false,
      snapshots: ['snap-1'],
    };
    passes(machine.createImage.check([image]));
    fails(machine.createImage.check([]), 'no image', 'without a reboot');
    fails(machine.createImage.check([{ ...image, state: 'pending' }]), 'ami-1 is pending', 'some minutes');
    fails(machine.createImage.check([{ ...image, snapshots: [] }]), 'ami-1 has none', 'from the instance');
    fails(machine.createImage.check([{ ...image, isPublic: true }]), 'ami-1 is public', 'launch permissions');
  });
});

describe('volumes', () => {
  const VOLUME: DataVolume = {
    id: 'vol-1',
    type: 'gp3',
    size: 1,
    encrypted: true,
    state: 'in-use',
    attachment: { machine: 'i-1', state: 'attached', device: '/dev/sdf' },
  };
  const SNAPSHOT = { id: 'snap-1', volume: 'vol-1', state: 'completed', ofImage: false };

  test('an attached volume passes; what is on it is not looked at', () => {
    passes(storage.attachVolume.check([VOLUME]), 'the file system on the volume, and where it is mounted');
    fails(storage.attachVolume.check([]), 'no volume beside the root', 'availability zone');
    fails(
      storage.attachVolume.check([{ ...VOLUME, attachment: undefined, state: 'available' }]),
      'attached to nothing',
      'zone',
    );
    const busy = { machine: 'i-1', state: 'attaching', device: '/dev/sdf' };
    fails(storage.attachVolume.check([{ ...VOLUME, attachment: busy }]), 'vol-1 is attaching', 'zone');
  });

  test('an encrypted gp3 volume needs a completed snapshot of its own', () => {
    const check = storage.snapshotVolume.check;
    passes(check({ volumes: [VOLUME], snapshots: [SNAPSHOT] }));
    fails(check({ volumes: [], snapshots: [SNAPSHOT] }), 'no volume', 'zone');
    fails(check({ volumes: [{ ...VOLUME, encrypted: false }], snapshots: [SNAPSHOT] }), 'not encrypted', 'copy');
    fails(check({ volumes: [{ ...VOLUME, type: 'gp2' }], snapshots: [SNAPSHOT] }), 'gp2', 'in place');
    fails(check({ volumes: [VOLUME], snapshots: [] }), 'no snapshot', 'another zone');
    fails(check({ volumes: [VOLUME], snapshots: [{ ...SNAPSHOT, ofImage: true }] }), 'images aside', 'another zone');
    fails(check({ volumes: [VOLUME], snapshots: [{ ...SNAPSHOT, volume: 'vol-9' }] }), 'no snapshot', 'region');
    fails(check({ volumes: [VOLUME], snapshots: [{ ...SNAPSHOT, state: 'pending' }] }), 'is pending', 'first snapshot');
  });

  test('a restored volume remembers a snapshot of the run', () => {
    const check = storage.restoreSnapshot.check;
    const restored = { ...VOLUME, id: 'vol-2', state: 'available', fromSnapshot: 'snap-1' };
    passes(check({ volumes: [restored], snapshots: [SNAPSHOT] }), 'the data on the restored volume');
    fails(check({ volumes: [VOLUME], snapshots: [SNAPSHOT] }), 'no such volume', 'remembers');
    fails(check({ volumes: [{ ...restored, fromSnapshot: 'snap-9' }], snapshots: [SNAPSHOT] }), 'no such', 'remembers');
    fails(check({ volumes: [{ ...restored, state: 'error' }], snapshots: [SNAPSHOT] }), 'vol-2 is error', 'remembers');
  });
});

describe('the way to the machine', () => {
  const entry = (number: number, egress: boolean, allow: boolean, from: number, to: number): AclEntry => ({
    number,
    egress,
    allow,
    protocol: '6',
    from,
    to,
  });
  const ENTRIES = [
    entry(90, false, false, 3389, 3389),
    entry(100, false, true, 22, 22),
    entry(110, false, true, 1024, 65535),
    entry(100, true, true, 80, 80),
    entry(110, true, true, 443, 443),
    entry(120, true, true, 1024, 65535),
    { ...entry(32767, false, false, 0, 65535), protocol: '-1' },
    { ...entry(32767, true, false, 0, 65535), protocol: '-1' },
  ];
  const ACL: Acl = { id: 'acl-1', isDefault: false, entries: ENTRIES };
  const groups = (...sshFrom: string[]) => [{ id: 'sg-1', name: 'worklab-abc123-ssh', sshFrom }];
  const { check } = network.restrictTraffic;

  test.each(['203.0.113.7/32', '2001:db8::7/128'])('port 22 open to %s passes', (address) => {
    passes(check({ groups: groups(address), acl: ACL }));
  });

  test.each(['0.0.0.0/0', '::/0', '203.0.113.0/24', 'sg-2', 'pl-1'])('port 22 open to %s fails', (source) => {
    fails(check({ groups: groups('203.0.113.7/32', source), acl: ACL }), `opens it to ${source}`, 'strangers');
  });

  test('a closed port 22 fails: nobody could log in', () => {
    fails(check({ groups: groups(), acl: ACL }), 'none of the run opens port 22', 'no rule allows');
  });

  test('the default ACL, or none, fails', () => {
    const open = groups('203.0.113.7/32');
    fails(check({ groups: open, acl: { ...ACL, isDefault: true } }), 'lets everything through', 'exactly one');
    fails(check({ groups: open }), 'no ACL seen', 'exactly one');
  });

  test.each([
    [1, 'TCP 22 allowed inbound'],
    [2, 'TCP 1024 allowed inbound'],
    [3, 'TCP 80 allowed outbound'],
    [4, 'TCP 443 allowed outbound'],
    [5, 'TCP 1024 allowed outbound'],
  ])('without rule %i of the list, %s is missing', (index, expected) => {
    const entries = ENTRIES.filter((_, at) => at !== index);
    expect(check({ groups: groups('203.0.113.7/32'), acl: { ...ACL, entries } })).toMatchObject({
      status: 'failed',
      expected,
    });
  });

  test('a denial has to come before what allows', () => {
    const [deny, ...rest] = ENTRIES;
    const late = [{ ...(deny ?? entry(0, false, false, 0, 0)), number: 200 }, ...rest];
    fails(check({ groups: groups('203.0.113.7/32'), acl: { ...ACL, entries: rest } }), 'left over', 'order');
    fails(check({ groups: groups('203.0.113.7/32'), acl: { ...ACL, entries: late } }), 'left over', 'order');
  });

  test('an address has to lead somewhere, and none may lie idle', () => {
    const address = { ip: '198.51.100.4', machine: GOOD };
    passes(network.giveAddress.check([address]));
    fails(network.giveAddress.check([]), 'no address', 'associate');
    fails(network.giveAddress.check([{ ip: '198.51.100.4' }]), 'leads to nothing', 'two steps');
    fails(network.giveAddress.check([address, { ip: '198.51.100.5' }]), '198.51.100.5 leads to nothing', 'release it');
    fails(network.giveAddress.check([{ ...address, machine: { ...GOOD, state: 'stopped' } }]), 'stopped', 'two steps');
  });

  test('a login is what the machine says of it: on an emulator, and before it was asked, that is unknown', () => {
    const answer = {
      asked: '2026-11-22T11:00:00.000Z',
      lines: ['sshd: Accepted publickey for ec2-user from 203.0.113.7'],
    };
    const { check: judge } = network.connectOverSsh;

    expect(judge({ real: false })).toEqual({
      status: 'unknown',
      reason: 'not emulated: instances have no operating system that anybody could log in to',
    });
    expect(judge({ real: true, machine: GOOD })).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('asked'),
    });
    passes(judge({ real: true, machine: GOOD, answer }), 'what was done in the session');
    fails(judge({ real: true }), 'no instance', 'launch');
    fails(judge({ real: true, machine: GOOD, answer: { ...answer, lines: [] } }), 'none until 2026', 'firewall');
  });
});

test('a watch is two alarms and a dashboard, and says which is missing', () => {
  const alarm = (metric: string) => ({ name: metric, metric, machine: 'i-1' });
  const complete = {
    machines: ['i-1'],
    alarms: [alarm('CPUUtilization'), alarm('StatusCheckFailed_System')],
    dashboards: [{ name: 'worklab-abc123-machine', shows: ['i-1'] }],
  };
  const { check } = watching.watchInstance;

  passes(check(complete));
  fails(check({ ...complete, alarms: [alarm('StatusCheckFailed')] }), 'no alarm on its CPUUtilization', 'dimension');
  fails(check({ ...complete, alarms: [alarm('CPUUtilization')] }), 'no alarm on its status check', 'dimension');
  fails(check({ ...complete, dashboards: [{ name: 'x', shows: [] }] }), 'no dashboard', 'dimension');
  fails(check({ machines: [], alarms: [], dashboards: [] }), 'no instance of the run', 'dimension');
});

test('a placement group has to spread', () => {
  const group = { name: 'worklab-abc123-spread', strategy: 'spread', state: 'available' };
  const { check } = watching.spreadInstances;

  passes(check([group]));
  fails(check([]), 'none carries', 'costs nothing');
  fails(check([{ ...group, strategy: 'cluster' }]), '"cluster"', 'hardware of its own');
  fails(check([{ ...group, state: 'pending' }]), 'is pending', 'wait');
});

// What is seen: the run's things on every page, as plain data, and nobody else's.

import * as CW from '@aws-sdk/client-cloudwatch';
import * as EC2 from '@aws-sdk/client-ec2';
import { ListCommandInvocationsCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { fakeAws, SCOPE } from '../../test/support/fake-aws';
import { connect } from './connect';
import { loginQuestion } from './facts';
import { see } from './see';

const ec2 = mockClient(EC2.EC2Client);
const cloudWatch = mockClient(CW.CloudWatchClient);
const ssm = mockClient(SSMClient);
const aws = fakeAws();
const MORE = { NextToken: 'more' };
const Tags = [{ Key: 'worklab:run', Value: 'abc123' }];

const MACHINE: EC2.Instance = {
  InstanceId: 'i-1',
  State: { Name: 'running' },
  InstanceType: 't4g.nano',
  Architecture: 'arm64',
  SubnetId: 'subnet-1',
  Placement: { AvailabilityZone: 'us-east-1a' },
  KeyName: 'worklab-abc123-key',
  PublicIpAddress: '198.51.100.4',
  IamInstanceProfile: { Arn: 'arn:profile' },
  SecurityGroups: [{ GroupId: 'sg-1' }],
  MetadataOptions: { HttpTokens: 'required', InstanceMetadataTags: 'enabled' },
  LaunchTime: new Date('2026-11-22T11:00:00Z'),
  RootDeviceName: '/dev/xvda',
  BlockDeviceMappings: [
    { DeviceName: '/dev/xvda', Ebs: { VolumeId: 'vol-root', AttachTime: new Date('2026-11-22T10:00:01Z') } },
    { DeviceName: '/dev/sdf', Ebs: { VolumeId: 'vol-data', AttachTime: new Date('2026-11-22T10:30:00Z') } },
  ],
  NetworkInterfaces: [{ Attachment: { AttachTime: new Date('2026-11-22T10:00:00Z') } }],
};

beforeEach(() => {
  for (const client of [ec2, cloudWatch, ssm]) client.reset();
  ec2
    .on(EC2.DescribeSubnetsCommand)
    .resolvesOnce({ Subnets: [{ SubnetId: 'subnet-9', CidrBlock: '10.44.64.0/24', VpcId: 'vpc-9' }], ...MORE })
    .resolves({ Subnets: [{ SubnetId: 'subnet-1', CidrBlock: '10.44.64.0/24', VpcId: 'vpc-1', Tags }] });
  ec2
    .on(EC2.DescribeInstancesCommand)
    .resolvesOnce({ Reservations: [{ Instances: [{ InstanceId: 'i-9', SubnetId: 'subnet-9' }] }], ...MORE })
    .resolves({
      Reservations: [{ Instances: [MACHINE, { ...MACHINE, InstanceId: 'i-0', State: { Name: 'terminated' } }] }],
    });
});

test('machines: of the run, not terminated, with the time of the last start and of the first assembly', async () => {
  expect(await see.machines(aws, SCOPE)).toEqual([
    {
      id: 'i-1',
      state: 'running',
      type: 't4g.nano',
      architecture: 'arm64',
      inLabSubnet: true,
      zone: 'us-east-1a',
      publicIp: '198.51.100.4',
      keyName: 'worklab-abc123-key',
      profile: 'arn:profile',
      groups: ['sg-1'],
      rootVolume: 'vol-root',
      httpTokens: 'required',
      metadataTags: 'enabled',
      started: '2026-11-22T11:00:00.000Z',
      assembled: '2026-11-22T10:00:00.000Z',
    },
  ]);
});

test('set-ups: with the user data as text, and the root volume', async () => {
  ec2
    .on(EC2.DescribeVolumesCommand)
    .resolvesOnce({ Volumes: [{ VolumeId: 'vol-9' }], ...MORE })
    .resolves({ Volumes: [{ VolumeId: 'vol-root', VolumeType: 'gp3', Encrypted: true }] });
  ec2
    .on(EC2.DescribeInstanceAttributeCommand, { Attribute: 'userData' })
    .resolves({ UserData: { Value: Buffer.from('#!/bin/bash\n').toString('base64') } })
    .on(EC2.DescribeInstanceAttributeCommand, { Attribute: 'instanceInitiatedShutdownBehavior' })
    .resolves({ InstanceInitiatedShutdownBehavior: { Value: 'stop' } });
  expect(await see.setups(aws, SCOPE)).toMatchObject([
    { id: 'i-1', userData: '#!/bin/bash\n', shutdownBehavior: 'stop', root: { type: 'gp3', encrypted: true } },
  ]);
});

test('volumes and snapshots: the root volume is no data volume, and an empty snapshot id is none', async () => {
  ec2
    .on(EC2.DescribeVolumesCommand)
    .resolvesOnce({
      Volumes: [{ VolumeId: 'vol-root', Attachments: [{ InstanceId: 'i-1' }] }, { VolumeId: 'vol-9' }],
      ...MORE,
    })
    .resolves({
      Volumes: [
        {
          VolumeId: 'vol-data',
          VolumeType: 'gp3',
          Size: 1,
          Encrypted: true,
          State: 'in-use',
          SnapshotId: '',
          Attachments: [{ InstanceId: 'i-1', State: 'attached', Device: '/dev/sdf' }],
        },
      ],
    });
  ec2
    .on(EC2.DescribeSnapshotsCommand)
    .resolvesOnce({ Snapshots: [{ SnapshotId: 'snap-9', VolumeId: 'vol-9' }], ...MORE })
    .resolves({ Snapshots: [{ SnapshotId: 'snap-1', VolumeId: 'vol-data', State: 'completed' }] });
  expect(await see.storage(aws, SCOPE)).toEqual({
    volumes: [
      {
        id: 'vol-data',
        type: 'gp3',
        size: 1,
        encrypted: true,
        state: 'in-use',
        fromSnapshot: undefined,
        attachment: { machine: 'i-1', state: 'attached', device: '/dev/sdf' },
      },
    ],
    snapshots: [{ id: 'snap-1', volume: 'vol-data', state: 'completed', ofImage: false }],
  });
});

test('traffic: whatever opens port 22 to whomever, and the ACL in front of the subnet', async () => {
  const rule = (more: EC2.IpPermission): EC2.IpPermission => ({ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, ...more });
  ec2
    .on(EC2.DescribeSecurityGroupsCommand)
    .resolvesOnce({ SecurityGroups: [{ GroupId: 'sg-9', VpcId: 'vpc-9', GroupName: 'other' }], ...MORE })
    .resolves({
      SecurityGroups: [
        {
          GroupId: 'sg-1',
          GroupName: 'mine',
          VpcId: 'vpc-1',
          IpPermissions: [
            rule({ IpRanges: [{ CidrIp: '203.0.113.7/32' }] }),
            rule({ FromPort: 0, ToPort: 1024, Ipv6Ranges: [{ CidrIpv6: '::/0' }] }),
            { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-2' }], PrefixListIds: [{ PrefixListId: 'pl-1' }] },
            rule({ FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }),
            rule({ IpProtocol: 'udp', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }),
          ],
        },
      ],
    });
  ec2
    .on(EC2.DescribeNetworkAclsCommand)
    .resolvesOnce({ NetworkAcls: [{ NetworkAclId: 'acl-9', Associations: [{ SubnetId: 'subnet-9' }] }], ...MORE })
    .resolves({
      NetworkAcls: [
        {
          NetworkAclId: 'acl-1',
          IsDefault: false,
          Associations: [{ SubnetId: 'subnet-1' }],
          Entries: [
            { RuleNumber: 90, Egress: false, RuleAction: 'deny', Protocol: '6', PortRange: { From: 3389, To: 3389 } },
          ],
        },
      ],
    });
  expect(await see.traffic(aws, SCOPE)).toEqual({
    groups: [{ id: 'sg-1', name: 'mine', sshFrom: ['203.0.113.7/32', '::/0', 'sg-2', 'pl-1'] }],
    acl: {
      id: 'acl-1',
      isDefault: false,
      entries: [{ number: 90, egress: false, allow: false, protocol: '6', from: 3389, to: 3389 }],
    },
  });
});

test('addresses, keys, images and groups: of the run, with the machine that they belong to', async () => {
  ec2.on(EC2.DescribeAddressesCommand).resolves({
    Addresses: [
      { PublicIp: '198.51.100.4', InstanceId: 'i-1' },
      { PublicIp: '198.51.100.5', Tags },
      { PublicIp: '198.51.100.9' },
    ],
  });
  ec2.on(EC2.DescribeKeyPairsCommand).resolves({
    KeyPairs: [{ KeyName: 'worklab-abc123-key', KeyType: 'ed25519' }, { KeyName: 'other' }],
  });
  ec2
    .on(EC2.DescribeImagesCommand)
    .resolvesOnce({ Images: [{ ImageId: 'ami-9' }], ...MORE })
    .resolves({ Images: [{ ImageId: 'ami-1', SourceInstanceId: 'i-1', State: 'available' }] });
  ec2
    .on(EC2.DescribePlacementGroupsCommand)
    .resolves({ PlacementGroups: [{ GroupName: 'other' }, { GroupName: 'mine', Tags }] });

  expect((await see.addresses(aws, SCOPE)).map(({ ip, machine }) => [ip, machine?.id])).toEqual([
    ['198.51.100.4', 'i-1'],
    ['198.51.100.5', undefined],
  ]);
  expect(await see.keyPairs(aws, SCOPE)).toEqual([{ name: 'worklab-abc123-key', type: 'ed25519', usedBy: ['i-1'] }]);
  expect((await see.images(aws, SCOPE)).map(({ id }) => id)).toEqual(['ami-1']);
  expect((await see.placementGroups(aws, SCOPE)).map(({ name }) => name)).toEqual(['mine']);
});

test('the watch: alarms on the run’s machines, and which of them a dashboard shows', async () => {
  const alarm = (AlarmName: string, Value: string) => ({
    AlarmName,
    Namespace: 'AWS/EC2',
    MetricName: 'CPUUtilization',
    Dimensions: [{ Name: 'InstanceId', Value }],
  });
  cloudWatch
    .on(CW.DescribeAlarmsCommand)
    .resolvesOnce({ MetricAlarms: [alarm('other', 'i-9')], ...MORE })
    .resolves({ MetricAlarms: [alarm('mine', 'i-1'), { ...alarm('odd', 'i-1'), Namespace: 'Custom' }] });
  cloudWatch
    .on(CW.ListDashboardsCommand)
    .resolvesOnce({ DashboardEntries: [{ DashboardName: 'other' }], ...MORE })
    .resolves({ DashboardEntries: [{ DashboardName: 'worklab-abc123-machine' }] })
    .on(CW.GetDashboardCommand)
    .resolves({ DashboardBody: '{"widgets":["i-1"]}' });
  expect(await see.watch(aws, SCOPE)).toEqual({
    machines: ['i-1'],
    alarms: [{ name: 'mine', metric: 'CPUUtilization', machine: 'i-1' }],
    dashboards: [{ name: 'worklab-abc123-machine', shows: ['i-1'] }],
  });
});

test('logins: on an emulator nobody is asked; on AWS the newest answer to the question of this run counts', async () => {
  const invocation = (Comment: string, hour: number, Output: string) => ({
    Comment,
    Status: 'Success' as const,
    RequestedDateTime: new Date(Date.UTC(2026, 10, 22, hour)),
    CommandPlugins: [{ Output }],
  });
  ssm
    .on(ListCommandInvocationsCommand)
    .resolvesOnce({
      CommandInvocations: [invocation(loginQuestion('worklab-abc124'), 13, 'Accepted publickey for x')],
      ...MORE,
    })
    .resolves({
      CommandInvocations: [
        invocation(loginQuestion('worklab-abc123'), 11, ''),
        invocation(
          loginQuestion('worklab-abc123'),
          12,
          'sshd[1]: Accepted publickey for ec2-user from 203.0.113.7\nother\n',
        ),
      ],
    });

  expect(await see.logins(aws, SCOPE)).toEqual({ real: false });
  expect(ssm.calls()).toHaveLength(0);
  expect(await see.logins(fakeAws('aws'), SCOPE)).toMatchObject({
    real: true,
    machine: { id: 'i-1' },
    answer: { asked: '2026-11-22T12:00:00.000Z', lines: ['sshd[1]: Accepted publickey for ec2-user from 203.0.113.7'] },
  });
});

test('the way in is ssh with the run’s own key and list of hosts; without an address it says what is missing', async () => {
  expect(await connect(aws, SCOPE, '/home/me/run/ssh/id_ed25519')).toMatchObject({
    program: 'ssh',
    args: [
      '-i',
      '/home/me/run/ssh/id_ed25519',
      '-o',
      'StrictHostKeyChecking=accept-new',
      '-o',
      expect.stringMatching(/^UserKnownHostsFile=.home.me.run.ssh.known_hosts$/),
      '-o',
      'IdentitiesOnly=yes',
      'ec2-user@198.51.100.4',
    ],
  });
  ec2
    .on(EC2.DescribeInstancesCommand)
    .resolves({ Reservations: [{ Instances: [{ ...MACHINE, PublicIpAddress: undefined }] }] });
  await expect(connect(aws, SCOPE, 'key')).rejects.toThrow('i-1 has no public address');
  ec2.on(EC2.DescribeInstancesCommand).resolves({ Reservations: [] });
  await expect(connect(aws, SCOPE, 'key')).rejects.toThrow('no instance of this run is running');
});

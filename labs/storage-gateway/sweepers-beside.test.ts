// Sweepers of what stands beside the gateways: instances, disks, snapshots.

import * as EC2 from '@aws-sdk/client-ec2';
import { mockClient } from 'aws-sdk-client-mock';
import { owning } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const { idsOf, remove } = sweeping(sweepers);
const ec2 = mockClient(EC2.EC2Client);
beforeEach(() => {
  ec2.reset();
  ec2.on(EC2.DescribeInstancesCommand).resolves({ Reservations: [] });
});

const Tags = [{ Key: 'worklab:run', Value: 'abc123' }];
const MORE = { NextToken: 'more' };
const GATEWAY = 'arn:aws:storagegateway:us-east-1:1:gateway/sgw-12AB34CD';
const gone = (name: string): Error => Object.assign(new Error('gone'), { name });

describe('instances under gateways', () => {
  test('are the run’s by tag, stack or network, on the second page too; terminated ones are gone', async () => {
    ec2
      .on(EC2.DescribeInstancesCommand)
      .resolvesOnce({ Reservations: [{ Instances: [{ InstanceId: 'i-1', Tags }, { InstanceId: 'i-9' }] }], ...MORE })
      .resolvesOnce({
        Reservations: [
          { Instances: [{ InstanceId: 'i-2' }, { InstanceId: 'i-3', SubnetId: 'subnet-1' }] },
          { Instances: [{ InstanceId: 'i-8', Tags, State: { Name: 'terminated' } }] },
        ],
      });
    expect(await idsOf('ec2:instance', owning('i-2', 'subnet-1'))).toEqual(['i-1', 'i-2', 'i-3']);
  });

  test('are terminated, and waited for; one that is terminated or unknown is gone already', async () => {
    const one = (Name: EC2.InstanceStateName) => ({
      Reservations: [{ Instances: [{ InstanceId: 'i-1', State: { Name } }] }],
    });
    ec2.on(EC2.DescribeInstancesCommand).resolvesOnce(one('running')).resolves(one('terminated'));
    await remove('ec2:instance', 'i-1');
    await remove('ec2:instance', 'i-1');
    expect(ec2.commandCalls(EC2.TerminateInstancesCommand)).toHaveLength(1);
    ec2.on(EC2.DescribeInstancesCommand).rejects(gone('InvalidInstanceID.NotFound'));
    await remove('ec2:instance', 'i-1');
  });
});

describe('disks', () => {
  test('are the run’s by tag or instance, on the second page too, unless their instance takes them along', async () => {
    const BlockDeviceMappings = [
      { Ebs: { VolumeId: 'vol-8', DeleteOnTermination: true } },
      { Ebs: { VolumeId: 'vol-2', DeleteOnTermination: false } },
    ];
    const gone = {
      State: { Name: 'terminated' as const },
      BlockDeviceMappings: [{ Ebs: { VolumeId: 'vol-1', DeleteOnTermination: true } }],
    };
    ec2.on(EC2.DescribeInstancesCommand).resolves({
      Reservations: [{ Instances: [{ InstanceId: 'i-1', State: { Name: 'running' }, BlockDeviceMappings }, gone] }],
    });
    ec2
      .on(EC2.DescribeVolumesCommand)
      .resolvesOnce({
        Volumes: [
          { VolumeId: 'vol-1', Tags },
          { VolumeId: 'vol-8', Tags },
        ],
        ...MORE,
      })
      .resolvesOnce({ Volumes: [{ VolumeId: 'vol-2', Attachments: [{ InstanceId: 'i-1' }] }, { VolumeId: 'vol-9' }] });
    expect(await idsOf('ec2:volume', owning('i-1'))).toEqual(['vol-1', 'vol-2']);
  });

  test('are detached, then deleted, then waited for', async () => {
    ec2
      .on(EC2.DescribeVolumesCommand)
      .resolvesOnce({ Volumes: [{ Attachments: [{ InstanceId: 'i-1', State: 'attached' }] }] })
      .resolvesOnce({ Volumes: [{ Attachments: [] }] })
      .rejects(gone('InvalidVolume.NotFound'));
    await remove('ec2:volume', 'vol-1');
    const sent = ec2.calls().map((call) => call.args[0].constructor.name);
    expect(sent.filter((name) => !name.startsWith('Describe'))).toEqual(['DetachVolumeCommand', 'DeleteVolumeCommand']);
  });
});

test('snapshots are the run’s by tag, description or volume, whatever the case of its id, on the second page too', async () => {
  const volume = `${GATEWAY}/volume/vol-0A1B2C3D`;
  ec2
    .on(EC2.DescribeSnapshotsCommand)
    .resolvesOnce({
      Snapshots: [
        { SnapshotId: 'snap-1', Tags },
        { SnapshotId: 'snap-9', VolumeId: 'vol-9' },
      ],
      ...MORE,
    })
    .resolvesOnce({
      Snapshots: [
        { SnapshotId: 'snap-2', VolumeId: 'vol-0a1b2c3d' },
        { SnapshotId: 'snap-3', Description: 'worklab-abc123-cached' },
        { SnapshotId: 'snap-4', VolumeId: 'vol-ffffffff', Description: 'of sgw-12ab34cd, daily' },
        { SnapshotId: 'snap-8', VolumeId: 'vol-0a1b2c3d4' },
      ],
    });
  expect(await idsOf('ec2:snapshot', owning(GATEWAY, volume))).toEqual(['snap-1', 'snap-2', 'snap-3', 'snap-4']);
  ec2.on(EC2.DeleteSnapshotCommand).rejects(gone('InvalidSnapshot.NotFound'));
  await remove('ec2:snapshot', 'snap-1');
});

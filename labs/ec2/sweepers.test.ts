// Sweepers of machines and their storage: what they take for the run's, what they only point at, and how it goes.

import * as EC2 from '@aws-sdk/client-ec2';
import { mockClient } from 'aws-sdk-client-mock';
import { owning } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const { found, idsOf, of, remove } = sweeping(sweepers);
const ec2 = mockClient(EC2.EC2Client);
beforeEach(() => {
  ec2.reset();
  ec2.on(EC2.DescribeInstancesCommand).resolves({ Reservations: [] });
  ec2.on(EC2.DescribeImagesCommand).resolves({ Images: [] });
});

const Tags = [{ Key: 'worklab:run', Value: 'abc123' }];
const OTHERS = [{ Key: 'worklab:run', Value: 'abc124' }];
const MORE = { NextToken: 'more' };
const BEFORE = new Date('2026-11-22T09:59:59Z');
const DURING = new Date('2026-11-22T10:30:00Z');

describe('instances', () => {
  const reservation = (...Instances: EC2.Instance[]) => [{ Instances }];
  const running = (InstanceId: string, more: EC2.Instance): EC2.Instance => ({
    InstanceId,
    State: { Name: 'running' },
    ...more,
  });

  test('are the run’s by tag, key, subnet or image, on the second page too; terminated ones are gone', async () => {
    ec2
      .on(EC2.DescribeInstancesCommand)
      .resolvesOnce({ Reservations: reservation(running('i-1', { Tags }), running('i-9', { Tags: OTHERS })), ...MORE })
      .resolvesOnce({
        Reservations: reservation(
          running('i-2', { KeyName: 'worklab-abc123-key' }),
          running('i-3', { SubnetId: 'subnet-1' }),
          running('i-4', { ImageId: 'ami-1' }),
          { InstanceId: 'i-5', State: { Name: 'terminated' }, Tags },
        ),
      });
    expect(await idsOf('ec2:instance', owning('subnet-1', 'ami-1'))).toEqual(['i-1', 'i-2', 'i-3', 'i-4']);
  });

  test('launched during the run and not marked are pointed at, never taken; older ones and other runs’ are not even that', async () => {
    ec2.on(EC2.DescribeInstancesCommand).resolves({
      Reservations: reservation(
        running('i-1', { LaunchTime: DURING }),
        running('i-2', { LaunchTime: BEFORE }),
        running('i-3', { LaunchTime: DURING, Tags: OTHERS }),
      ),
    });
    expect(await found('ec2:instance')).toEqual([
      { kind: 'ec2:instance', id: 'i-1', why: expect.stringContaining('during the run') },
    ]);
  });

  test('go before the stacks, whatever protects them', async () => {
    ec2
      .on(EC2.DescribeInstanceAttributeCommand)
      .resolves({ DisableApiTermination: { Value: true }, DisableApiStop: { Value: true } });
    ec2
      .on(EC2.DescribeInstancesCommand)
      .resolves({ Reservations: reservation({ InstanceId: 'i-1', State: { Name: 'terminated' } }) });

    await remove('ec2:instance', 'i-1');

    expect(of('ec2:instance').beforeStacks).toBe(true);
    expect(ec2.commandCalls(EC2.ModifyInstanceAttributeCommand).map((call) => call.args[0].input)).toEqual([
      { InstanceId: 'i-1', DisableApiTermination: { Value: false } },
      { InstanceId: 'i-1', DisableApiStop: { Value: false } },
    ]);
    expect(ec2.commandCalls(EC2.TerminateInstancesCommand)).toHaveLength(1);
  });
});

describe('images and snapshots', () => {
  test('images are the run’s by tag, name, source or snapshot; deprecated and disabled ones are looked at', async () => {
    ec2
      .on(EC2.DescribeImagesCommand)
      .resolvesOnce({
        Images: [
          { ImageId: 'ami-1', Tags },
          { ImageId: 'ami-9', Tags: OTHERS },
        ],
        ...MORE,
      })
      .resolvesOnce({
        Images: [
          { ImageId: 'ami-2', Name: 'worklab-abc123-image' },
          { ImageId: 'ami-3', SourceInstanceId: 'i-1' },
          { ImageId: 'ami-4', BlockDeviceMappings: [{ Ebs: { SnapshotId: 'snap-1' } }] },
        ],
      });
    expect(await idsOf('ec2:image', owning('i-1', 'snap-1'))).toEqual(['ami-1', 'ami-2', 'ami-3', 'ami-4']);
    expect(ec2.commandCalls(EC2.DescribeImagesCommand)[0]?.args[0].input).toMatchObject({
      IncludeDeprecated: true,
      IncludeDisabled: true,
    });
  });

  test('an image takes its snapshots along, since later nothing tells whose they were', async () => {
    ec2.on(EC2.DescribeImagesCommand).resolves({
      Images: [
        {
          DeregistrationProtection: 'enabled-without-cooldown',
          BlockDeviceMappings: [{ Ebs: { SnapshotId: 'snap-1' } }, {}],
        },
      ],
    });
    await remove('ec2:image', 'ami-1');
    expect(ec2.commandCalls(EC2.DisableImageDeregistrationProtectionCommand)).toHaveLength(1);
    expect(ec2.commandCalls(EC2.DeregisterImageCommand)).toHaveLength(1);
    expect(ec2.commandCalls(EC2.DeleteSnapshotCommand)[0]?.args[0].input).toEqual({ SnapshotId: 'snap-1' });
  });

  test('snapshots are the run’s by tag, volume, image, or what EC2 wrote into them, on the second page too', async () => {
    ec2
      .on(EC2.DescribeImagesCommand)
      .resolves({ Images: [{ ImageId: 'ami-1', Tags, BlockDeviceMappings: [{ Ebs: { SnapshotId: 'snap-4' } }] }] });
    ec2
      .on(EC2.DescribeSnapshotsCommand)
      .resolvesOnce({
        Snapshots: [
          { SnapshotId: 'snap-1', Tags },
          { SnapshotId: 'snap-9', VolumeId: 'vol-9', Tags: OTHERS },
        ],
        ...MORE,
      })
      .resolvesOnce({
        Snapshots: [
          { SnapshotId: 'snap-2', VolumeId: 'vol-1' },
          { SnapshotId: 'snap-3', Description: 'Created by CreateImage(i-0a1) for ami-0b2' },
          { SnapshotId: 'snap-4' },
          { SnapshotId: 'snap-8', Description: 'Created by CreateImage(i-0a9) for ami-0b9' },
        ],
      });
    expect(await idsOf('ec2:snapshot', owning('vol-1', 'i-0a1'))).toEqual(['snap-1', 'snap-2', 'snap-3', 'snap-4']);
  });
});

describe('volumes', () => {
  const attached = (InstanceId: string, DeleteOnTermination: boolean) => [{ InstanceId, DeleteOnTermination }];

  test('are the run’s by tag, snapshot or instance; one that leaves with a standing instance is its instance’s', async () => {
    ec2
      .on(EC2.DescribeInstancesCommand)
      .resolves({ Reservations: [{ Instances: [{ InstanceId: 'i-1', State: { Name: 'running' } }] }] });
    ec2
      .on(EC2.DescribeVolumesCommand)
      .resolvesOnce({
        Volumes: [
          { VolumeId: 'vol-0', Tags, Attachments: attached('i-1', true) },
          { VolumeId: 'vol-1', Tags },
        ],
        ...MORE,
      })
      .resolvesOnce({
        Volumes: [
          { VolumeId: 'vol-2', SnapshotId: 'snap-1' },
          { VolumeId: 'vol-3', Attachments: attached('i-1', false) },
          { VolumeId: 'vol-4', Tags, Attachments: attached('i-gone', true) },
          { VolumeId: 'vol-9', Tags: OTHERS },
        ],
      });
    expect(await idsOf('ec2:volume', owning('snap-1', 'i-1'))).toEqual(['vol-1', 'vol-2', 'vol-3', 'vol-4']);
  });

  test('made during the run, free and not marked, are pointed at, never taken', async () => {
    const free = { State: 'available' as const };
    ec2.on(EC2.DescribeVolumesCommand).resolves({
      Volumes: [
        { VolumeId: 'vol-1', ...free, CreateTime: DURING },
        { VolumeId: 'vol-2', ...free, CreateTime: BEFORE },
        { VolumeId: 'vol-3', State: 'in-use', CreateTime: DURING, Attachments: attached('i-9', false) },
        { VolumeId: 'vol-4', ...free, CreateTime: DURING, Tags: OTHERS },
      ],
    });
    expect(await found('ec2:volume')).toEqual([
      { kind: 'ec2:volume', id: 'vol-1', why: expect.stringContaining('without its tag') },
    ]);
  });

  test('are detached, then deleted, then waited for', async () => {
    const gone = Object.assign(new Error('gone'), { name: 'InvalidVolume.NotFound' });
    ec2
      .on(EC2.DescribeVolumesCommand)
      .resolvesOnce({ Volumes: [{ Attachments: [{ InstanceId: 'i-1', State: 'attached' }] }] })
      .resolvesOnce({ Volumes: [{ Attachments: [{ InstanceId: 'i-1', State: 'detaching' }] }] })
      .resolvesOnce({ Volumes: [{ Attachments: [] }] })
      .rejects(gone);
    await remove('ec2:volume', 'vol-1');
    const sent = ec2.calls().map((call) => call.args[0].constructor.name);
    expect(sent.filter((name) => !name.startsWith('Describe'))).toEqual(['DetachVolumeCommand', 'DeleteVolumeCommand']);
    expect(sent.at(-1)).toBe('DescribeVolumesCommand');
  });
});

// The network's sweepers of machines and disks: what they take for the run's, on the second page too, and how it goes.

import * as EC2 from '@aws-sdk/client-ec2';
import { mockClient } from 'aws-sdk-client-mock';
import { owning } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const { idsOf, remove, of } = sweeping(sweepers);
const ec2 = mockClient(EC2.EC2Client);
beforeEach(() => {
  ec2.reset();
  ec2.on(EC2.DescribeVpcsCommand).resolves({ Vpcs: [{ VpcId: 'vpc-1', Tags }, { VpcId: 'vpc-9' }] });
  ec2.on(EC2.DescribeInstancesCommand).resolves({ Reservations: [] });
});

const Tags = [{ Key: 'worklab:run', Value: 'abc123' }];
const MORE = { NextToken: 'more' };
const gone = (name: string): Error => Object.assign(new Error('gone'), { name });

test('machines go before the stacks that hold their subnets, and after what they serve; their disks go after them', () => {
  expect(of('ec2:instance').beforeStacks).toBe(true);
  expect(of('ec2:instance').after).toEqual(['datasync:agent', 'storagegateway:gateway']);
  expect(of('ec2:volume').after).toEqual(['ec2:instance']);
});

describe('instances', () => {
  test('are the run’s by tag, stack or network, on the second page too; terminated ones are gone', async () => {
    ec2
      .on(EC2.DescribeInstancesCommand)
      .resolvesOnce({ Reservations: [{ Instances: [{ InstanceId: 'i-1', Tags }, { InstanceId: 'i-9' }] }], ...MORE })
      .resolvesOnce({
        Reservations: [
          {
            Instances: [
              { InstanceId: 'i-2' },
              { InstanceId: 'i-3', SubnetId: 'subnet-1' },
              { InstanceId: 'i-4', VpcId: 'vpc-1' },
            ],
          },
          { Instances: [{ InstanceId: 'i-8', Tags, State: { Name: 'terminated' } }] },
        ],
      });
    expect(await idsOf('ec2:instance', owning('i-2', 'subnet-1'))).toEqual(['i-1', 'i-2', 'i-3', 'i-4']);
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

// Sweepers of what belongs to machines: what they take for the run's, and how it goes.

import * as EC2 from '@aws-sdk/client-ec2';
import { mockClient } from 'aws-sdk-client-mock';
import { owning } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const { idsOf, remove } = sweeping(sweepers);
const ec2 = mockClient(EC2.EC2Client);
beforeEach(() => {
  ec2.reset();
});

const Tags = [{ Key: 'worklab:run', Value: 'abc123' }];
const OTHERS = [{ Key: 'worklab:run', Value: 'abc124' }];
const MORE = { NextToken: 'more' };

describe('what belongs to machines', () => {
  test('addresses are the run’s by tag or by what they lead to, under the name that CloudFormation gives them', async () => {
    ec2.on(EC2.DescribeAddressesCommand).resolves({
      Addresses: [
        { PublicIp: '198.51.100.1', Tags },
        { PublicIp: '198.51.100.2', InstanceId: 'i-1' },
        { PublicIp: '198.51.100.3' },
        { PublicIp: '198.51.100.4', Tags: OTHERS },
        { PublicIp: '198.51.100.9' },
      ],
    });
    expect(await idsOf('ec2:elastic-ip', owning('i-1', '198.51.100.3'))).toEqual([
      '198.51.100.1',
      '198.51.100.2',
      '198.51.100.3',
    ]);
  });

  test('an address is taken from what it leads to, then released', async () => {
    ec2
      .on(EC2.DescribeAddressesCommand)
      .resolves({ Addresses: [{ AllocationId: 'eipalloc-1', AssociationId: 'eipassoc-1' }] });
    await remove('ec2:elastic-ip', '198.51.100.1');
    expect(ec2.commandCalls(EC2.DisassociateAddressCommand)).toHaveLength(1);
    expect(ec2.commandCalls(EC2.ReleaseAddressCommand)[0]?.args[0].input).toEqual({ AllocationId: 'eipalloc-1' });
  });

  test('key pairs and placement groups are the run’s by tag or name', async () => {
    ec2
      .on(EC2.DescribeKeyPairsCommand)
      .resolves({ KeyPairs: [{ KeyName: 'mine', Tags }, { KeyName: 'worklab-abc123-key' }, { KeyName: 'worklab' }] });
    ec2.on(EC2.DescribePlacementGroupsCommand).resolves({
      PlacementGroups: [
        { GroupName: 'worklab-abc123-spread', State: 'available' },
        { GroupName: 'old', Tags, State: 'deleted' },
      ],
    });
    expect(await idsOf('ec2:key-pair')).toEqual(['mine', 'worklab-abc123-key']);
    expect(await idsOf('ec2:placement-group')).toEqual(['worklab-abc123-spread']);
  });

  test('launch templates are read to the last page', async () => {
    ec2
      .on(EC2.DescribeLaunchTemplatesCommand)
      .resolvesOnce({ LaunchTemplates: [{ LaunchTemplateId: 'lt-9', LaunchTemplateName: 'web' }], ...MORE })
      .resolvesOnce({ LaunchTemplates: [{ LaunchTemplateId: 'lt-1', LaunchTemplateName: 'worklab-abc123-web' }] });
    expect(await idsOf('ec2:launch-template')).toEqual(['lt-1']);
  });
});

test.each([
  ['ec2:instance', 'InvalidInstanceID.NotFound'],
  ['ec2:elastic-ip', 'InvalidAddress.NotFound'],
  ['ec2:image', 'InvalidAMIID.NotFound'],
  ['ec2:snapshot', 'InvalidSnapshot.NotFound'],
  ['ec2:volume', 'InvalidVolume.NotFound'],
  ['ec2:key-pair', 'InvalidKeyPair.NotFound'],
  ['ec2:launch-template', 'InvalidLaunchTemplateId.NotFound'],
  ['ec2:placement-group', 'InvalidPlacementGroup.Unknown'],
] as const)('removing an %s that is gone succeeds, and a refusal is an error', async (kind, notFound) => {
  const answerWith = (name: string): void => {
    const error = Object.assign(new Error(name), { name });
    ec2.onAnyCommand().rejects(error);
  };
  answerWith(notFound);
  await expect(remove(kind, 'x-1')).resolves.toBeUndefined();
  answerWith('OperationNotPermitted');
  await expect(remove(kind, 'x-1')).rejects.toThrow('OperationNotPermitted');
});

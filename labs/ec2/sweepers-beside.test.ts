// Sweepers of what belongs to machines, watches them and lets them act: what they take for the run's, and how it goes.

import * as CW from '@aws-sdk/client-cloudwatch';
import * as EC2 from '@aws-sdk/client-ec2';
import * as IAM from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import { owning } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const { idsOf, remove } = sweeping(sweepers);
const ec2 = mockClient(EC2.EC2Client);
const cloudWatch = mockClient(CW.CloudWatchClient);
const iam = mockClient(IAM.IAMClient);
beforeEach(() => {
  for (const client of [ec2, cloudWatch, iam]) client.reset();
});

const Tags = [{ Key: 'worklab:run', Value: 'abc123' }];
const OTHERS = [{ Key: 'worklab:run', Value: 'abc124' }];
const MORE = { NextToken: 'more' };
const BEFORE = new Date('2026-11-22T09:59:59Z');

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

describe('what watches and what is allowed', () => {
  test('alarms are the run’s by name, by what they watch, or by tag, which is asked for one by one', async () => {
    const watching = (Value: string) => [{ Name: 'InstanceId', Value }];
    cloudWatch
      .on(CW.DescribeAlarmsCommand)
      .resolvesOnce({
        MetricAlarms: [{ AlarmName: 'worklab-abc123-cpu-high' }],
        CompositeAlarms: [{ AlarmName: 'worklab-abc123-all' }],
        ...MORE,
      })
      .resolvesOnce({
        MetricAlarms: [
          { AlarmName: 'mine', Dimensions: watching('i-1') },
          {
            AlarmName: 'math',
            Metrics: [{ Id: 'm', MetricStat: { Metric: { Dimensions: watching('i-1') }, Period: 60, Stat: 'Sum' } }],
          },
          { AlarmName: 'tagged', AlarmArn: 'arn:1' },
          { AlarmName: 'foreign', AlarmArn: 'arn:9', Dimensions: watching('i-9') },
        ],
      });
    cloudWatch
      .on(CW.ListTagsForResourceCommand, { ResourceARN: 'arn:1' })
      .resolves({ Tags })
      .on(CW.ListTagsForResourceCommand, { ResourceARN: 'arn:9' })
      .resolves({ Tags: OTHERS });
    const ids = await idsOf('cloudwatch:alarm', owning('i-1'));
    expect(ids).toEqual(['worklab-abc123-cpu-high', 'worklab-abc123-all', 'mine', 'math', 'tagged']);
  });

  test('dashboards, profiles and roles are the run’s by name or path, on the second page too', async () => {
    cloudWatch
      .on(CW.ListDashboardsCommand)
      .resolvesOnce({ DashboardEntries: [{ DashboardName: 'other' }], ...MORE })
      .resolvesOnce({ DashboardEntries: [{ DashboardName: 'worklab-abc123-machine' }] });
    const first = { IsTruncated: true, Marker: 'more' };
    iam
      .on(IAM.ListInstanceProfilesCommand)
      .resolvesOnce({ InstanceProfiles: [profile('other', '/')], ...first })
      .resolvesOnce({ InstanceProfiles: [profile('worklab-abc123-ec2', '/'), profile('mine', '/worklab-abc123/')] });
    iam
      .on(IAM.ListRolesCommand)
      .resolvesOnce({ Roles: [role('worklab-abc1234-ec2', '/')], ...first })
      .resolvesOnce({ Roles: [role('worklab-abc123-ec2', '/'), role('mine', '/worklab-abc123/')] });
    expect(await idsOf('cloudwatch:dashboard')).toEqual(['worklab-abc123-machine']);
    expect(await idsOf('iam:instance-profile')).toEqual(['worklab-abc123-ec2', 'mine']);
    expect(await idsOf('iam:role')).toEqual(['worklab-abc123-ec2', 'mine']);
  });

  test('a role is taken out of its profiles and loses its policies before it goes', async () => {
    iam
      .on(IAM.ListAttachedRolePoliciesCommand)
      .resolves({ AttachedPolicies: [{ PolicyArn: 'arn:aws:iam::aws:policy/X' }] });
    iam.on(IAM.ListRolePoliciesCommand).resolves({ PolicyNames: ['inline'] });
    iam.on(IAM.ListInstanceProfilesForRoleCommand).resolves({ InstanceProfiles: [profile('worklab-abc123-ec2', '/')] });
    await remove('iam:role', 'worklab-abc123-ec2');
    expect(
      iam
        .calls()
        .map((call) => call.args[0].constructor.name.replace('Command', ''))
        .filter((name) => !name.startsWith('List')),
    ).toEqual(['DetachRolePolicy', 'DeleteRolePolicy', 'RemoveRoleFromInstanceProfile', 'DeleteRole']);
  });

  const common = { Arn: 'arn', CreateDate: BEFORE };
  const profile = (InstanceProfileName: string, Path: string) => ({
    ...common,
    InstanceProfileName,
    InstanceProfileId: 'id',
    Path,
    Roles: [],
  });
  const role = (RoleName: string, Path: string) => ({ ...common, RoleName, RoleId: 'id', Path });
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
  ['cloudwatch:alarm', 'ResourceNotFound'],
  ['cloudwatch:dashboard', 'ResourceNotFound'],
  ['iam:instance-profile', 'NoSuchEntityException'],
  ['iam:role', 'NoSuchEntityException'],
] as const)('removing an %s that is gone succeeds, and a refusal is an error', async (kind, notFound) => {
  const answerWith = (name: string): void => {
    const error = Object.assign(new Error(name), { name });
    ec2.onAnyCommand().rejects(error);
    cloudWatch.onAnyCommand().rejects(error);
    iam.onAnyCommand().rejects(error);
  };
  answerWith(notFound);
  await expect(remove(kind, 'x-1')).resolves.toBeUndefined();
  answerWith('OperationNotPermitted');
  await expect(remove(kind, 'x-1')).rejects.toThrow('OperationNotPermitted');
});

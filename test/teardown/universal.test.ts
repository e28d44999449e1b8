// The sweepers that no lab has to write: what they take for the run's, and how it goes.

import * as CFN from '@aws-sdk/client-cloudformation';
import * as CW from '@aws-sdk/client-cloudwatch';
import * as LOGS from '@aws-sdk/client-cloudwatch-logs';
import * as IAM from '@aws-sdk/client-iam';
import * as TAG from '@aws-sdk/client-resource-groups-tagging-api';
import * as SCHEDULER from '@aws-sdk/client-scheduler';
import * as SNS from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { collect, type Sweeper } from '../../lib/kit';
import { universalSweepers } from '../../lib/teardown/universal';
import { deniedAws, emptyAws, owning, SCOPE } from '../support/fake-aws';
import { sweeping } from '../support/sweeping';

const sweepers = universalSweepers([], ['eu-west-1'], async () => {});
const { idsOf, of: sweeperOf, remove } = sweeping(sweepers);
const [cloudFormation, cloudWatch, logs, iam] = [
  mockClient(CFN.CloudFormationClient),
  mockClient(CW.CloudWatchClient),
  mockClient(LOGS.CloudWatchLogsClient),
  mockClient(IAM.IAMClient),
];
const [tagging, scheduler, sns] = [
  mockClient(TAG.ResourceGroupsTaggingAPIClient),
  mockClient(SCHEDULER.SchedulerClient),
  mockClient(SNS.SNSClient),
];
const all = [cloudFormation, cloudWatch, logs, iam, tagging, scheduler, sns];
beforeEach(() => {
  for (const client of all) client.reset();
  tagging.on(TAG.GetResourcesCommand).resolves({ ResourceTagMappingList: [] });
});

const MORE = { NextToken: 'more' };
const GATEWAY = 'arn:aws:storagegateway:us-east-1:1:gateway/sgw-12AB34CD';
const BEFORE = new Date('2026-11-22T09:59:59Z');

test('a listing that is denied, or that lacks its list, is an error of every one of them', async () => {
  for (const { kind, list } of sweepers) {
    const denied = await collect(list(deniedAws(), SCOPE)).catch((error: Error) => error.name);
    const missing = await collect(list(emptyAws(), SCOPE)).catch((error: Error) => error.constructor.name);
    expect([kind, denied, missing]).toEqual([kind, 'AccessDenied', 'MissingList']);
  }
});

test('they look where the run was and where the global services are, whatever a lab looks for under the same kind', () => {
  const own: Sweeper = { kind: 'kms:key', list: async function* () {}, remove: async () => {} };
  const withOwn = universalSweepers([own], ['eu-west-1'], async () => {});

  expect(sweepers.find(({ kind }) => kind === 'kms:key')?.regions).toEqual(['eu-west-1', 'us-east-1']);
  expect(withOwn.filter(({ kind }) => kind === 'kms:key').map(({ regions }) => regions)).toEqual([
    undefined,
    ['eu-west-1', 'us-east-1'],
  ]);
});

describe('what watches and what is allowed', () => {
  test('alarms are the run’s by name, by what they watch, or by tag', async () => {
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
          { AlarmName: 'tagged', AlarmArn: 'arn:aws:cloudwatch:us-east-1:1:alarm:tagged' },
          { AlarmName: 'of-gateway', Dimensions: watching('sgw-12AB34CD') },
          {
            AlarmName: 'foreign',
            AlarmArn: 'arn:aws:cloudwatch:us-east-1:1:alarm:foreign',
            Dimensions: watching('i-9'),
          },
        ],
      });
    tagging
      .on(TAG.GetResourcesCommand)
      .resolves({ ResourceTagMappingList: [{ ResourceARN: 'arn:aws:cloudwatch:us-east-1:1:alarm:tagged' }] });
    const ids = await idsOf('cloudwatch:alarm', owning('i-1', GATEWAY));
    expect(ids).toEqual(['worklab-abc123-cpu-high', 'worklab-abc123-all', 'mine', 'math', 'tagged', 'of-gateway']);
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

  test('a profile lets its role go', async () => {
    const InstanceProfile = { ...profile('mine', '/'), Roles: [role('r', '/')] };
    iam.on(IAM.GetInstanceProfileCommand).resolves({ InstanceProfile });
    await remove('iam:instance-profile', 'mine');
    expect(iam.calls().map((call) => call.args[0].constructor.name)).toEqual([
      IAM.GetInstanceProfileCommand.name,
      IAM.RemoveRoleFromInstanceProfileCommand.name,
      IAM.DeleteInstanceProfileCommand.name,
    ]);
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

describe('policies', () => {
  test('are the run’s by name or path, lose their holders and versions, then go', async () => {
    const policy = (PolicyName: string, Path = '/') => ({
      PolicyName,
      Path,
      Arn: `arn:aws:iam::1:policy${Path}${PolicyName}`,
    });
    iam
      .on(IAM.ListPoliciesCommand, { Scope: 'Local' })
      .resolvesOnce({ Policies: [policy('other')], IsTruncated: true, Marker: 'more' })
      .resolvesOnce({ Policies: [policy('worklab-abc123-expiry'), policy('mine', '/worklab-abc123/')] });
    iam.on(IAM.ListEntitiesForPolicyCommand).resolves({
      PolicyRoles: [{ RoleName: 'r' }],
      PolicyUsers: [{ UserName: 'u' }],
      PolicyGroups: [{ GroupName: 'g' }],
    });
    iam.on(IAM.ListPolicyVersionsCommand).resolves({
      Versions: [
        { VersionId: 'v2', IsDefaultVersion: true },
        { VersionId: 'v1', IsDefaultVersion: false },
      ],
    });

    expect(await idsOf('iam:policy')).toEqual([
      'arn:aws:iam::1:policy/worklab-abc123-expiry',
      'arn:aws:iam::1:policy/worklab-abc123/mine',
    ]);
    await remove('iam:policy', 'arn:aws:iam::1:policy/worklab-abc123-expiry');
    const names = iam.calls().map((call) => call.args[0].constructor.name.replace('Command', ''));
    expect(names.filter((name) => !name.startsWith('List'))).toEqual([
      'DetachRolePolicy',
      'DetachUserPolicy',
      'DetachGroupPolicy',
      'DeletePolicyVersion',
      'DeletePolicy',
    ]);
    // Nobody's boundary is taken away: that would give rights.
    expect(iam.commandCalls(IAM.ListEntitiesForPolicyCommand)[0]?.args[0].input).toMatchObject({
      PolicyUsageFilter: 'PermissionsPolicy',
    });
  });
});

describe('what services write and announce', () => {
  test('log groups are the run’s by any part of their name, on the second page too', async () => {
    logs
      .on(LOGS.DescribeLogGroupsCommand)
      .resolvesOnce({ logGroups: [{ logGroupName: '/aws/rds/instance/worklab-abc123-db/error' }], nextToken: 'more' })
      .resolvesOnce({ logGroups: [{ logGroupName: '/worklab-abc1234/x' }, { logGroupName: 'worklab-abc123-trail' }] });

    expect(await idsOf('logs:log-group')).toEqual([
      '/aws/rds/instance/worklab-abc123-db/error',
      'worklab-abc123-trail',
    ]);
    expect(sweeperOf('logs:log-group').late).toBe(true);
  });

  test('log groups are the run’s by the thing that writes to them, as a whole and under a service of AWS', async () => {
    const groups = [
      '/aws/storagegateway/sgw-12AB34CD',
      '/aws/rds/instance/by-hand/error',
      '/app/by-hand',
      '/aws/rds/by',
    ];
    logs.on(LOGS.DescribeLogGroupsCommand).resolves({ logGroups: groups.map((logGroupName) => ({ logGroupName })) });

    expect(await idsOf('logs:log-group', owning(GATEWAY, 'by-hand'))).toEqual(groups.slice(0, 2));
  });

  test('topics are the run’s by name or tag', async () => {
    const arn = (name: string) => ({ TopicArn: `arn:aws:sns:us-east-1:1:${name}` });
    tagging.on(TAG.GetResourcesCommand).resolves({ ResourceTagMappingList: [{ ResourceARN: arn('mine').TopicArn }] });
    sns
      .on(SNS.ListTopicsCommand)
      .resolvesOnce({ Topics: [arn('theirs'), arn('worklab-abc123-events')], ...MORE })
      .resolvesOnce({ Topics: [arn('mine')] });

    expect(await idsOf('sns:topic')).toEqual([arn('worklab-abc123-events').TopicArn, arn('mine').TopicArn]);
  });

  test('schedule groups go with their schedules, and are waited for', async () => {
    const group = { Name: 'worklab-abc123-expiry' };
    scheduler
      .on(SCHEDULER.ListScheduleGroupsCommand)
      .resolvesOnce({ ScheduleGroups: [{ Name: 'default' }], ...MORE })
      .resolvesOnce({ ScheduleGroups: [group] })
      .resolvesOnce({ ScheduleGroups: [group] })
      .resolves({ ScheduleGroups: [] });

    expect(await idsOf('scheduler:schedule-group')).toEqual(['worklab-abc123-expiry']);
    await remove('scheduler:schedule-group', 'worklab-abc123-expiry');
    expect(scheduler.commandCalls(SCHEDULER.DeleteScheduleGroupCommand)).toHaveLength(1);
    expect(scheduler.commandCalls(SCHEDULER.ListScheduleGroupsCommand)).toHaveLength(4);
  });

  test('stack sets lose their instances, in every account and region, before they go', async () => {
    cloudFormation
      .on(CFN.ListStackSetsCommand)
      .resolvesOnce({ Summaries: [{ StackSetName: 'theirs' }], ...MORE })
      .resolvesOnce({ Summaries: [{ StackSetName: 'worklab-abc123-base' }] });
    cloudFormation.on(CFN.ListStackInstancesCommand).resolves({
      Summaries: [
        { Account: '1', Region: 'us-east-1' },
        { Account: '1', Region: 'us-west-2' },
      ],
    });
    cloudFormation.on(CFN.DeleteStackInstancesCommand).resolves({ OperationId: 'o' });
    cloudFormation
      .on(CFN.DescribeStackSetOperationCommand)
      .resolvesOnce({ StackSetOperation: { Status: 'RUNNING' } })
      .resolvesOnce({ StackSetOperation: { Status: 'SUCCEEDED' } });

    expect(await idsOf('cloudformation:stack-set')).toEqual(['worklab-abc123-base']);
    await remove('cloudformation:stack-set', 'worklab-abc123-base');
    expect(cloudFormation.commandCalls(CFN.DeleteStackInstancesCommand)[0]?.args[0].input).toEqual({
      StackSetName: 'worklab-abc123-base',
      Regions: ['us-east-1', 'us-west-2'],
      Accounts: ['1'],
      RetainStacks: false,
    });
    expect(cloudFormation.commandCalls(CFN.DeleteStackSetCommand)).toHaveLength(1);
  });
});

test.each([
  ['cloudwatch:alarm', 'ResourceNotFound'],
  ['cloudwatch:dashboard', 'ResourceNotFound'],
  ['iam:instance-profile', 'NoSuchEntityException'],
  ['iam:role', 'NoSuchEntityException'],
  ['iam:policy', 'NoSuchEntityException'],
  ['sns:topic', 'NotFoundException'],
  ['logs:log-group', 'ResourceNotFoundException'],
  ['scheduler:schedule-group', 'ResourceNotFoundException'],
  ['cloudformation:stack-set', 'StackSetNotFoundException'],
])('removing a %s that is gone succeeds, and a refusal is an error', async (kind, notFound) => {
  const answerWith = (name: string): void => {
    const error = Object.assign(new Error(name), { name });
    cloudFormation.onAnyCommand().rejects(error);
    cloudWatch.onAnyCommand().rejects(error);
    iam.onAnyCommand().rejects(error);
    logs.onAnyCommand().rejects(error);
    scheduler.onAnyCommand().rejects(error);
    sns.onAnyCommand().rejects(error);
  };
  answerWith(notFound);
  await expect(remove(kind, 'x')).resolves.toBeUndefined();
  answerWith('OperationNotPermitted');
  await expect(remove(kind, 'x')).rejects.toThrow('OperationNotPermitted');
});

// Sweepers of what stands beside the gateways: instances, disks, snapshots, buckets, roles, log groups, alarms, dashboards.

import * as CW from '@aws-sdk/client-cloudwatch';
import * as Logs from '@aws-sdk/client-cloudwatch-logs';
import * as EC2 from '@aws-sdk/client-ec2';
import * as IAM from '@aws-sdk/client-iam';
import * as S3 from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { owning } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const { idsOf, of, remove } = sweeping(sweepers);
const [ec2, s3, iam, logs, watch] = [
  mockClient(EC2.EC2Client),
  mockClient(S3.S3Client),
  mockClient(IAM.IAMClient),
  mockClient(Logs.CloudWatchLogsClient),
  mockClient(CW.CloudWatchClient),
];
beforeEach(() => {
  for (const mock of [ec2, s3, iam, logs, watch]) mock.reset();
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

describe('buckets', () => {
  test('are the run’s by name or stack, on the second page too', async () => {
    s3.on(S3.ListBucketsCommand)
      .resolvesOnce({
        Buckets: [{ Name: 'worklab-abc123-files-1' }, { Name: 'worklab-abc124-files-1' }],
        ContinuationToken: 'more',
      })
      .resolvesOnce({ Buckets: [{ Name: 'by-hand' }, { Name: 'owned' }] });
    expect(await idsOf('s3:bucket', owning('owned'))).toEqual(['worklab-abc123-files-1', 'owned']);
    expect(of('s3:bucket').beforeStacks).toBe(true);
  });

  test('are emptied to the last page: versions, delete markers, unfinished uploads; then deleted', async () => {
    s3.on(S3.ListMultipartUploadsCommand)
      .resolvesOnce({
        Uploads: [{ Key: 'a', UploadId: 'u1' }],
        IsTruncated: true,
        NextKeyMarker: 'a',
        NextUploadIdMarker: 'u1',
      })
      .resolvesOnce({ Uploads: [{ Key: 'b', UploadId: 'u2' }], IsTruncated: false });
    s3.on(S3.ListObjectVersionsCommand)
      .resolvesOnce({
        Versions: [{ Key: 'a', VersionId: '1' }],
        IsTruncated: true,
        NextKeyMarker: 'a',
        NextVersionIdMarker: '1',
      })
      .resolvesOnce({ DeleteMarkers: [{ Key: 'b', VersionId: '2' }], IsTruncated: false });
    s3.on(S3.DeleteObjectsCommand).resolves({});
    s3.on(S3.HeadBucketCommand).rejects(gone('NotFound'));

    await remove('s3:bucket', 'files');

    expect(s3.commandCalls(S3.ListObjectVersionsCommand)[1]?.args[0].input).toMatchObject({
      KeyMarker: 'a',
      VersionIdMarker: '1',
    });
    expect(s3.commandCalls(S3.ListMultipartUploadsCommand)[1]?.args[0].input).toMatchObject({
      KeyMarker: 'a',
      UploadIdMarker: 'u1',
    });
    expect(s3.commandCalls(S3.AbortMultipartUploadCommand).map((call) => call.args[0].input.UploadId)).toEqual([
      'u1',
      'u2',
    ]);
    expect(s3.commandCalls(S3.DeleteObjectsCommand)[0]?.args[0].input.Delete?.Objects).toEqual([
      { Key: 'a', VersionId: '1' },
      { Key: 'b', VersionId: '2' },
    ]);
    expect(s3.commandCalls(S3.DeleteBucketCommand)).toHaveLength(1);
  });

  test('go a thousand objects at a time; one that is refused in a 200 is a refusal', async () => {
    const Versions = Array.from({ length: 1001 }, (_, n) => ({ Key: `k${n}`, VersionId: '1' }));
    s3.on(S3.ListMultipartUploadsCommand).resolves({});
    s3.on(S3.ListObjectVersionsCommand).resolves({ Versions });
    s3.on(S3.DeleteObjectsCommand)
      .resolvesOnce({})
      .resolves({ Errors: [{ Key: 'k1000', Code: 'AccessDenied', Message: 'locked' }] });
    await expect(remove('s3:bucket', 'files')).rejects.toThrow('AccessDenied: locked (k1000)');
    expect(s3.commandCalls(S3.DeleteObjectsCommand).map((call) => call.args[0].input.Delete?.Objects?.length)).toEqual([
      1000, 1,
    ]);
  });

  test('that are gone are gone', async () => {
    s3.on(S3.ListMultipartUploadsCommand).rejects(gone('NoSuchBucket'));
    await remove('s3:bucket', 'files');
  });
});

test('roles are the run’s by name or stack, on the second page too, and go with their policies', async () => {
  iam
    .on(IAM.ListRolesCommand)
    .resolvesOnce({
      Roles: [{ RoleName: 'worklab-abc123-gateway' }, { RoleName: 'x' }] as IAM.Role[],
      IsTruncated: true,
      Marker: 'more',
    })
    .resolvesOnce({ Roles: [{ RoleName: 'owned' }] as IAM.Role[], IsTruncated: false });
  expect(await idsOf('iam:role', owning('owned'))).toEqual(['worklab-abc123-gateway', 'owned']);
  iam.on(IAM.ListAttachedRolePoliciesCommand).resolves({ AttachedPolicies: [{ PolicyArn: 'arn:p' }] });
  iam.on(IAM.ListRolePoliciesCommand).resolves({ PolicyNames: ['bucket'] });
  await remove('iam:role', 'owned');
  const sent = iam.calls().map((call) => call.args[0].constructor.name);
  expect(sent.filter((name) => !name.startsWith('List'))).toEqual([
    'DetachRolePolicyCommand',
    'DeleteRolePolicyCommand',
    'DeleteRoleCommand',
  ]);
});

test('log groups are the run’s by name, stack or gateway, on the second page too', async () => {
  logs
    .on(Logs.DescribeLogGroupsCommand)
    .resolvesOnce({
      logGroups: [{ logGroupName: '/worklab-abc123/storage-gateway' }, { logGroupName: 'x' }],
      nextToken: 'more',
    })
    .resolvesOnce({
      logGroups: [
        { logGroupName: '/aws/storagegateway/sgw-12AB34CD' },
        { logGroupName: '/aws/storagegateway/sgw-99999999' },
      ],
    });
  expect(await idsOf('logs:log-group', owning(GATEWAY))).toEqual([
    '/worklab-abc123/storage-gateway',
    '/aws/storagegateway/sgw-12AB34CD',
  ]);
  logs.on(Logs.DeleteLogGroupCommand).rejects(gone('ResourceNotFoundException'));
  await remove('logs:log-group', 'x');
});

test('alarms and dashboards are the run’s by name, alarms by gateway as well, on the second page too', async () => {
  watch
    .on(CW.DescribeAlarmsCommand)
    .resolvesOnce({ MetricAlarms: [{ AlarmName: 'worklab-abc123-cache-dirty' }, { AlarmName: 'x' }], ...MORE })
    .resolvesOnce({ MetricAlarms: [{ AlarmName: 'y', Dimensions: [{ Name: 'GatewayId', Value: 'sgw-12AB34CD' }] }] });
  expect(await idsOf('cloudwatch:alarm', owning(GATEWAY))).toEqual(['worklab-abc123-cache-dirty', 'y']);
  watch
    .on(CW.ListDashboardsCommand)
    .resolvesOnce({ DashboardEntries: [{ DashboardName: 'x' }], ...MORE })
    .resolvesOnce({ DashboardEntries: [{ DashboardName: 'worklab-abc123-gateways' }] });
  expect(await idsOf('cloudwatch:dashboard')).toEqual(['worklab-abc123-gateways']);
  await remove('cloudwatch:alarm', 'y');
  await remove('cloudwatch:dashboard', 'worklab-abc123-gateways');
  expect(watch.commandCalls(CW.DeleteAlarmsCommand)[0]?.args[0].input).toEqual({ AlarmNames: ['y'] });
});

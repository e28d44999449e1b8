// Sweepers of what stands beside the tasks: buckets, file systems, logs, the role, the agent's machine.

import * as Logs from '@aws-sdk/client-cloudwatch-logs';
import * as EC2 from '@aws-sdk/client-ec2';
import * as EFS from '@aws-sdk/client-efs';
import * as IAM from '@aws-sdk/client-iam';
import * as S3 from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { fakeAws, owning } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const { found, idsOf, of, remove } = sweeping(sweepers);
const logs = mockClient(Logs.CloudWatchLogsClient);
const ec2 = mockClient(EC2.EC2Client);
const efs = mockClient(EFS.EFSClient);
const iam = mockClient(IAM.IAMClient);
const s3 = mockClient(S3.S3Client);
const error = (name: string): Error => Object.assign(new Error(name), { name });
const Tags = [{ Key: 'worklab:run', Value: 'abc123' }];

beforeEach(() => {
  for (const mock of [logs, ec2, efs, iam, s3]) mock.reset();
});

describe('buckets', () => {
  const named = (Name: string, BucketRegion?: string) => ({ Name, ...(BucketRegion ? { BucketRegion } : {}) });
  const removeIn = (kind: string, id: string, parent: string) => of(kind).remove(fakeAws(), { kind, id, parent });

  beforeEach(() => {
    s3.on(S3.GetBucketTaggingCommand).rejects(error('NoSuchTagSet'));
    s3.on(S3.ListBucketsCommand).resolves({ Buckets: [named('worklab-abc123-datasync-target')] });
  });

  test('are the run’s by name, stack or tag, on the second page too; of this region; in doubt where tags are closed', async () => {
    s3.on(S3.ListBucketsCommand)
      .resolvesOnce({
        Buckets: [named('worklab-abc123-a'), named('worklab-abc123-b', 'eu-west-1')],
        ContinuationToken: 'm',
      })
      .resolvesOnce({ Buckets: [named('tagged'), named('in-stack'), named('of-old'), named('closed')] });
    s3.on(S3.GetBucketTaggingCommand, { Bucket: 'tagged' }).resolves({ TagSet: Tags });
    s3.on(S3.GetBucketTaggingCommand, { Bucket: 'closed' }).rejects(error('AccessDenied'));
    expect(await found('s3:bucket', owning('in-stack'))).toEqual([
      { kind: 's3:bucket', id: 'worklab-abc123-a' },
      { kind: 's3:bucket', id: 'tagged' },
      { kind: 's3:bucket', id: 'in-stack' },
      { kind: 's3:bucket', id: 'closed', why: expect.stringContaining('may not be read') },
    ]);
  });

  test('hold something on the second page too, and are emptied after the tasks that fill them', async () => {
    const page = { Name: 'worklab-abc123-datasync-target' };
    s3.on(S3.ListObjectVersionsCommand)
      .resolvesOnce({ ...page, IsTruncated: true, NextKeyMarker: 'a', NextVersionIdMarker: '1' })
      .resolvesOnce({ ...page, Versions: [{ Key: 'b', VersionId: '2' }] });
    expect(await idsOf('s3:object')).toEqual(['worklab-abc123-datasync-target/*']);
    expect(of('s3:object').after).toContain('datasync:task');
    expect(of('s3:bucket').after).toContain('s3:object');
  });

  test('are emptied of versions and markers of all pages', async () => {
    const page = { Name: 'worklab-abc123-datasync-target' };
    s3.on(S3.ListObjectVersionsCommand)
      .resolvesOnce({
        ...page,
        Versions: [{ Key: 'a', VersionId: '1' }],
        IsTruncated: true,
        NextKeyMarker: 'a',
        NextVersionIdMarker: '1',
      })
      .resolvesOnce({ ...page, DeleteMarkers: [{ Key: 'b', VersionId: '2' }] });
    s3.on(S3.DeleteObjectsCommand).resolves({});
    await removeIn('s3:object', 'b/*', 'b');
    expect(s3.commandCalls(S3.DeleteObjectsCommand)[0]?.args[0].input.Delete?.Objects).toEqual([
      { Key: 'a', VersionId: '1' },
      { Key: 'b', VersionId: '2' },
    ]);
  });

  test('a listing that is none, one that is denied, and a refusal inside a 200 are errors', async () => {
    s3.on(S3.ListObjectVersionsCommand).resolves({});
    s3.on(S3.ListMultipartUploadsCommand).resolves({});
    await expect(found('s3:object')).rejects.toThrow('lacks the list');
    await expect(found('s3:multipart-upload')).rejects.toThrow('lacks the list');
    s3.on(S3.ListObjectVersionsCommand).rejects(error('AccessDenied'));
    await expect(found('s3:object')).rejects.toThrow('AccessDenied');
    s3.on(S3.ListObjectVersionsCommand).resolves({ Name: 'b', Versions: [{ Key: 'k', VersionId: '1' }] });
    s3.on(S3.DeleteObjectsCommand).resolves({ Errors: [{ Key: 'k', Code: 'AccessDenied', Message: 'no' }] });
    await expect(removeIn('s3:object', 'b/*', 'b')).rejects.toThrow('b/k: AccessDenied: no');
  });

  test('uploads of all pages are aborted', async () => {
    const page = { Bucket: 'worklab-abc123-datasync-target' };
    s3.on(S3.ListMultipartUploadsCommand)
      .resolvesOnce({ ...page, Uploads: [{ Key: 'a', UploadId: '1' }], IsTruncated: true, NextKeyMarker: 'a' })
      .resolvesOnce({ ...page, Uploads: [{ Key: 'b', UploadId: '2' }] });
    const all = await found('s3:multipart-upload');
    for (const { id, parent = '' } of all) await removeIn('s3:multipart-upload', id, parent);
    expect(s3.commandCalls(S3.AbortMultipartUploadCommand).map((call) => call.args[0].input)).toEqual([
      { ...page, Key: 'a', UploadId: '1' },
      { ...page, Key: 'b', UploadId: '2' },
    ]);
  });

  test('one that is gone is gone', async () => {
    s3.on(S3.DeleteBucketCommand).rejects(error('NoSuchBucket'));
    await remove('s3:bucket', 'b');
  });
});

describe('file systems', () => {
  test('are the run’s by tag, name or stack, on the second page too, with their mount targets', async () => {
    const pages = () =>
      efs
        .on(EFS.DescribeFileSystemsCommand)
        .resolvesOnce({
          FileSystems: [{ FileSystemId: 'fs-1', Tags }, { FileSystemId: 'fs-9' }] as never,
          NextMarker: 'm',
        })
        .resolvesOnce({
          FileSystems: [{ FileSystemId: 'fs-2', Name: 'worklab-abc123-x' }, { FileSystemId: 'fs-3' }] as never,
        });
    pages();
    expect(await idsOf('elasticfilesystem:file-system', owning('fs-3'))).toEqual(['fs-1', 'fs-2', 'fs-3']);
    efs.reset();
    pages();
    efs.on(EFS.DescribeMountTargetsCommand).resolves({ MountTargets: [] });
    efs
      .on(EFS.DescribeMountTargetsCommand, { FileSystemId: 'fs-2' })
      .resolvesOnce({ MountTargets: [{ MountTargetId: 'fsmt-1' }] as never, NextMarker: 'm' })
      .resolvesOnce({ MountTargets: [{ MountTargetId: 'fsmt-2' }] as never });
    expect(await idsOf('elasticfilesystem:mount-target')).toEqual(['fsmt-1', 'fsmt-2']);
    efs.on(EFS.DescribeFileSystemsCommand).resolves({ FileSystems: [{ FileSystemId: 'fs-1', Tags }] as never });
    efs.on(EFS.DescribeMountTargetsCommand).rejects(error('AccessDeniedException'));
    await expect(found('elasticfilesystem:mount-target')).rejects.toThrow('AccessDenied');
  });

  test('mount targets go first, before the stacks, and both are waited for', async () => {
    efs
      .on(EFS.DescribeMountTargetsCommand)
      .resolvesOnce({ MountTargets: [{ LifeCycleState: 'deleting' }] as never })
      .rejects(error('MountTargetNotFound'));
    efs.on(EFS.DescribeFileSystemsCommand).rejects(error('FileSystemNotFound'));
    await remove('elasticfilesystem:mount-target', 'fsmt-1');
    await remove('elasticfilesystem:file-system', 'fs-1');
    expect(efs.commandCalls(EFS.DescribeMountTargetsCommand)).toHaveLength(2);
    expect(of('elasticfilesystem:mount-target').beforeStacks).toBe(true);
    expect(of('elasticfilesystem:file-system').after).toEqual(['elasticfilesystem:mount-target']);
  });
});

describe('logs and the role', () => {
  test('log groups and their policies are the run’s by name or stack, on the second page too', async () => {
    logs
      .on(Logs.DescribeLogGroupsCommand)
      .resolvesOnce({
        logGroups: [{ logGroupName: 'worklab-abc123-datasync' }, { logGroupName: 'other' }],
        nextToken: 'm',
      })
      .resolvesOnce({ logGroups: [{ logGroupName: 'in-stack' }] });
    logs
      .on(Logs.DescribeResourcePoliciesCommand)
      .resolvesOnce({ resourcePolicies: [{ policyName: 'other' }], nextToken: 'm' })
      .resolvesOnce({ resourcePolicies: [{ policyName: 'worklab-abc123-datasync' }] });
    expect(await idsOf('logs:log-group', owning('in-stack'))).toEqual(['worklab-abc123-datasync', 'in-stack']);
    expect(await idsOf('logs:resource-policy')).toEqual(['worklab-abc123-datasync']);
    for (const kind of ['logs:log-group', 'logs:resource-policy']) {
      await remove(kind, 'worklab-abc123-datasync');
      expect(of(kind).after).toEqual(['datasync:task']);
    }
    expect(logs.commandCalls(Logs.DeleteLogGroupCommand)).toHaveLength(1);
    expect(logs.commandCalls(Logs.DeleteResourcePolicyCommand)).toHaveLength(1);
  });

  test('a role is the run’s by name or stack, on the second page too, and lets go of its policies first', async () => {
    const role = (RoleName: string) => ({ RoleName, Path: '/' }) as IAM.Role;
    iam
      .on(IAM.ListRolesCommand)
      .resolvesOnce({ Roles: [role('other')], IsTruncated: true, Marker: 'm' })
      .resolvesOnce({ Roles: [role('worklab-abc123-datasync'), role('in-stack')] });
    expect(await idsOf('iam:role', owning('in-stack'))).toEqual(['worklab-abc123-datasync', 'in-stack']);
    iam.on(IAM.ListAttachedRolePoliciesCommand).resolves({ AttachedPolicies: [{ PolicyArn: 'arn' }] });
    iam.on(IAM.ListRolePoliciesCommand).resolves({ PolicyNames: ['buckets'] });
    await remove('iam:role', 'worklab-abc123-datasync');
    const sent = iam.calls().map((call) => call.args[0].constructor.name);
    expect(sent.slice(-4).filter((name) => !name.startsWith('List'))).toEqual([
      'DetachRolePolicyCommand',
      'DeleteRolePolicyCommand',
      'DeleteRoleCommand',
    ]);
  });
});

describe('the machine', () => {
  const machine = (InstanceId: string, more: EC2.Instance = {}) => ({
    Instances: [{ InstanceId, State: { Name: 'running' as const }, ...more }],
  });

  test('is the run’s by tag or stack, on the second page too; a disk that it takes along is not listed', async () => {
    ec2
      .on(EC2.DescribeInstancesCommand)
      .resolvesOnce({ Reservations: [machine('i-1', { Tags }), machine('i-9')], NextToken: 'm' })
      .resolvesOnce({ Reservations: [machine('i-2'), machine('i-3', { Tags, State: { Name: 'terminated' } })] });
    expect(await idsOf('ec2:instance', owning('i-2'))).toEqual(['i-1', 'i-2']);
    ec2.on(EC2.DescribeInstancesCommand).resolves({ Reservations: [machine('i-1', { Tags })] });
    ec2
      .on(EC2.DescribeVolumesCommand)
      .resolvesOnce({
        Volumes: [{ VolumeId: 'vol-1', Tags, Attachments: [{ InstanceId: 'i-1', DeleteOnTermination: true }] }],
        NextToken: 'm',
      })
      .resolvesOnce({ Volumes: [{ VolumeId: 'vol-2', Tags }, { VolumeId: 'vol-9' }] });
    expect(await idsOf('ec2:volume')).toEqual(['vol-2']);
  });

  test('is terminated and waited for', async () => {
    ec2
      .on(EC2.DescribeInstancesCommand)
      .resolves({ Reservations: [machine('i-1', { State: { Name: 'terminated' } })] });
    await remove('ec2:instance', 'i-1');
    expect(ec2.commandCalls(EC2.TerminateInstancesCommand)).toHaveLength(1);
  });
});

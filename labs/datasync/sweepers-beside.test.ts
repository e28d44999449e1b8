// Sweepers of what stands beside the tasks: file systems, who may write logs.

import * as Logs from '@aws-sdk/client-cloudwatch-logs';
import * as EFS from '@aws-sdk/client-efs';
import { mockClient } from 'aws-sdk-client-mock';
import { owning } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const { found, idsOf, of, remove } = sweeping(sweepers);
const logs = mockClient(Logs.CloudWatchLogsClient);
const efs = mockClient(EFS.EFSClient);
const error = (name: string): Error => Object.assign(new Error(name), { name });
const Tags = [{ Key: 'worklab:run', Value: 'abc123' }];

beforeEach(() => {
  for (const mock of [logs, efs]) mock.reset();
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

test('policies of log groups are the run’s by name, on the second page too', async () => {
  logs
    .on(Logs.DescribeResourcePoliciesCommand)
    .resolvesOnce({ resourcePolicies: [{ policyName: 'other' }], nextToken: 'm' })
    .resolvesOnce({ resourcePolicies: [{ policyName: 'worklab-abc123-datasync' }] });
  expect(await idsOf('logs:resource-policy')).toEqual(['worklab-abc123-datasync']);
  await remove('logs:resource-policy', 'worklab-abc123-datasync');
  expect(of('logs:resource-policy').after).toEqual(['datasync:task']);
  expect(logs.commandCalls(Logs.DeleteResourcePolicyCommand)).toHaveLength(1);
});

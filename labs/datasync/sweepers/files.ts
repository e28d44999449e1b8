// File systems, which cost by what they hold, and the mount targets that hold them and their subnet.

import {
  DeleteFileSystemCommand,
  DeleteMountTargetCommand,
  DescribeFileSystemsCommand,
  DescribeMountTargetsCommand,
  EFSClient,
  paginateDescribeFileSystems,
  paginateDescribeMountTargets,
} from '@aws-sdk/client-efs';
import { type Aws, isMarked, items, type Sweeper, type SweepScope, unlessGone, waitUntil } from '../../../lib/kit';

const GONE = ['FileSystemNotFound', 'MountTargetNotFound'];
const efs = (aws: Aws): { readonly client: EFSClient } => ({ client: aws.client(EFSClient) });

async function* ofRun(aws: Aws, scope: SweepScope): AsyncGenerator<string> {
  const pages = paginateDescribeFileSystems(efs(aws), {});
  for await (const { FileSystemId: id, Name, Tags } of items(pages, (page) => page.FileSystems)) {
    if (id !== undefined && (scope.owned.has(id) || isMarked(scope, { tags: Tags, names: [Name] }))) yield id;
  }
}

export const mountTargets: Sweeper = {
  kind: 'elasticfilesystem:mount-target',
  after: ['datasync:location'],
  // Its network interface is EFS's own, and leaves with it.
  beforeStacks: true,

  async *list(aws, scope) {
    for await (const FileSystemId of ofRun(aws, scope)) {
      const pages = paginateDescribeMountTargets(efs(aws), { FileSystemId });
      for await (const { MountTargetId: id } of items(pages, (page) => page.MountTargets)) {
        if (id !== undefined) yield { kind: 'elasticfilesystem:mount-target', id };
      }
    }
  },

  remove: (aws, { id: MountTargetId }) =>
    unlessGone(GONE, async () => {
      const { client } = efs(aws);
      await client.send(new DeleteMountTargetCommand({ MountTargetId }));
      // It is there, "deleting", for a minute, and keeps its file system and its subnet for as long.
      await waitUntil(aws, { for: `mount target ${MountTargetId} to be deleted`, seconds: 300 }, async () => {
        const { MountTargets } = await client.send(new DescribeMountTargetsCommand({ MountTargetId }));
        return MountTargets?.length === 0;
      });
    }),
};

export const fileSystems: Sweeper = {
  kind: 'elasticfilesystem:file-system',
  after: ['elasticfilesystem:mount-target'],

  async *list(aws, scope) {
    for await (const id of ofRun(aws, scope)) yield { kind: 'elasticfilesystem:file-system', id };
  },

  remove: (aws, { id: FileSystemId }) =>
    unlessGone(GONE, async () => {
      const { client } = efs(aws);
      await client.send(new DeleteFileSystemCommand({ FileSystemId }));
      await waitUntil(aws, { for: `file system ${FileSystemId} to be deleted`, seconds: 300 }, async () => {
        const { FileSystems } = await client.send(new DescribeFileSystemsCommand({ FileSystemId }));
        return FileSystems?.length === 0;
      });
    }),
};

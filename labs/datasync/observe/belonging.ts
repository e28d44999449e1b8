// Is a thing of DataSync's the run's? Its lists show a name at most; tags are asked one by one.

import { DataSyncClient, paginateListTagsForResource, type TagListEntry } from '@aws-sdk/client-datasync';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';

export const datasync = (aws: Aws): { readonly client: DataSyncClient } => ({ client: aws.client(DataSyncClient) });

export const tagsOf = (aws: Aws, ResourceArn: string): Promise<TagListEntry[]> =>
  collect(items(paginateListTagsForResource(datasync(aws), { ResourceArn }), (page) => page.Tags));

/** By name, or by tag. */
export const isOfRun = async (aws: Aws, scope: RunScope, arn: string, name?: string): Promise<boolean> =>
  isMarked(scope, { names: [name] }) || isMarked(scope, { tags: await tagsOf(aws, arn) });

/** The bucket of "s3://bucket/prefix/", the host of "nfs://host/export/", the file system of "efs://region.fs-1/". */
export const hostOf = (uri: string): string => /^[a-z0-9]+:\/\/([^/]+)/i.exec(uri)?.[1] ?? '';

// The run's volumes, by the tag that every stack of a run puts on what it makes.

import { EC2Client, paginateDescribeVolumes } from '@aws-sdk/client-ec2';
import { type Aws, isMarked, items, type RunScope } from '../../../lib/kit';

export interface Volume {
  readonly id: string;
  readonly arn: string;
  readonly zone: string;
  readonly state: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The snapshot that it was made from. */
  readonly fromSnapshot?: string | undefined;
}

/** Those of the run; with `ids`, those as well. */
export async function volumes(aws: Aws, scope: RunScope, ids: ReadonlySet<string> = new Set()): Promise<Volume[]> {
  const found: Volume[] = [];
  const pages = paginateDescribeVolumes({ client: aws.client(EC2Client) }, {});
  for await (const volume of items(pages, (page) => page.Volumes)) {
    const { VolumeId: id = '', Tags = [], State = 'unknown', AvailabilityZone: zone = '', SnapshotId } = volume;
    if (!ids.has(id) && !isMarked(scope, { tags: Tags })) continue;
    found.push({
      id,
      arn: `arn:aws:ec2:${aws.region}:${aws.account}:volume/${id}`,
      zone,
      state: State,
      tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
      fromSnapshot: SnapshotId || undefined,
    });
  }
  return found;
}

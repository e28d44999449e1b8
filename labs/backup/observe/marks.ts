// Is a vault, plan or report plan the run's? By its name, or by its tags, which AWS Backup's lists leave out.

import { BackupClient, paginateListTags } from '@aws-sdk/client-backup';
import { type Aws, isMarked, type RunScope } from '../../../lib/kit';

export interface Named {
  readonly name: string;
  readonly arn: string;
}

/** Asks for tags only where the name does not tell. */
export async function isOfRun(aws: Aws, scope: RunScope, { name, arn }: Named): Promise<boolean> {
  return isNamed(scope, name) || isTagged(aws, scope, arn);
}

/** A report plan's name takes no hyphens. */
export const isNamed = (scope: RunScope, name: string): boolean =>
  isMarked(scope, { names: [name, name.replaceAll('_', '-')] });

async function isTagged(aws: Aws, { tag }: RunScope, ResourceArn: string): Promise<boolean> {
  for await (const { Tags = {} } of paginateListTags({ client: aws.client(BackupClient) }, { ResourceArn })) {
    if (Tags[tag.key] === tag.value) return true;
  }
  return false;
}

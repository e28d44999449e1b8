// Is a vault, plan or report plan the run's? By its name, or by its tag, which one listing tells for all of them.

import { type Aws, type SweepScope, taggedArns } from '../../../lib/kit';
import { isNamed, type Named } from '../observe/marks';

export async function belonging(aws: Aws, scope: SweepScope): Promise<(thing: Named) => boolean> {
  const tagged = await taggedArns(aws, scope, 'backup');
  return ({ name, arn }) => isNamed(scope, name) || tagged.has(arn);
}

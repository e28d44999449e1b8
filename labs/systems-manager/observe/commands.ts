// What Run Command has had the run's machines do: its status alone. What a command printed is not looked at.

import { paginateListCommandInvocations, SSMClient } from '@aws-sdk/client-ssm';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';
import { nodes } from './nodes';

export interface Invocation {
  readonly node: string;
  readonly document: string;
  /** A document of the run's, or one of Amazon's that runs a script of the learner's. */
  readonly isOwn: boolean;
  readonly status: string;
  readonly details: string;
  /** ISO 8601 */
  readonly asked: string;
}

export interface Commands {
  readonly online: readonly string[];
  readonly invocations: readonly Invocation[];
}

export async function commands(aws: Aws, scope: RunScope): Promise<Commands> {
  const found = await nodes(aws, scope);
  const client = aws.client(SSMClient);
  const each = await Promise.all(
    found.map(({ id }) =>
      collect(items(paginateListCommandInvocations({ client }, { InstanceId: id }), (page) => page.CommandInvocations)),
    ),
  );
  return {
    online: found.filter(({ ping }) => ping === 'Online').map(({ id }) => id),
    invocations: each
      .flat()
      .map(({ InstanceId = '', DocumentName = '', Status = 'Failed', StatusDetails = '', RequestedDateTime }) => ({
        node: InstanceId,
        document: DocumentName,
        isOwn: DocumentName === 'AWS-RunShellScript' || isMarked(scope, { names: [DocumentName] }),
        status: Status,
        details: StatusDetails,
        asked: RequestedDateTime?.toISOString() ?? '',
      })),
  };
}

// Who logged in over SSH, in the machine's own words: the output of a Run Command that somebody sent before.

import { paginateListCommandInvocations, SSMClient } from '@aws-sdk/client-ssm';
import { type Aws, collect, items, type RunScope } from '../../../lib/kit';
import { loginQuestion } from '../facts';
import { type Machine, machines } from './machines';

export interface Logins {
  /** False where machines have no operating system that anybody could log in to. */
  readonly real: boolean;
  readonly machine?: Machine | undefined;
  /** The newest answer of the machine; undefined when it was not asked or has not answered. */
  readonly answer?: { readonly asked: string; readonly lines: readonly string[] } | undefined;
}

/** Sends nothing: grading must not run commands on somebody's machine. */
export async function logins(aws: Aws, scope: RunScope): Promise<Logins> {
  if (aws.target === 'local') return { real: false };
  const machine = (await machines(aws, scope)).find(({ state }) => state === 'running');
  if (machine === undefined) return { real: true };
  const pages = paginateListCommandInvocations(
    { client: aws.client(SSMClient) },
    { InstanceId: machine.id, Details: true },
  );
  const invocations = await collect(items(pages, (page) => page.CommandInvocations));
  const [newest] = invocations
    .filter(({ Comment, Status }) => Comment === loginQuestion(scope.prefix) && Status === 'Success')
    .sort((a, b) => (b.RequestedDateTime?.getTime() ?? 0) - (a.RequestedDateTime?.getTime() ?? 0));
  return { real: true, machine, answer: newest && answerOf(newest) };
}

const answerOf = ({
  RequestedDateTime,
  CommandPlugins = [],
}: {
  readonly RequestedDateTime?: Date | undefined;
  readonly CommandPlugins?: readonly { readonly Output?: string | undefined }[] | undefined;
}): NonNullable<Logins['answer']> => ({
  asked: RequestedDateTime?.toISOString() ?? '',
  lines: CommandPlugins.flatMap(({ Output = '' }) => Output.split('\n')).filter((line) =>
    line.includes('Accepted publickey for'),
  ),
});

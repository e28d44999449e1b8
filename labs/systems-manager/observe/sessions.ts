// The way in without SSH: the machines, what a session is set up with, and the sessions that there were.

import { paginateDescribeSessions, SSMClient } from '@aws-sdk/client-ssm';
import { type Aws, collect, items, type RunScope } from '../../../lib/kit';
import { type Document, documents } from './documents';
import { type Node, nodes } from './nodes';

export interface Setup {
  readonly name: string;
  readonly status: string;
  /** False where the content is YAML, which is not read. */
  readonly readable: boolean;
  readonly logs?: string | undefined;
  /** Minutes. */
  readonly idle?: string | undefined;
}

export interface Access {
  readonly nodes: readonly Node[];
  readonly setups: readonly Setup[];
  /** Of sessions to the run's machines: who may see what they do, their words are not looked at. */
  readonly sessions: readonly { readonly id: string; readonly status: string }[];
}

export async function access(aws: Aws, scope: RunScope): Promise<Access> {
  const [found, written] = await Promise.all([nodes(aws, scope), documents(aws, scope, 'Session')]);
  const sessions = await Promise.all(found.map(({ id }) => sessionsTo(aws, id)));
  return { nodes: found, setups: written.map(setup), sessions: sessions.flat() };
}

function setup({ name, status, content }: Document): Setup {
  const inputs = (content?.inputs ?? {}) as Record<string, string | undefined>;
  return {
    name,
    status,
    readable: content !== undefined,
    logs: inputs.cloudWatchLogGroupName || inputs.s3BucketName || undefined,
    idle: inputs.idleSessionTimeout || undefined,
  };
}

async function sessionsTo(aws: Aws, id: string): Promise<Access['sessions'][number][]> {
  const found = await Promise.all(
    (['Active', 'History'] as const).map((State) => {
      const Filters = [{ key: 'Target' as const, value: id }];
      return collect(
        items(paginateDescribeSessions({ client: aws.client(SSMClient) }, { State, Filters }), (page) => page.Sessions),
      );
    }),
  );
  return found.flat().map(({ SessionId = '', Status = 'Failed' }) => ({ id: SessionId, status: Status }));
}

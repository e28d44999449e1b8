// Sessions that are open, automations that run, and the documents of the run.

import {
  AutomationExecutionStatus,
  DeleteDocumentCommand,
  GetAutomationExecutionCommand,
  paginateDescribeAutomationExecutions,
  paginateDescribeSessions,
  paginateListDocuments,
  SSMClient,
  StopAutomationExecutionCommand,
  TerminateSessionCommand,
} from '@aws-sdk/client-ssm';
import { type Aws, collect, isMarked, items, type Sweeper, unlessGone, waitUntil } from '../../../lib/kit';

const ssm = (aws: Aws): { readonly client: SSMClient } => ({ client: aws.client(SSMClient) });
const RUNNING: readonly string[] = ['Pending', 'InProgress', 'Waiting', 'Cancelling', 'PendingApproval', 'Approved'];

export const sessions: Sweeper = {
  kind: 'ssm:session',

  async *list(aws, scope) {
    const pages = paginateDescribeSessions(ssm(aws), { State: 'Active' });
    for await (const { SessionId: id = '', Target = '', DocumentName } of items(pages, (page) => page.Sessions)) {
      if (scope.owned.has(Target) || isMarked(scope, { names: [DocumentName] })) yield { kind: 'ssm:session', id };
    }
  },

  remove: async (aws, { id: SessionId }) => {
    await ssm(aws).client.send(new TerminateSessionCommand({ SessionId }));
    await waitUntil(aws, { for: `the session ${SessionId} to end`, seconds: 60 }, async () => {
      const active = await collect(
        items(paginateDescribeSessions(ssm(aws), { State: 'Active' }), (page) => page.Sessions),
      );
      return !active.some((one) => one.SessionId === SessionId);
    });
  },
};

/** One that is over stays in the history for thirty days, and cannot be deleted. */
export const automations: Sweeper = {
  kind: 'ssm:automation-execution',
  // What starts a machine while its stack goes would have the deletion wait for it.
  beforeStacks: true,

  async *list(aws, scope) {
    const pages = paginateDescribeAutomationExecutions(ssm(aws), {});
    for await (const one of items(pages, (page) => page.AutomationExecutionMetadataList)) {
      const { AutomationExecutionId: id = '', DocumentName, AutomationExecutionStatus: status = '' } = one;
      const isOfRun = isMarked(scope, { names: [DocumentName] });
      if (isOfRun && RUNNING.includes(status)) yield { kind: 'ssm:automation-execution', id };
    }
  },

  remove: async (aws, { id: AutomationExecutionId }) => {
    const over = ['AutomationExecutionNotFoundException', 'InvalidAutomationStatusUpdateException'];
    await unlessGone(over, () =>
      ssm(aws).client.send(new StopAutomationExecutionCommand({ AutomationExecutionId, Type: 'Cancel' })),
    );
    await waitUntil(aws, { for: `the automation ${AutomationExecutionId} to stop`, seconds: 300 }, async () =>
      isOver(aws, AutomationExecutionId),
    );
  },
};

async function isOver(aws: Aws, AutomationExecutionId: string): Promise<boolean> {
  let over = true;
  await unlessGone(['AutomationExecutionNotFoundException'], async () => {
    const { AutomationExecution } = await ssm(aws).client.send(
      new GetAutomationExecutionCommand({ AutomationExecutionId }),
    );
    over = !RUNNING.includes(AutomationExecution?.AutomationExecutionStatus ?? AutomationExecutionStatus.INPROGRESS);
  });
  return over;
}

export const documents: Sweeper = {
  kind: 'ssm:document',
  // A document that is associated with machines cannot be deleted.
  after: ['ssm:association', 'ssm:automation-execution'],

  async *list(aws, scope) {
    const pages = paginateListDocuments(ssm(aws), { Filters: [{ Key: 'Owner', Values: ['Self'] }] });
    for await (const { Name: id = '', Tags } of items(pages, (page) => page.DocumentIdentifiers)) {
      if (scope.owned.has(id) || isMarked(scope, { tags: Tags, names: [id] })) yield { kind: 'ssm:document', id };
    }
  },

  remove: (aws, { id: Name }) =>
    unlessGone(['InvalidDocument'], () => ssm(aws).client.send(new DeleteDocumentCommand({ Name }))),
};

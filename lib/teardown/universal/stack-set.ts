// Stack sets named after the run: their instances first, in whatever account and region, then the set.

import {
  CloudFormationClient,
  DeleteStackInstancesCommand,
  DeleteStackSetCommand,
  DescribeStackSetOperationCommand,
  paginateListStackInstances,
  paginateListStackSets,
  type StackInstanceSummary,
} from '@aws-sdk/client-cloudformation';
import { type Aws, collect, isMarked, items, type Sweeper, unlessGone, waitUntil } from '../../kit';

const MINUTES = 60;

/** A set in its management account's own view; one that is delegated is listed by its delegate alone. */
export const stackSets: Sweeper = {
  kind: 'cloudformation:stack-set',

  async *list(aws, scope) {
    const pages = paginateListStackSets({ client: aws.client(CloudFormationClient) }, { Status: 'ACTIVE' });
    for await (const { StackSetName: id } of items(pages, (page) => page.Summaries)) {
      if (id !== undefined && (scope.owned.has(id) || isMarked(scope, { names: [id] }))) {
        yield { kind: 'cloudformation:stack-set', id };
      }
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['StackSetNotFoundException'], async () => {
      const client = aws.client(CloudFormationClient);
      const instances = await collect(
        items(paginateListStackInstances({ client }, { StackSetName: id }), (page) => page.Summaries),
      );
      if (instances.length > 0) await deleteInstances(aws, id, instances);
      await client.send(new DeleteStackSetCommand({ StackSetName: id }));
    }),
};

async function deleteInstances(aws: Aws, name: string, instances: readonly StackInstanceSummary[]): Promise<void> {
  const client = aws.client(CloudFormationClient);
  const units = [...new Set(instances.flatMap(({ OrganizationalUnitId }) => OrganizationalUnitId || []))];
  const { OperationId } = await client.send(
    new DeleteStackInstancesCommand({
      StackSetName: name,
      Regions: [...new Set(instances.flatMap(({ Region }) => Region ?? []))],
      RetainStacks: false,
      ...(units.length > 0
        ? { DeploymentTargets: { OrganizationalUnitIds: units } }
        : { Accounts: [...new Set(instances.flatMap(({ Account }) => Account ?? []))] }),
    }),
  );
  await waitUntil(aws, { for: `the instances of stack set ${name} to be deleted`, seconds: MINUTES * 60 }, async () => {
    const asked = new DescribeStackSetOperationCommand({ StackSetName: name, OperationId });
    const { Status = '' } = (await client.send(asked)).StackSetOperation ?? {};
    if (Status === 'FAILED' || Status === 'STOPPED')
      throw new Error(`deleting the instances of ${name} ended ${Status}`);
    return Status === 'SUCCEEDED';
  });
}

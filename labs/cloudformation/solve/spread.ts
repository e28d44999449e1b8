// The exercise on stack sets → a set under the run's roles, with an instance in each of two regions.

import {
  CreateStackInstancesCommand,
  CreateStackSetCommand,
  DescribeStackSetOperationCommand,
} from '@aws-sdk/client-cloudformation';
import { type Aws, meets, type RunScope, waitUntil } from '../../../lib/kit';
import { IN_SEVERAL_PLACES } from '../demands';
import { elsewhere } from '../facts';
import { stackSets } from '../observe/families';
import { cloudFormation } from '../observe/stacks';
import { template } from '../templates';
import { parametersOf } from './stack';

const WAIT = 900;

export async function spread(aws: Aws, scope: RunScope): Promise<void> {
  const sets = await stackSets(aws, scope);
  if (sets.some((set) => meets(set, IN_SEVERAL_PLACES))) return;
  const name = `${scope.prefix}-regional`;
  if (!sets.some((set) => set.name === name)) await createSet(aws, scope, name);
  const { OperationId } = await cloudFormation(aws).send(
    new CreateStackInstancesCommand({
      StackSetName: name,
      Accounts: [aws.account],
      Regions: [aws.region, elsewhere(aws.region)],
    }),
  );
  await waitUntil(aws, { for: `the instances of ${name}`, seconds: WAIT }, async () => {
    const asked = new DescribeStackSetOperationCommand({ StackSetName: name, OperationId });
    const { Status = '' } = (await cloudFormation(aws).send(asked)).StackSetOperation ?? {};
    if (Status === 'FAILED' || Status === 'STOPPED') throw new Error(`making the instances of ${name} ended ${Status}`);
    return Status === 'SUCCEEDED';
  });
}

async function createSet(aws: Aws, { prefix, tag }: RunScope, name: string): Promise<void> {
  await cloudFormation(aws).send(
    new CreateStackSetCommand({
      StackSetName: name,
      Description: 'A setting that is the same in every region',
      TemplateBody: template('regional.yaml'),
      Parameters: parametersOf({ Name: `/${prefix}/regional/greeting` }),
      PermissionModel: 'SELF_MANAGED',
      AdministrationRoleARN: `arn:aws:iam::${aws.account}:role/${prefix}-stackset-administration`,
      ExecutionRoleName: `${prefix}-stackset-execution`,
      Tags: [{ Key: tag.key, Value: tag.value }],
    }),
  );
}

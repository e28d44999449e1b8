// Exercises on change sets → one that is made, waited for, and executed.

import {
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  ExecuteChangeSetCommand,
  waitUntilChangeSetCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { type Aws, meets, patience, type RunScope } from '../../../lib/kit';
import { previews } from '../observe/changes';
import { cloudFormation } from '../observe/stacks';
import { PREVIEWED } from '../operations-demands';
import { parametersOf, stackFrom, untilUpdated } from './stack';

const WAIT = 300;

export async function preview(aws: Aws, scope: RunScope): Promise<void> {
  if ((await previews(aws, scope)).some((one) => meets(one, PREVIEWED))) return;
  const { id, parameters } = await stackFrom(aws, scope, { thing: 'preview', file: 'settings.yaml' });
  const Greeting = parameters.Greeting === 'good evening' ? 'good night' : 'good evening';
  await change(aws, scope, id, { UsePreviousTemplate: true, Parameters: parametersOf({ Greeting }) });
}

/** Makes a change set of a stack and executes it; returns when the stack is what it says. */
export async function change(
  aws: Aws,
  { tag }: RunScope,
  id: string,
  what: Partial<CreateChangeSetCommandInput>,
): Promise<void> {
  const client = cloudFormation(aws);
  const asked = new CreateChangeSetCommand({
    StackName: id,
    ChangeSetName: `preview-${Date.now()}`,
    ChangeSetType: 'UPDATE',
    Tags: [{ Key: tag.key, Value: tag.value }],
    ...what,
  });
  const { Id } = await client.send(asked);
  const named = { StackName: id, ChangeSetName: Id };
  await waitUntilChangeSetCreateComplete({ client, ...patience(aws, WAIT) }, named);
  await client.send(new ExecuteChangeSetCommand(named));
  await untilUpdated(aws, id);
}

// One stack of the learner's: deployed from a template of the lab where it does not stand yet, waited for, and deleted.

import {
  CreateStackCommand,
  type CreateStackCommandInput,
  DeleteStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { type Aws, patience, type RunScope } from '../../../lib/kit';
import { cloudFormation, type Stack, stacksOfRun } from '../observe/stacks';
import { template } from '../templates';

const WAIT = 600;
/** Nothing of it stands, or something that no update can save. */
const HOPELESS = /^(ROLLBACK_COMPLETE|ROLLBACK_FAILED|CREATE_FAILED|DELETE_FAILED|REVIEW_IN_PROGRESS)$/;

export interface Wanted {
  /** The stack's name without the run's. */
  readonly thing: string;
  /** A file of the lab's, or the text of a template. */
  readonly file?: string;
  readonly body?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly more?: Omit<CreateStackCommandInput, 'StackName'>;
}

export const parametersOf = (values: Readonly<Record<string, string>> = {}) =>
  Object.entries(values).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));

/** The stack of that name; undefined where none stands. */
export async function named(aws: Aws, scope: RunScope, thing: string): Promise<Stack | undefined> {
  return (await stacksOfRun(aws, scope)).find(({ name }) => name === `${scope.prefix}-${thing}`);
}

/** The stack, made where it does not stand. What failed before makes way. */
export async function stackFrom(aws: Aws, scope: RunScope, wanted: Wanted): Promise<Stack> {
  const standing = await named(aws, scope, wanted.thing);
  if (standing !== undefined && !HOPELESS.test(standing.status)) return standing;
  if (standing !== undefined) await remove(aws, standing.id);
  const id = await create(aws, scope, wanted);
  await waitUntilStackCreateComplete({ client: cloudFormation(aws), ...patience(aws, WAIT) }, { StackName: id });
  const made = await named(aws, scope, wanted.thing);
  if (made === undefined) throw new Error(`the stack ${scope.prefix}-${wanted.thing} was made and is not listed`);
  return made;
}

export async function create(aws: Aws, { prefix, tag }: RunScope, wanted: Wanted): Promise<string> {
  const { thing, file, body = template(file ?? ''), parameters, tags = {}, more } = wanted;
  const Tags = [tag, ...Object.entries(tags).map(([key, value]) => ({ key, value }))];
  const { StackId = '' } = await cloudFormation(aws).send(
    new CreateStackCommand({
      StackName: `${prefix}-${thing}`,
      TemplateBody: body,
      Parameters: parametersOf(parameters),
      Tags: Tags.map(({ key: Key, value: Value }) => ({ Key, Value })),
      ...more,
    }),
  );
  return StackId;
}

export async function remove(aws: Aws, id: string): Promise<void> {
  const client = cloudFormation(aws);
  await client.send(new DeleteStackCommand({ StackName: id }));
  await waitUntilStackDeleteComplete({ client, ...patience(aws, WAIT) }, { StackName: id });
}

export async function untilUpdated(aws: Aws, id: string): Promise<void> {
  await waitUntilStackUpdateComplete({ client: cloudFormation(aws), ...patience(aws, WAIT) }, { StackName: id });
}

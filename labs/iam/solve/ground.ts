// What every solution stands on: the run's path and tags, its boundary policy, and "make it unless it is there".

import { GetPolicyCommand, IAMClient, type Tag } from '@aws-sdk/client-iam';
import { type Aws, type RunScope, WorklabError } from '../../../lib/kit';
import type { Place } from '../documents';
import { pathOf } from '../facts';

const THERE =
  /^(EntityAlreadyExists|DuplicatePolicy|DuplicateOrganizationalUnit|TrailAlreadyExists|PolicyTypeAlreadyEnabled)/;
const ABSENT = /^NoSuchEntity/;

export const placeOf = ({ account }: Aws, { prefix }: RunScope): Place => ({ prefix, account, partition: 'aws' });

export const tagsOf = ({ tag }: RunScope): Tag[] => [{ Key: tag.key, Value: tag.value }];

export const arnOf = ({ account }: Aws, scope: RunScope, kind: string, thing: string): string =>
  `arn:aws:iam::${account}:${kind}${pathOf(scope)}${scope.prefix}-${thing}`;

/** Makes something; that it is there already is as good. */
export async function unlessThere(make: () => Promise<unknown>): Promise<void> {
  try {
    await make();
  } catch (error) {
    if (!(error instanceof Error && THERE.test(error.name))) throw error;
  }
}

/** The answer, or undefined for what is not there. */
export async function ifThere<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && ABSENT.test(error.name)) return undefined;
    throw error;
  }
}

/** ARN of the boundary, which the stack makes in both forms. */
export async function boundaryOf(aws: Aws, scope: RunScope): Promise<string> {
  const PolicyArn = arnOf(aws, scope, 'policy', 'boundary');
  const found = await ifThere(() => aws.client(IAMClient).send(new GetPolicyCommand({ PolicyArn })));
  if (found === undefined) {
    throw new WorklabError('usage/invalid', {
      what: `the boundary policy of run ${scope.run} is not there`,
      fix: 'deploy the lab again: nothing is made without it',
    });
  }
  return PolicyArn;
}

// The exercise on failures → a template that fails, what its events say, and the same stack from a repaired one.

import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { type Aws, meets, type RunScope, waitUntil } from '../../../lib/kit';
import { ROOT_CAUSE } from '../facts';
import { failures, firstFailure } from '../observe/failures';
import { cloudFormation, eventsOf } from '../observe/stacks';
import { REPAIRED } from '../operations-demands';
import { template } from '../templates';
import { create, named, remove, stackFrom } from './stack';

const THING = 'repaired';
const WAIT = 600;
/** What SQS takes at most (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html, 2026-11-25). */
const LONGEST_DELAY = 900;

export async function troubleshoot(aws: Aws, scope: RunScope): Promise<void> {
  if ((await failures(aws, scope)).some((failure) => meets(failure, REPAIRED))) return;
  const standing = await named(aws, scope, THING);
  if (standing !== undefined) await remove(aws, standing.id);
  const id = await create(aws, scope, { thing: THING, file: 'broken.yaml', more: { OnFailure: 'ROLLBACK' } });
  await waitUntil(aws, { for: 'the broken template to be rolled back', seconds: WAIT }, async () => {
    const { Stacks = [] } = await cloudFormation(aws).send(new DescribeStacksCommand({ StackName: id }));
    const status = Stacks[0]?.StackStatus ?? '';
    if (status === 'CREATE_COMPLETE') throw new Error('the broken template was deployed');
    return status === 'ROLLBACK_COMPLETE';
  });
  const cause = firstFailure(await eventsOf(aws, id));
  if (cause === undefined) throw new Error('nothing failed');
  await remove(aws, id);
  const body = template('broken.yaml').replace(/DelaySeconds: \d+/, `DelaySeconds: ${LONGEST_DELAY}`);
  await stackFrom(aws, scope, { thing: THING, body, tags: { [ROOT_CAUSE]: cause.logicalId } });
}

// The manifest of a landing zone, written down. Nothing is set up by it.

import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { type Aws, NotHere, type RunScope } from '../../../lib/kit';
import { manifestFor, manifestProblems } from '../manifest';
import { manifestName, plan, securityAccounts } from '../observe/landing-zone';

/** Accounts of the AWS documentation: in the sandbox nothing is ever set up with them. */
const MADE_UP = { logArchive: '111122223333', audit: '444455556666' };

export async function manifest(aws: Aws, scope: RunScope): Promise<void> {
  const { manifest: text, management, ...place } = await plan(aws, scope);
  if (text !== null && manifestProblems(text, place).length === 0) return;
  const accounts = aws.target === 'local' ? MADE_UP : management ? await securityAccounts(aws) : undefined;
  if (accounts === undefined) {
    throw new NotHere('the organization has no accounts for a log archive and for audit, or is not managed from here');
  }
  const Name = manifestName(scope);
  const Value = JSON.stringify(manifestFor([aws.region], accounts), null, 2);
  const Tags = [{ Key: scope.tag.key, Value: scope.tag.value }];
  // Tags and Overwrite exclude each other.
  const more = text === null ? { Tags } : { Overwrite: true };
  await aws.client(SSMClient).send(new PutParameterCommand({ Name, Value, Type: 'String', ...more }));
}

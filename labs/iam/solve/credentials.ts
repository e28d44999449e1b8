// The password policy, access keys whose secrets nobody keeps, their rotation, and a report on last use.

import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  GenerateServiceLastAccessedDetailsCommand,
  GetServiceLastAccessedDetailsCommand,
  IAMClient,
  UpdateAccessKeyCommand,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam';
import { type Aws, meets, type RunScope, waitUntil } from '../../../lib/kit';
import { keyDemands, PASSWORD, ROTATED } from '../demands';
import { PASSWORDS } from '../facts';
import { credentials as observed } from '../observe/account';
import { reports, rotations } from '../observe/history';
import { type User, users } from '../observe/people';
import { arnOf } from './ground';
import { people } from './people';

/** Seconds: AWS names up to half a minute for a report. */
const A_REPORT = 120;

export async function credentials(aws: Aws, scope: RunScope): Promise<void> {
  const { passwords, users: known, now } = await observed(aws, scope);
  if (passwords === undefined || !meets(passwords, PASSWORD)) await askForMore(aws, passwords);
  if (known.some((user) => meets(user, keyDemands(now)))) return;
  await people(aws, scope);
  const user = await second(aws, scope);
  for (const { id } of user.keys.filter(({ active }) => active)) await switchOff(aws, user, id);
  await makeKey(aws, await second(aws, scope));
}

/** What the account asks for already stays, unless it is less. */
async function askForMore(aws: Aws, was: Awaited<ReturnType<typeof observed>>['passwords']): Promise<void> {
  const { MinimumPasswordLength = 0, PasswordReusePrevention = 0, MaxPasswordAge, HardExpiry } = was ?? {};
  await aws.client(IAMClient).send(
    new UpdateAccountPasswordPolicyCommand({
      MinimumPasswordLength: Math.max(MinimumPasswordLength, PASSWORDS.MinimumPasswordLength),
      PasswordReusePrevention: Math.max(PasswordReusePrevention, PASSWORDS.PasswordReusePrevention),
      RequireUppercaseCharacters: true,
      RequireLowercaseCharacters: true,
      RequireNumbers: true,
      RequireSymbols: true,
      AllowUsersToChangePassword: true,
      MaxPasswordAge,
      HardExpiry,
    }),
  );
}

async function second(aws: Aws, scope: RunScope): Promise<User> {
  const found = (await users(aws, scope)).find(({ name }) => name === `${scope.prefix}-dev2`);
  if (found === undefined) throw new Error(`the user ${scope.prefix}-dev2 is not listed`);
  return found;
}

/** The secret is in the answer, and goes with it. A user has two keys at most: an inactive one makes room. */
async function makeKey(aws: Aws, { name: UserName, keys }: User): Promise<void> {
  const client = aws.client(IAMClient);
  const spent = keys.find(({ active }) => !active);
  if (keys.length >= 2 && spent !== undefined) {
    await client.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: spent.id }));
  }
  await client.send(new CreateAccessKeyCommand({ UserName }));
}

const switchOff = (aws: Aws, { name: UserName }: User, AccessKeyId: string): Promise<unknown> =>
  aws.client(IAMClient).send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: 'Inactive' }));

export async function rotate(aws: Aws, scope: RunScope): Promise<void> {
  if ((await rotations(aws, scope)).some((one) => meets(one, ROTATED))) return;
  await people(aws, scope);
  const user = await second(aws, scope);
  const old = user.keys.filter(({ active }) => active);
  if (old.length === 0) await makeKey(aws, user);
  const before = await second(aws, scope);
  await makeKey(aws, before);
  for (const { id } of before.keys.filter(({ active }) => active)) await switchOff(aws, before, id);
}

export async function report(aws: Aws, scope: RunScope): Promise<void> {
  if ((await reports(aws, scope)).length > 0) return;
  const client = aws.client(IAMClient);
  const Arn = arnOf(aws, scope, 'policy', 'boundary');
  const { JobId } = await client.send(new GenerateServiceLastAccessedDetailsCommand({ Arn }));
  await waitUntil(aws, { for: 'the report on last use', seconds: A_REPORT }, async () => {
    const { JobStatus } = await client.send(new GetServiceLastAccessedDetailsCommand({ JobId }));
    return JobStatus === 'COMPLETED';
  });
}

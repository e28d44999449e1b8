// Credentials that run out in the middle: read anew, waited for, gone on with.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { fromIni } from '@aws-sdk/credential-providers';
import { isExpired, renewable, untilRenewed } from '../../lib/aws/credentials';
import { openForActing } from '../../lib/aws/door';
import { answeringServer, inJson } from '../support/answering-server';

/** Answers who signs with the key NEW; tells everybody else that the token has expired. */
let keys: string[] = [];
const session = answeringServer(({ request, response }) => {
  const key = /Credential=(\w+)/.exec(String(request.headers.authorization))?.[1] ?? '';
  keys.push(key);
  if (key === 'NEW') inJson(response, { Parameter: { Name: 'x' } });
  else inJson(response, { __type: 'ExpiredTokenException', message: 'expired' }, 400);
});

let folder: string;
beforeEach(() => {
  keys = [];
  folder = mkdtempSync(join(tmpdir(), 'worklab-credentials-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (key: string): void =>
  writeFileSync(join(folder, 'credentials'), `[p]\naws_access_key_id = ${key}\naws_secret_access_key = s\n`);

test('what a learner pastes into the file meanwhile is taken up by the client that was refused', async () => {
  write('OLD');
  const file = { profile: 'p', filepath: join(folder, 'credentials'), configFilepath: join(folder, 'config') };
  const { credentials, renew } = renewable((ignoreCache) => fromIni({ ...file, ignoreCache }));
  const failures: number[] = [];
  const renewed = async (failure: number): Promise<boolean> => {
    failures.push(failure);
    if (failure === 2) write('NEW');
    renew();
    return true;
  };

  const answer = await openForActing({ ...session(), credentials, renewed }, () => {})
    .client(SSMClient)
    .send(new GetParameterCommand({ Name: 'x' }));

  expect(answer.Parameter).toEqual({ Name: 'x' });
  expect(failures).toEqual([1, 2]);
  expect(keys).toEqual(['OLD', 'OLD', 'NEW']);
});

test('calls that fail together ask once; what is no expiry is nobody’s to renew', async () => {
  let asked = 0;
  let fresh = false;
  const renewing = untilRenewed(async () => {
    asked += 1;
    await new Promise((resolve) => setTimeout(resolve, 10));
    fresh = true;
    return true;
  });
  const call = async (): Promise<string> => {
    if (!fresh) throw Object.assign(new Error('old'), { name: 'ExpiredToken' });
    return 'done';
  };

  expect(await Promise.all([renewing(call), renewing(call), renewing(call)])).toEqual(['done', 'done', 'done']);
  expect(asked).toBe(1);
  await expect(renewing(() => Promise.reject(new Error('denied')))).rejects.toThrow('denied');
});

test('who does not renew them gets the error', async () => {
  const expired = Object.assign(new Error('old'), { name: 'RequestExpired' });

  await expect(untilRenewed(async () => false)(() => Promise.reject(expired))).rejects.toBe(expired);
});

test.each([
  ['ExpiredToken', 'x', true],
  ['CredentialsProviderError', 'The SSO session associated with this profile has expired', true],
  ['CredentialsProviderError', 'Could not load credentials from any providers', false],
  ['AccessDenied', 'no', false],
])('%s "%s": %s', (name, message, expected) => {
  expect(isExpired(Object.assign(new Error(message), { name }))).toBe(expected);
});

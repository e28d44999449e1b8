// Target and credentials → Session. Asks who answers, so that a tunnel on loopback is not taken for an emulator.

import { messageOf, WorklabError } from '../core/errors';
import { localCredentials } from '../sandbox/credentials';
import { isExpired, renewable } from './credentials';
import { type Credentials, clientConfig, type Session } from './session';

/** Accounts that emulators answer with: moto's and LocalStack's (their documentation, 2026-11-22). */
const EMULATOR_ACCOUNTS = new Set(['123456789012', '000000000000']);
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);
/** An emulator's credentials do not expire; one that says so may have been disturbed. */
const LOCAL_TRIES = 3;

/** Whether an endpoint is on this machine. An unreadable one is not. */
export function isLoopback(endpoint: string): boolean {
  try {
    return LOOPBACK.has(new URL(endpoint).hostname);
  } catch {
    return false;
  }
}

/** A session with an emulator. Its credentials are made up, never the learner's. */
export async function localSession(endpoint: string, region: string): Promise<Session> {
  const credentials: Credentials = async () => localCredentials;
  const renewed = async (failure: number): Promise<boolean> => failure < LOCAL_TRIES;
  const session = { target: 'local', region, endpoint, credentials, renewed } as const;
  const who = await whoCalls(session);
  const { account } = who;
  if (!EMULATOR_ACCOUNTS.has(account)) {
    throw new WorklabError('account/not-an-emulator', {
      what: `${endpoint} answers as account ${account}, which is no emulator's`,
      fix: 'a loopback address can be a tunnel to real AWS: use --target aws for a real account',
    });
  }
  return { ...session, ...who };
}

/** A session with a real account, through a profile or the SDK's default chain. */
export async function awsSession(options: {
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  /** Waits until somebody has renewed credentials that are still expired after they were read anew; false to give up. */
  readonly pause?: ((failure: number) => Promise<boolean>) | undefined;
}): Promise<Session> {
  const { profile, pause = async () => false } = options;
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  const { credentials, renew } = renewable((ignoreCache) =>
    fromNodeProviderChain({ ignoreCache, ...(profile === undefined ? {} : { profile }) }),
  );
  const renewed = async (failure: number): Promise<boolean> => {
    const goesOn = failure === 1 || (await pause(failure));
    renew();
    return goesOn;
  };
  const region = options.region ?? (await profileRegion(profile)) ?? 'us-east-1';
  const session = {
    target: 'aws',
    region,
    credentials,
    renewed,
    ...(profile === undefined ? {} : { profile }),
  } as const;
  return { ...session, ...(await whoCalls(session)) };
}

async function profileRegion(profile: string | undefined): Promise<string | undefined> {
  const { STSClient } = await import('@aws-sdk/client-sts');
  try {
    return await new STSClient(profile === undefined ? {} : { profile }).config.region();
  } catch {
    return undefined; // No region is configured anywhere; the caller has a default.
  }
}

type Stranger = Omit<Session, 'account' | 'caller'>;

async function whoCalls(session: Stranger): Promise<{ readonly account: string; readonly caller: string }> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  try {
    const client = new STSClient(clientConfig(session));
    const { Account: account, Arn: caller = '' } = await client.send(new GetCallerIdentityCommand({}));
    if (account === undefined) throw new Error('the answer names no account');
    return { account, caller };
  } catch (error) {
    throw explain(error, session);
  }
}

function explain(cause: unknown, { endpoint, profile }: Stranger): WorklabError {
  const login = profile === undefined ? 'aws sso login (or aws configure)' : `aws sso login --profile ${profile}`;
  if (endpoint !== undefined) {
    return new WorklabError('account/unreachable', {
      what: `no emulator answers at ${endpoint}: ${messageOf(cause)}`,
      fix: 'worklab sandbox start, or give the address of a running emulator with --endpoint-url',
      cause,
    });
  }
  if (isExpired(cause) || /expired/i.test(messageOf(cause))) {
    return new WorklabError('account/expired-credentials', {
      what: `the AWS credentials have expired: ${messageOf(cause)}`,
      fix: `renew them (${login}) and run the same command again`,
      cause,
    });
  }
  return new WorklabError('account/no-credentials', {
    what: `no usable AWS credentials: ${messageOf(cause)}`,
    fix: `log in (${login}), or leave out --target aws to practise on this laptop for free`,
    cause,
  });
}

// Options and environment → a session: the sandbox on this laptop, another emulator, or a real account.

import { awsSession, isLoopback, localSession } from '../aws/identity';
import type { Session } from '../aws/session';
import { WorklabError } from '../core/errors';
import type { RunState } from '../core/journal';
import type { Target, Whereabouts } from '../core/run';
import { sandboxStatus, startSandbox } from '../sandbox/sandbox';
import { knownRuns, openJournal } from '../store/journal';
import type { Context } from './context';
import { pauseForRenewal } from './renewal';

export const DEFAULT_REGION = 'us-east-1';

export interface TargetOptions {
  readonly target?: string;
  readonly profile?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
  readonly port?: number;
}

/** What is meant, before anything is asked of it. */
export interface ChosenTarget {
  readonly target: Target;
  /** An emulator that worklab did not start. */
  readonly endpoint?: string;
}

/** Local unless a real account is asked for; contradictions are usage errors. */
export function chooseTarget(options: TargetOptions, environment: NodeJS.ProcessEnv): ChosenTarget {
  const endpoint = options.endpointUrl ?? environment.AWS_ENDPOINT_URL;
  const local = endpoint !== undefined && isLoopback(endpoint);
  refuseNonsense(options, local);
  const real = options.target === 'aws' || (options.profile !== undefined && options.target === undefined);
  if (real && local) {
    throw conflict(
      `a real account was asked for together with the endpoint ${endpoint} on this machine`,
      'leave out --endpoint-url and unset AWS_ENDPOINT_URL for a real account; leave out --target aws and --profile for local',
    );
  }
  return { target: real ? 'aws' : 'local', ...(local ? { endpoint } : {}) };
}

function refuseNonsense({ target, profile, endpointUrl }: TargetOptions, local: boolean): void {
  if (target !== undefined && target !== 'aws' && target !== 'local') {
    throw conflict(`--target "${target}" is no target`, '--target local or --target aws');
  }
  if (profile !== undefined && target === 'local') {
    throw conflict('--profile names a real account, --target local none', 'leave one of them out');
  }
  if (endpointUrl !== undefined && !local) {
    throw conflict(
      `--endpoint-url ${endpointUrl} is not on this machine`,
      'give a loopback address, for example http://127.0.0.1:5000',
    );
  }
}

const conflict = (what: string, fix: string): WorklabError => new WorklabError('usage/target-conflict', { what, fix });

/** A session for a new run. Starts the sandbox where there is none. */
export async function openSession(context: Context, chosen: ChosenTarget, options: TargetOptions): Promise<Session> {
  if (chosen.target === 'aws') return realSession(context, options);
  const region = options.region ?? DEFAULT_REGION;
  return localSession(chosen.endpoint ?? (await ensureSandbox(context, options.port)), region);
}

/** After `sandbox env`, AWS_ENDPOINT_URL names this home's own sandbox: then it is that one, and no other emulator. */
export async function ownSandboxAside(context: Context, chosen: ChosenTarget): Promise<ChosenTarget> {
  if (chosen.endpoint === undefined) return chosen;
  const { endpoint } = await sandboxStatus(context.home);
  const isOwn = endpoint !== null && new URL(endpoint).port === new URL(chosen.endpoint).port;
  return isOwn ? { target: chosen.target } : chosen;
}

/** The endpoint of this home's sandbox, started if need be. Runs that a restart has ended are marked. */
export async function ensureSandbox(context: Context, port?: number): Promise<string> {
  const { endpoint, fresh, reason } = await startSandbox({
    home: context.home,
    declarations: context.declarations,
    ...(port === undefined ? {} : { port }),
    onProgress: ({ step, text }) => context.emit({ stage: 'sandbox', step, text }),
  });
  if (fresh) markGone(context, reason ?? 'the sandbox was started anew');
  return endpoint;
}

/** Marks every open run of this home's sandbox as gone, and names them. */
export function markGone(context: Context, because: string): string[] {
  const runs = knownRuns(context.home).filter((state) => state.status === 'open' && isManaged(state));
  for (const { begun } of runs) openJournal(context.home, begun.run).append({ event: 'gone', because });
  const names = runs.map(({ begun }) => begun.run);
  if (names.length > 0) context.remark(`gone with the sandbox: ${names.join(', ')} (${because})`);
  return names;
}

/** Whether a run lives in the sandbox that worklab started itself. */
export const isManaged = ({ begun }: RunState): boolean => begun.target === 'local' && begun.endpoint === undefined;

/** The session that a run was begun in; its sandbox has to be the one that still runs. */
export const sessionOf = (context: Context, state: RunState): Promise<Session> =>
  sessionAt(context, state.begun, () => runningEndpoint(context, state));

/** A session where a run was, to look and to remove: where its sandbox is gone, another one is started. */
export const sessionToLook = (context: Context, where: Whereabouts): Promise<Session> =>
  sessionAt(context, where, () => ensureSandbox(context));

const realSession = (
  context: Context,
  { profile, region }: Pick<TargetOptions, 'profile' | 'region'>,
): Promise<Session> => awsSession({ profile, region, pause: pauseForRenewal(context, profile) });

async function sessionAt(
  context: Context,
  where: Whereabouts,
  managedEndpoint: () => Promise<string>,
): Promise<Session> {
  const { run, target, account, region, endpoint, profile } = where;
  if (target === 'local') return localSession(endpoint ?? (await managedEndpoint()), region);
  const session = await realSession(context, where);
  if (session.account === account) return session;
  throw new WorklabError('account/not-allowed', {
    what: `run ${run} lives in account ${account}, and these credentials are of ${session.account}`,
    fix: profile === undefined ? 'log in to the account of the run' : `log in with profile ${profile}`,
  });
}

async function runningEndpoint(context: Context, state: RunState): Promise<string> {
  const { run } = state.begun;
  const { endpoint, since } = await sandboxStatus(context.home);
  const isSame = since !== null && since <= state.since && state.status !== 'gone';
  if (endpoint !== null && isSame) return endpoint;
  throw new WorklabError('sandbox/not-running', {
    what:
      endpoint === null
        ? `the sandbox that held run ${run} is not running`
        : `the sandbox that held run ${run} was another one`,
    fix: `what was in it is gone with it: worklab destroy ${run} closes the run, worklab deploy begins a new one`,
  });
}

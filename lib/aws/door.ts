// Session → Aws: the clients that labs receive, each watched: what it reads, what it changes, and who answered.

import type { Aws } from '../kit/aws';
import { untilRenewed } from './credentials';
import { clientConfig, type Session } from './session';
import { askShared } from './shared';
import { noteCall, noteEmulated } from './trace';

/** Told of every call that changes something, before it is sent. */
export type BeforeChange = (call: string) => void;

interface Watched {
  readonly config: { readonly serviceId: string };
  readonly middlewareStack: {
    add(middleware: unknown, options: { readonly step: string; readonly name: string }): void;
  };
}

interface Answered {
  readonly headers?: Record<string, string>;
}

type Handler = (args: unknown) => Promise<{ readonly response?: Answered }>;

const READS = /^(?:Describe|Filter|Get|List|Lookup|Search|Select|Head|BatchGet|Simulate|Scan|Query|TestDNSAnswer$)/;
/** What tells of things that stand there, and may be asked once for several who want to know. */
const LISTS = /^(?:Describe|List|GetResources$)/;
const EMULATED_HEADER = 'x-worklab-emulated';

/** A door through which nothing can be changed: grading looks, it does not touch. */
export const openForReading = (session: Session): Aws =>
  open(session, (call) => {
    throw new Error(`${call} changes something, and this was opened for reading`);
  });

/** A door for acting; `beforeChange` hears of each change first. */
export const openForActing = (session: Session, beforeChange: BeforeChange): Aws => open(session, beforeChange);

function open(session: Session, beforeChange: BeforeChange): Aws {
  const clients = new Map<string, unknown>();
  const renewing = untilRenewed(session.renewed ?? (async () => false));
  return {
    account: session.account,
    region: session.region,
    target: session.target,
    endpoint: session.endpoint,
    client<C>(Type: new (config: never) => C, region = session.region): C {
      const key = `${Type.name} ${region}`;
      const known = clients.get(key) as C | undefined;
      if (known !== undefined) return known;
      const made = new Type({ ...clientConfig({ ...session, region }), ...atOneHost(session, Type.name) } as never);
      watch(made as unknown as Watched, region, beforeChange, renewing);
      clients.set(key, made);
      return made;
    },
  };
}

/** S3 Control puts the account's id before the endpoint's host, which is no host where that is an address. */
const atOneHost = ({ endpoint }: Session, client: string): object =>
  endpoint !== undefined && client === 'S3ControlClient'
    ? { endpointProvider: () => ({ url: new URL(endpoint) }) }
    : {};

function watch(
  client: Watched,
  region: string,
  beforeChange: BeforeChange,
  renewing: ReturnType<typeof untilRenewed>,
): void {
  const service = client.config.serviceId.toLowerCase().replaceAll(' ', '-');
  client.middlewareStack.add(
    (next: Handler, { commandName = '' }: { readonly commandName?: string }) =>
      async (args: { readonly input: unknown }) => {
        const operation = commandName.replace(/Command$/, '');
        const call = `${service}:${operation}`;
        if (!READS.test(operation)) beforeChange(call);
        const ask = (): Promise<{ readonly response?: Answered }> => {
          noteCall(call);
          return renewing(() => next(args));
        };
        if (!LISTS.test(operation)) return ask();
        return askShared(`${call} ${region} ${JSON.stringify(args.input)}`, ask);
      },
    { step: 'initialize', name: 'worklabCalls' },
  );
  client.middlewareStack.add(
    (next: Handler) => async (args: unknown) => {
      try {
        const answer = await next(args);
        noteWhoAnswered(answer.response);
        return answer;
      } catch (error) {
        noteWhoAnswered((error as { readonly $response?: Answered }).$response); // "not found" is an answer too
        throw error;
      }
    },
    { step: 'deserialize', name: 'worklabEmulated' },
  );
}

function noteWhoAnswered(answer: Answered | undefined): void {
  if (answer?.headers?.[EMULATED_HEADER] !== undefined) noteEmulated();
}

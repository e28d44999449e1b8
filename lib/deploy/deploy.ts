// Cloud assembly → stacks in CloudFormation, through the CDK toolkit, by change sets, in parallel where independent.

import type { IIoHost } from '@aws-cdk/toolkit-lib';
import type { Session } from '../aws/session';
import type { SynthesizedStack } from '../core/assembly';
import type { DeployedStack } from '../core/deployment';
import { messageOf, WorklabError } from '../core/errors';
import type { JournalEvent } from '../core/journal';
import type { Emit } from '../core/progress';
import { deployedStack, failureOf } from './look';
import { progressHost } from './progress-host';

/** Stacks at once: CloudFormation's API is throttled per account, and a laptop's emulator has few cores. */
const STACKS_AT_ONCE = 4;
/** Milliseconds between looks at a stack's events. An emulator answers at once; AWS throttles DescribeStackEvents. */
const POLL = { local: 100, aws: 2000 } as const;

export interface DeployOptions {
  readonly run: string;
  readonly session: Session;
  /** Directory of the cloud assembly. */
  readonly assembly: string;
  readonly stacks: readonly SynthesizedStack[];
  /** Values of CloudFormation parameters, by name; each stack takes those it declares. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly emit: Emit;
  readonly append: (event: JournalEvent) => void;
}

/** Deploys every stack. Throws deploy/failed naming the resource and CloudFormation's reason; what stands, stands in the journal. */
export async function deploy(options: DeployOptions): Promise<DeployedStack[]> {
  const { session, stacks, append } = options;
  for (const { name: stack, lab, region } of stacks) append({ event: 'deploying', stack, lab, region });
  const failures: string[] = [];
  try {
    await withEndpoint(session.endpoint, () => runToolkit(options, progressHost(options.emit, failures)));
  } catch (cause) {
    throw await explain(cause, options, failures);
  }
  return record(options);
}

async function runToolkit({ session, assembly, stacks, parameters }: DeployOptions, ioHost: IIoHost): Promise<void> {
  const { BaseCredentials, StackParameters, Toolkit } = await import('@aws-cdk/toolkit-lib');
  const toolkit = new Toolkit({
    ioHost,
    emojis: false,
    color: false,
    sdkConfig: {
      baseCredentials: BaseCredentials.custom({ provider: session.credentials, region: session.region }),
    },
  });
  await toolkit.deploy(await toolkit.fromAssemblyDirectory(assembly), {
    deploymentMethod: { method: 'change-set' },
    concurrency: STACKS_AT_ONCE,
    parameters: StackParameters.exactly(byStack(stacks, parameters)),
    stackEventPollingInterval: POLL[session.target],
  });
}

/** The toolkit wants "stack:parameter", and refuses a value for a parameter that a template does not declare. */
const byStack = (
  stacks: readonly SynthesizedStack[],
  values: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    stacks.flatMap(({ name, template: { Parameters = {} } }) =>
      Object.entries(values)
        .filter(([key]) => key in Parameters)
        .map(([key, value]) => [`${name}:${key}`, value]),
    ),
  );

async function record({ session, stacks, append }: DeployOptions): Promise<DeployedStack[]> {
  const deployed: DeployedStack[] = [];
  for (const stack of stacks) {
    const found = await deployedStack(session, stack);
    append({ event: 'deployed', stack: found, region: stack.region });
    deployed.push(found);
  }
  return deployed;
}

async function explain(cause: unknown, options: DeployOptions, failures: readonly string[]): Promise<WorklabError> {
  const reason = failures.at(0) ?? (await failureOf(options.session, options.stacks)) ?? messageOf(cause);
  options.append({ event: 'deploy-failed', reason });
  return new WorklabError('deploy/failed', {
    what: reason,
    fix: `worklab destroy ${options.run} removes what was begun; then correct the cause and deploy again`,
    cause,
  });
}

/** The toolkit makes its own SDK clients; AWS_ENDPOINT_URL is the one way to give them an endpoint. */
async function withEndpoint<Result>(endpoint: string | undefined, act: () => Promise<Result>): Promise<Result> {
  if (endpoint === undefined) return act();
  const before = process.env.AWS_ENDPOINT_URL;
  process.env.AWS_ENDPOINT_URL = endpoint;
  try {
    return await act();
  } finally {
    if (before === undefined) delete process.env.AWS_ENDPOINT_URL;
    else process.env.AWS_ENDPOINT_URL = before;
  }
}

// The sandbox against moto's own server: time to the first answer, memory, and a stack of ten resources, as ratios.

import { execFileSync, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { discoverLabs, emulatorDeclarations } from '../../lib/registry/discover';
import { localCredentials } from '../../lib/sandbox/credentials';
import { ensureInstalled } from '../../lib/sandbox/install';
import { ENGINE } from '../../lib/sandbox/paths';
import { median } from './measure';

const ROUNDS = 3;
const AIMS = { start: 1.5, memory: 1.3, stack: 3 } as const;

interface Figures {
  /** Seconds from the start of the process to the first answer. */
  readonly start: number;
  /** MiB in use after the stack stands. */
  readonly memory: number;
  /** Seconds until the stack stands. */
  readonly stack: number;
}

/** Ten resources that moto creates properly. */
const TEMPLATE = JSON.stringify({
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    ...Object.fromEntries(
      [0, 1, 2].map((n) => [
        `Subnet${n}`,
        { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: `10.0.${n}.0/24` } },
      ]),
    ),
    Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'g', VpcId: { Ref: 'Vpc' } } },
    Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
    Bucket: { Type: 'AWS::S3::Bucket' },
    Topic: { Type: 'AWS::SNS::Topic' },
    Queue: { Type: 'AWS::SQS::Queue' },
    Log: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'ten' } },
  },
});

/** Each in turn, on the same machine; the first round warms the file cache and does not count. */
export async function benchSandbox(labs: string): Promise<void> {
  const { python } = await ensureInstalled();
  const ours = ['-m', 'emulator', ...emulatorDeclarations(labs, discoverLabs(labs))];
  const theirs = ['-c', 'import sys; from moto.server import main; main(sys.argv[1:])'];
  const rounds: { readonly ours: Figures; readonly theirs: Figures }[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    rounds.push({
      ours: await figuresOf(python, [...ours, '--port', String(48_100 + round)], 48_100 + round),
      theirs: await figuresOf(python, [...theirs, '-p', String(48_200 + round)], 48_200 + round),
    });
  }
  for (const figure of ['start', 'memory', 'stack'] as const) {
    const counted = rounds.slice(1);
    const ratio = median(counted.map((round) => round.ours[figure] / round.theirs[figure]));
    const middle = (whose: 'ours' | 'theirs'): string =>
      median(counted.map((round) => round[whose][figure])).toFixed(2);
    process.stdout.write(
      `sandbox ${figure} / moto's server: ratio ${ratio.toFixed(2)} (aim ${AIMS[figure]}), ${middle('ours')} against ${middle('theirs')}\n`,
    );
  }
}

/** As the sandbox is started for a learner: with compiled modules, whatever the shell here says of them. */
function environment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('PYTHON'));
  return { ...Object.fromEntries(inherited), PYTHONPATH: ENGINE };
}

async function figuresOf(python: string, words: readonly string[], port: number): Promise<Figures> {
  const begun = performance.now();
  const child = spawn(python, words, { env: environment(), stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    const config = {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      credentials: localCredentials,
      maxAttempts: 1,
    };
    const start = await secondsUntilAnswer(new STSClient(config), begun);
    const stack = await secondsOfStack(new CloudFormationClient(config));
    return { start, memory: residentMiB(child.pid ?? 0), stack };
  } finally {
    child.kill();
    await ended;
  }
}

async function secondsUntilAnswer(client: STSClient, begun: number): Promise<number> {
  for (;;) {
    try {
      await client.send(new GetCallerIdentityCommand({}));
      return (performance.now() - begun) / 1000;
    } catch {
      await sleep(20);
    }
  }
}

async function secondsOfStack(client: CloudFormationClient): Promise<number> {
  const begun = performance.now();
  await client.send(new CreateStackCommand({ StackName: 'ten', TemplateBody: TEMPLATE }));
  for (;;) {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'ten' }));
    if (Stacks?.[0]?.StackStatus === 'CREATE_COMPLETE') return (performance.now() - begun) / 1000;
    await sleep(20);
  }
}

/** As ps tells it: kilobytes, on Linux and macOS alike. */
const residentMiB = (pid: number): number =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)]).toString()) / 1024;

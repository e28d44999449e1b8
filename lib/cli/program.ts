// The command line as data: words, options, help with examples. Each action hands over to one file of commands/.

import { Command } from 'commander';
import type { DeployFlags } from './commands/deploy';
import type { DestroyFlags } from './commands/destroy';
import type { PlanFlags } from './commands/plan';
import type { ProveFlags } from './commands/prove';
import type { SolveFlags } from './commands/solve';
import type { Context } from './context';

const SAMPLE = 'labs/weeks/week-04.md';

/** Receives the exit code of the command that ran. */
type Done = (code: number) => void;

/** A command's module is loaded when the command runs (lib/README.md says why by `require`). */
type Does = <Module, Words extends unknown[]>(
  load: () => Module,
  act: (module: Module, context: Context, ...words: Words) => Promise<number>,
) => (...words: Words) => Promise<void>;

/** The program. `context` is called once, by the command that runs. */
export function makeProgram(context: () => Context, version: string, done: Done): Command {
  const program = new Command('worklab')
    .description('Turns a weekly AWS worklog into a hands-on lab: deployed, graded, torn down and proven clean.')
    .version(version)
    .showSuggestionAfterError()
    .addHelpText('after', firstSteps());
  const does: Does =
    (load, act) =>
    async (...words) =>
      done(await act(load(), context(), ...words));
  addReading(program, does);
  addRunning(program, does);
  addEnding(program, does);
  addSandbox(program, does);
  addAccount(program, does);
  return program;
}

const FIRST_STEPS: readonly (readonly [command: string, what: string])[] = [
  [`plan ${SAMPLE}`, 'what the week would become, and its cost'],
  [`deploy ${SAMPLE}`, 'deploy it on this laptop, free, no account'],
  ['check', 'grade the exercises'],
  ['destroy --yes', 'remove everything, and prove it'],
];

const firstSteps = (): string => {
  const width = Math.max(...FIRST_STEPS.map(([command]) => command.length));
  const lines = FIRST_STEPS.map(([command, what]) => `  $ npx worklab ${command.padEnd(width)}  ${what}`);
  return `
Examples:
${lines.join('\n')}

Exit codes: 0 done, 1 bug, 2 usage, 3 worklog, 4 account or credentials, 5 deploy failed,
  6 an exercise failed, 7 residue found or unproven, 130 declined or interrupted.`;
};

const json = (command: Command): Command =>
  command
    .option('--json', 'print one JSON document on standard output')
    .option('--debug', 'show causes and stack traces of errors');

const examples = (command: Command, ...lines: readonly string[]): Command =>
  command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  $ npx worklab ${line}`).join('\n')}`);

const where = (command: Command): Command =>
  command
    .option('--target <target>', 'local (this laptop) or aws (a real account)')
    .option('--profile <name>', 'AWS profile; means --target aws')
    .option('--region <region>', 'AWS region (default: the profile’s, us-east-1 on local)')
    .option('--endpoint-url <url>', 'another emulator on this machine')
    .option('--only <labs>', 'these labs only, for example ec2,rds')
    .option('--with <ids>', 'let in exercises that are guarded on AWS, by id');

const consent = (command: Command): Command =>
  command.option('--yes', 'do not ask').option('--account <id>', 'the AWS account that is meant, with --yes');

function addReading(program: Command, does: Does): void {
  const manifest = program.command('manifest').argument('<file...>', 'worklogs, or directories of them');
  examples(
    json(manifest).description('what the parser reads in a worklog'),
    `manifest ${SAMPLE}`,
    'manifest ../my-report --json',
  );
  manifest.action(
    does(
      () => require('./commands/manifest') as typeof import('./commands/manifest'),
      (m, context, files: string[]) => m.manifestCommand(context, files),
    ),
  );

  const plan = program.command('plan').argument('<file>', 'a worklog');
  examples(
    where(json(plan))
      .description('sections, exercises, stacks, cost and guards; calls nobody')
      .option('--permissions', 'print what the labs have to be allowed, as IAM policies'),
    `plan ${SAMPLE}`,
    `plan ${SAMPLE} --only ec2 --permissions`,
    `plan ${SAMPLE} --only ec2 --json`,
  );
  plan.action(
    does(
      () => require('./commands/plan') as typeof import('./commands/plan'),
      (m, context, file: string, flags: PlanFlags) => m.planCommand(context, file, flags),
    ),
  );

  const labs = program.command('labs').argument('[lab]', 'show the exercises of one lab');
  examples(json(labs).description('the labs there are'), 'labs', 'labs ec2');
  labs.action(
    does(
      () => require('./commands/labs') as typeof import('./commands/labs'),
      (m, context, lab?: string) => m.labsCommand(context, lab),
    ),
  );

  const status = program.command('status').argument('[run]', 'one run');
  examples(json(status).description('runs, stacks, age, cost so far, expiry'), 'status');
  status.action(
    does(
      () => require('./commands/status') as typeof import('./commands/status'),
      (m, context, run?: string) => m.statusCommand(context, run),
    ),
  );
}

function addRunning(program: Command, does: Does): void {
  const deploy = program.command('deploy').argument('<file>', 'a worklog');
  consent(where(json(deploy)))
    .description('deploy the labs of a worklog, on this laptop unless told otherwise')
    .option('--starter', 'only the prerequisites: you build the exercises, check grades them')
    .option('--my-ip <address>', 'the one address that SSH is open to (looked up on aws)')
    .option('--ttl <duration>', 'when the run expires, for example 90m, 4h, 1d', '4h');
  examples(
    deploy,
    `deploy ${SAMPLE}`,
    `deploy ${SAMPLE} --only ec2 --starter`,
    `deploy ${SAMPLE} --only ec2 --profile sandbox`,
  );
  deploy.action(
    does(
      () => require('./commands/deploy') as typeof import('./commands/deploy'),
      (m, context, file: string, flags: DeployFlags) => m.deployCommand(context, file, flags),
    ),
  );

  const check = program.command('check').argument('[words...]', '[run] [lab[/exercise]]');
  examples(json(check).description('grade the exercises of a run'), 'check', 'check ec2', 'check ec2/launch-instance');
  check.action(
    does(
      () => require('./commands/check') as typeof import('./commands/check'),
      (m, context, words: string[]) => m.checkCommand(context, words),
    ),
  );

  const solve = program.command('solve').argument('[words...]', '[run] lab[/exercise]');
  consent(json(solve))
    .description('have worklab do exercises, through the SDK')
    .option('--all', 'all that the worklog asks for');
  examples(solve, 'solve --all', 'solve ec2/create-image');
  solve.action(
    does(
      () => require('./commands/solve') as typeof import('./commands/solve'),
      (m, context, words: string[], flags: SolveFlags) => m.solveCommand(context, words, flags),
    ),
  );

  const connect = program.command('connect').argument('<words...>', '[run] lab');
  examples(json(connect).description('open a way in: ssh to the lab’s instance'), 'connect ec2');
  connect.action(
    does(
      () => require('./commands/connect') as typeof import('./commands/connect'),
      (m, context, words: string[]) => m.connectCommand(context, words),
    ),
  );

  const extend = program.command('extend').argument('<words...>', '[run] duration');
  examples(json(extend).description('a later expiry, counted from now'), 'extend 2h');
  extend.action(
    does(
      () => require('./commands/extend') as typeof import('./commands/extend'),
      (m, context, words: string[]) => m.extendCommand(context, words),
    ),
  );
}

function addEnding(program: Command, does: Does): void {
  const destroy = program.command('destroy').argument('[run]', 'a run; the open one if there is one only');
  examples(
    consent(json(destroy))
      .description('delete, sweep, and prove that nothing is left')
      .option('--also <ids>', 'delete these too: what an earlier destroy showed as perhaps the run’s'),
    'destroy',
    'destroy --yes --json',
    'destroy --also vol-0123456789abcdef0',
  );
  destroy.action(
    does(
      () => require('./commands/destroy') as typeof import('./commands/destroy'),
      (m, context, run: string | undefined, flags: DestroyFlags) => m.destroyCommand(context, run, flags),
    ),
  );

  const prove = program.command('prove').argument('[run]', 'a run; the open one, or the last');
  examples(
    json(prove)
      .description('look for anything of a run; changes nothing')
      .option('--receipt <file>', 'what to look for: the receipt.json of a destroy, with or without its journal'),
    'prove',
    'prove --receipt receipt.json',
  );
  prove.action(
    does(
      () => require('./commands/prove') as typeof import('./commands/prove'),
      (m, context, run: string | undefined, flags: ProveFlags) => m.proveCommand(context, run, flags),
    ),
  );
}

function addSandbox(program: Command, does: Does): void {
  const load = () => require('./commands/sandbox') as typeof import('./commands/sandbox');
  const sandbox = program.command('sandbox').description('the AWS emulator on this laptop');
  json(sandbox.command('start'))
    .description('start it, installing it on first use')
    .option('--port <number>', 'a port (default: a free one)')
    .action(does(load, (m, context, flags: { port?: string }) => m.sandboxStart(context, flags)));
  json(sandbox.command('stop'))
    .description('stop it; what is in it is gone')
    .action(does(load, (m, context) => m.sandboxStop(context)));
  json(sandbox.command('status'))
    .description('whether it runs, and where')
    .action(does(load, (m, context) => m.sandboxShow(context)));
  json(sandbox.command('reset'))
    .description('make it forget everything')
    .action(does(load, (m, context) => m.sandboxReset(context)));
  const environment = json(sandbox.command('env'))
    .description('exports that let your own aws CLI talk to it')
    .option('--shell <shell>', 'sh, powershell or cmd');
  examples(environment, 'sandbox env > env.sh && . ./env.sh && aws ec2 describe-vpcs');
  environment.action(does(load, (m, context, flags: { shell?: string }) => m.sandboxEnvironment(context, flags)));
}

function addAccount(program: Command, does: Does): void {
  const load = () => require('./commands/account') as typeof import('./commands/account');
  const account = program.command('account').description('which real accounts may be deployed to');
  const allow = json(account.command('allow'))
    .argument('<id>', 'a twelve-digit account number')
    .description('add one')
    .option('--regions <regions>', 'in these regions only, for example us-east-1,us-west-2');
  examples(allow, 'account allow 111122223333', 'account allow 111122223333 --regions us-east-1,us-west-2');
  allow.action(does(load, (m, context, id: string, flags: { regions?: string }) => m.accountAllow(context, id, flags)));
  json(account.command('list'))
    .description('show them')
    .action(does(load, (m, context) => m.accountList(context)));
  json(account.command('remove'))
    .argument('<id>', 'a twelve-digit account number')
    .description('take one off the list')
    .action(does(load, (m, context, id: string) => m.accountRemove(context, id)));
}

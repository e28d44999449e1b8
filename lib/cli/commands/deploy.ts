// worklab deploy FILE: worklog → plan → consent → stacks that stand, everything journalled before it is done.

import { join } from 'node:path';
import type { Session } from '../../aws/session';
import type { DeployedStack } from '../../core/deployment';
import { WorklabError } from '../../core/errors';
import type { RunBegun } from '../../core/journal';
import type { Plan } from '../../core/plan';
import { type RunScope, scopeOf } from '../../core/run';
import type { Aws } from '../../kit';
import type { Labs } from '../../registry/discover';
import { makePrivate, runDirectory } from '../../store/home';
import { type Journal, knownRuns, openJournal } from '../../store/journal';
import { exclusively } from '../../store/lock';
import { sshKey } from '../../store/ssh-key';
import { validatedTemplates } from '../../store/validated-templates';
import { callerCidr } from '../caller-address';
import { type Consent, confirmAccount, guardAccount } from '../confirm';
import type { Context } from '../context';
import { letExpire } from '../expiry';
import { parseDuration, parseOwnAddress, parseWith } from '../options';
import { columns, count, dollars, duration } from '../print';
import { newRunId } from '../runs';
import { runsBeside, settingsOf } from '../settings';
import { type ChosenTarget, chooseTarget, openSession, ownSandboxAside } from '../target';
import { type PlanFlags, planOf, planText } from './plan';

export interface DeployFlags extends PlanFlags, Consent {
  readonly starter?: boolean;
  readonly myIp?: string;
  readonly ttl: string;
}

export async function deployCommand(context: Context, file: string, flags: DeployFlags): Promise<number> {
  const ttl = parseDuration(flags.ttl, '--ttl');
  if (flags.myIp !== undefined) parseOwnAddress(flags.myIp);
  const chosen = await ownSandboxAside(context, chooseTarget(flags, context.io.environment));
  const plan = await planOf(context, file, flags, chosen);
  refuseEmpty(plan);
  const session = await openSession(context, chosen, flags);
  const alias = await guardAccount(context, session, { labs: plan.labs, allowed: new Set(parseWith(flags.with)) });
  if (session.target === 'aws') context.remark(planText({ ...plan, region: session.region }) + ttlText(ttl));
  await confirmAccount(context, session, `deploy ${plan.labs.join(', ')}`, { ...flags, alias });
  const begun = begin(context, { plan, session, chosen, flags, ttl });
  const journal = openJournal(context.home, begun.run);
  return exclusively(context.home, begun.run, () => deployRun(context, { begun, journal, session, flags }));
}

function refuseEmpty({ labs, file }: Plan): void {
  if (labs.length > 0) return;
  throw new WorklabError('worklog/no-practice', {
    what: 'no section of the worklog has a lab yet',
    where: file,
    fix: 'worklab labs lists the labs there are',
  });
}

const ttlText = (ttl: number): string =>
  `The stacks are deleted by themselves after ${duration(ttl)} (--ttl, worklab extend). That stops their cost and proves nothing: worklab destroy does.\n`;

interface Beginning {
  readonly plan: Plan;
  readonly session: Session;
  readonly chosen: ChosenTarget;
  readonly flags: DeployFlags;
  readonly ttl: number;
}

function begin(context: Context, { plan, session, chosen, flags, ttl }: Beginning): RunBegun {
  const { target, account, region, profile, caller } = session;
  return {
    event: 'begun',
    run: newRunId(new Set(knownRuns(context.home).map(({ begun }) => begun.run))),
    file: plan.file,
    target,
    account,
    region,
    ...(chosen.endpoint === undefined ? {} : { endpoint: chosen.endpoint }),
    ...(profile === undefined ? {} : { profile }),
    ...(caller === undefined ? {} : { caller }),
    form: flags.starter ? 'starter' : 'full',
    expires: new Date(Date.now() + ttl).toISOString(),
    plan: { ...plan, region },
    allowed: parseWith(flags.with),
  };
}

interface Running {
  readonly begun: RunBegun;
  readonly journal: Journal;
  readonly session: Session;
  readonly flags: DeployFlags;
}

async function deployRun(context: Context, running: Running): Promise<number> {
  const { begun, journal } = running;
  const started = Date.now();
  journal.append(begun);
  context.onInterrupt(() => {
    journal.append({ event: 'interrupted', during: 'deploy' });
    context.remark(`run ${begun.run} is open: worklab destroy ${begun.run} removes what was begun`);
  });
  const stacks = await deployStacks(context, running, scopeOf(begun.run));
  const seconds = Math.round((Date.now() - started) / 100) / 10;
  const { plan, run, target, region, form, expires } = begun;
  const document = { run, target, region, form, expires, stacks, warnings: plan.warnings, seconds };
  context.result(document, () => deployText(begun, stacks, seconds));
  return 0;
}

async function deployStacks(
  context: Context,
  { begun, journal, session, flags }: Running,
  scope: RunScope,
): Promise<DeployedStack[]> {
  const { rulesVersion, synthesize } = require('../../synth/synthesize') as typeof import('../../synth/synthesize');
  const { deploy } = require('../../deploy/deploy') as typeof import('../../deploy/deploy');
  const parameters = await parametersOf(context, begun, session, flags);
  await recordAccountSettings(context, begun, session, journal);
  context.emit({ stage: 'synth', step: 'synthesizing' });
  const outdir = join(makePrivate(runDirectory(context.home, begun.run)), 'assembly');
  const stacks = await synthesize(
    {
      labs: context.labs,
      order: begun.plan.labs,
      scope,
      form: begun.form,
      region: session.region,
      expires: begun.expires,
      allowed: allowedExercises(context.labs, begun),
      outdir,
    },
    watched(validatedTemplates(context.home, rulesVersion()), () =>
      context.emit({ stage: 'synth', step: 'validating' }),
    ),
  );
  const { emit } = context;
  await letExpire(context, session, begun, { stacks, expires: begun.expires });
  return deploy({ run: begun.run, session, assembly: outdir, stacks, parameters, emit, append: journal.append });
}

/** Tells when a template is not known yet, since its validation takes seconds. */
function watched<Memory extends { readonly has: (hash: string) => boolean }>(
  memory: Memory,
  onUnknown: () => void,
): Memory {
  return {
    ...memory,
    has: (hash) => {
      const known = memory.has(hash);
      if (!known) onUnknown();
      return known;
    },
  };
}

/** On local everything is let in; on AWS a guarded exercise only by name. */
function allowedExercises(labs: Labs, { target, allowed }: RunBegun): ReadonlySet<string> {
  if (target === 'aws') return new Set(allowed);
  return new Set([...labs.values()].flatMap(({ exercises }) => exercises.map(({ id }) => id)));
}

/** What the labs change of the account is written down before the first stack. */
async function recordAccountSettings(
  context: Context,
  begun: RunBegun,
  session: Session,
  journal: Journal,
): Promise<void> {
  const settings = await settingsOf(context, begun.plan.labs);
  if (settings.length === 0) return;
  const { recordSettings } = require('../../deploy/settings') as typeof import('../../deploy/settings');
  const known = runsBeside(context, begun).flatMap((state) => state.settings);
  await recordSettings({ aws: readingDoor(session), settings, known, append: journal.append });
}

const readingDoor = (session: Session): Aws =>
  (require('../../aws/door') as typeof import('../../aws/door')).openForReading(session);

async function parametersOf(
  context: Context,
  { plan, run, target }: RunBegun,
  session: Session,
  { myIp }: DeployFlags,
): Promise<Record<string, string>> {
  const prepare = {
    aws: async () => readingDoor(session),
    callerCidr: () => callerCidr(target, myIp),
    sshKey: () => sshKey(context.home, run),
  };
  const all: Record<string, string> = {};
  for (const id of plan.labs) Object.assign(all, await context.labs.get(id)?.parameters?.(prepare));
  return all;
}

function deployText(
  { run, plan, form, expires, target }: RunBegun,
  stacks: readonly DeployedStack[],
  seconds: number,
): string {
  const rows = stacks.map(({ name, status, resources }) => [name, status, count(resources, 'resource')]);
  const skipped = stacks.flatMap(({ name, notEmulated }) =>
    notEmulated.map(({ type, logicalId }) => `not emulated: ${type} (${logicalId} in ${name})\n`),
  );
  const minutes = duration(Date.parse(expires) - Date.now());
  return [
    `\nRun ${run} stands (${form} form, ${target}), deployed in ${duration(seconds * 1000)}. It expires in ${minutes}.\n\n`,
    columns(rows),
    ...skipped,
    ...plan.warnings.map((warning) => `warning: ${warning}\n`),
    target === 'aws' ? `\nIt costs about ${dollars(plan.cost.usdPerHour)} per hour until it is destroyed.\n` : '',
    '\nNext:\n',
    columns([
      [`  npx worklab check ${run}`, 'grade the exercises'],
      [`  npx worklab solve ${run} --all`, 'have worklab do what is left to do'],
      [`  npx worklab destroy ${run}`, 'remove everything, and prove it'],
    ]),
  ].join('');
}

// worklab plan FILE: what deploy would do, and what it would cost. No AWS call, no network.

import { WorklabError } from '../../core/errors';
import type { Plan, PlannedExercise, PlannedSection } from '../../core/plan';
import { policiesFor } from '../../plan/permissions';
import { makePlan } from '../../plan/plan';
import { refuseUnknownExercises } from '../../plan/unknown-exercise';
import type { Context } from '../context';
import { parseLabs, parseWith } from '../options';
import { columns, count, dollars } from '../print';
import { type ChosenTarget, chooseTarget, DEFAULT_REGION, type TargetOptions } from '../target';
import { readManifest } from './manifest';

export interface PlanFlags extends TargetOptions {
  readonly only?: string;
  readonly with?: string;
  readonly permissions?: boolean;
}

export async function planCommand(context: Context, file: string, flags: PlanFlags): Promise<number> {
  const chosen = chooseTarget(flags, context.io.environment);
  const plan = await planOf(context, file, flags, chosen);
  if (flags.permissions) return printPermissions(context, plan);
  context.result(plan, () => planText(plan));
  return 0;
}

/** IAM takes one document at a time, so several are printed one after the other, each a policy of its own. */
function printPermissions(context: Context, { file, labs }: Plan): number {
  const policies = policiesFor(labs.flatMap((id) => context.labs.get(id) ?? []));
  context.result({ file, labs, policies }, () => policies.map((one) => `${JSON.stringify(one, null, 2)}\n`).join(''));
  if (policies.length > 1) context.remark(`${policies.length} policies: IAM takes 6,144 characters in one`);
  return 0;
}

/** The plan of a worklog. Throws worklog/no-practice where there is nothing to practise. */
export async function planOf(
  context: Context,
  file: string,
  flags: PlanFlags,
  { target }: ChosenTarget,
): Promise<Plan> {
  const manifest = await readManifest(context, file);
  const only = flags.only === undefined ? undefined : parseLabs(flags.only, context.labs);
  const allowed = new Set(parseWith(flags.with));
  refuseUnknownExercises(context.labs, allowed);
  if (manifest.days.every(({ sections }) => sections.length === 0)) {
    throw new WorklabError('worklog/no-practice', {
      what: 'the worklog names nothing that was practised',
      where: file,
      fix: 'add practice bullets, for example "- **Practice:** + **Amazon EC2:** - Launch an EC2 instance"; worklab manifest shows what is read',
    });
  }
  const plan = makePlan(manifest, {
    labs: context.labs,
    target,
    region: flags.region ?? DEFAULT_REGION,
    allowed,
    ...(only === undefined ? {} : { only }),
  });
  if (only !== undefined) refuseAbsent(only, plan, file);
  return plan;
}

function refuseAbsent(only: ReadonlySet<string>, plan: Plan, file: string): void {
  const absent = [...only].find((id) => !plan.sections.some(({ lab }) => lab === id));
  if (absent === undefined) return;
  throw new WorklabError('usage/unknown-lab', {
    what: `--only ${absent}: the worklog has no practice section for it`,
    where: file,
    fix: 'worklab plan FILE shows the sections there are',
  });
}

/** The plan for a person: sections, what has no lab, the bill, how long. */
export function planText(plan: Plan): string {
  const { sections, cost, minutes, labs } = plan;
  return [
    `${plan.file} on ${plan.target} (${plan.region})\n\n`,
    ...sections.map(sectionText),
    `Stacks in order: ${labs.length === 0 ? 'none' : labs.join(', ')}\n`,
    cost.items.length === 0 ? '' : `\n${columns(cost.items.map(costRow))}`,
    plan.target === 'local'
      ? `\nFree here: the sandbox runs on this laptop. On AWS it would be ${dollars(cost.usdPerHour)} per hour.\n`
      : `\n${dollars(cost.usdPerHour)} per hour while it stands.\n`,
    `About ${minutes.deploy} min to deploy and ${minutes.destroy} min to destroy on AWS.\n`,
  ].join('');
}

function sectionText({ day, service, lab, exercises, unmatched }: PlannedSection): string {
  const head = `${service ?? 'No service named'}${day === null ? '' : ` (day ${day})`}: `;
  if (lab === null) return `${head}no lab yet, ${count(unmatched.length, 'bullet')} left out\n\n`;
  const rows = exercises.map((exercise) => [`  ${exercise.id}`, exercise.kind, guardText(exercise), exercise.title]);
  const rest = unmatched.map(({ line, text }) => `  line ${line}: no exercise answers "${text}"\n`).join('');
  return `${head}lab ${lab}\n${columns(rows)}${rest}\n`;
}

const guardText = ({ guarded }: PlannedExercise): string =>
  guarded === null ? '' : `guarded on AWS (${guarded.by}): ${guarded.because}`;

const costRow = ({ lab, what, usd, per, quantity, asOf }: Plan['cost']['items'][number]): string[] => [
  lab,
  what,
  `${quantity} x $${usd} per ${per}`,
  `as of ${asOf}`,
];

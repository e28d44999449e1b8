// worklab check: looks at the account and says of each exercise whether it is done.

import { openForReading } from '../../aws/door';
import type { NotEmulated } from '../../core/deployment';
import type { Finding, Totals } from '../../core/finding';
import type { RunState } from '../../core/journal';
import { scopeOf } from '../../core/run';
import { openJournal } from '../../store/journal';
import { totalsOf, verify } from '../../verify/verify';
import type { Context } from '../context';
import { columns } from '../print';
import { exercisesOf, resolveRun, splitWords } from '../runs';
import { sessionOf } from '../target';

export async function checkCommand(context: Context, words: readonly string[]): Promise<number> {
  const { run: id, places } = splitWords(words, context);
  const state = resolveRun(context, id);
  const { run } = state.begun;
  const asked = exercisesOf(context, state, places);
  const session = await sessionOf(context, state);
  const findings = await verify(asked, {
    aws: openForReading(session),
    scope: scopeOf(run),
    notEmulated: notEmulatedBy(state),
    emit: context.emit,
  });
  openJournal(context.home, run).append({ event: 'checked', findings });
  const totals = totalsOf(findings);
  context.result({ run, findings, totals }, () => checkText(context, findings, totals));
  return totals.failed > 0 ? 6 : 0;
}

/** What the emulator skipped, by lab. A lab rests on the labs it needs, but its exercises only on its own stacks. */
function notEmulatedBy({ stacks }: RunState): ReadonlyMap<string, readonly NotEmulated[]> {
  const byLab = new Map<string, readonly NotEmulated[]>();
  for (const { lab, notEmulated } of stacks) byLab.set(lab, [...(byLab.get(lab) ?? []), ...notEmulated]);
  return byLab;
}

function checkText({ io: { colour } }: Context, findings: readonly Finding[], totals: Totals): string {
  const paint = { passed: colour.green, failed: colour.red, unknown: colour.yellow, reading: colour.dim };
  const rows = findings.map(({ lab, exercise, title, status }) => [paint[status](status), `${lab}/${exercise}`, title]);
  const details = findings.flatMap((finding) => detailsOf(finding));
  const { passed, failed, unknown, reading } = totals;
  return `${columns(rows)}\n${details.join('')}${passed} passed, ${failed} failed, ${unknown} unknown, ${reading} to read\n`;
}

function detailsOf({ status, lab, exercise, expected, actual, hint, reason, notLookedAt }: Finding): string[] {
  const head = `${lab}/${exercise}`;
  if (status === 'failed') return [`${head}: expected ${expected}; found ${actual}\n  hint: ${hint}\n`];
  if (status === 'unknown') return [`${head}: ${reason}\n`];
  return notLookedAt === undefined ? [] : [`${head}: not looked at: ${notLookedAt.join(', ')}\n`];
}

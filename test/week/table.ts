// A week's plan and what a check of it found → the table of labs/README.md: every practice bullet, and how it is realised. Pure.

import type { Finding } from '../../lib/core/finding';
import type { Plan, PlannedExercise, PlannedSection } from '../../lib/core/plan';

export const BEGIN = '<!-- the week, made by npm run week -->';
export const END = '<!-- end of the week -->';

/** One row for each bullet, by section and number within it; one without an exercise says so. */
export function weekTable(plan: Plan, findings: readonly Finding[]): string {
  const head = ['section', '#', 'exercise', 'how', 'on AWS', 'in the sandbox', 'emulated by'];
  const rows = plan.sections.flatMap((section) => sectionRows(section, findings));
  const widths = head.map((title, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? title).length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function sectionRows({ lab, service, exercises, unmatched }: PlannedSection, findings: readonly Finding[]): string[][] {
  const name = lab ?? service ?? 'no service';
  const bullets = [
    ...exercises.map((exercise) => ({ line: exercise.line ?? 0, text: exercise.text ?? '', exercise })),
    ...unmatched.map(({ line, text }) => ({ line, text, exercise: undefined })),
  ];
  return bullets.map(({ exercise }, index) =>
    exercise === undefined || lab === null
      ? [name, `${index + 1}`, 'no exercise', '', '', '', '']
      : [name, `${index + 1}`, ...exerciseCells(exercise, find(findings, lab, exercise))],
  );
}

const find = (findings: readonly Finding[], lab: string, { id }: PlannedExercise): Finding | undefined =>
  findings.find((one) => one.lab === lab && one.exercise === id);

function exerciseCells({ id, title, kind, guarded }: PlannedExercise, finding: Finding | undefined): string[] {
  return [
    `\`${id}\`: ${title}`,
    guarded === null ? kind : `guarded (${guarded.by})`,
    kind === 'concept' ? 'reading' : guarded === null ? 'yes' : 'with `--with`',
    shown(finding),
    finding === undefined || kind === 'concept' || finding.status === 'unknown'
      ? ''
      : finding.emulatedBy === undefined
        ? 'moto'
        : 'moto and worklab',
  ];
}

function shown(finding: Finding | undefined): string {
  if (finding === undefined) return 'not checked';
  if (finding.status !== 'unknown') return finding.status === 'reading' ? 'reading' : finding.status;
  return `unknown: ${(finding.reason ?? '').replaceAll('|', '/')}`;
}

/** The page with the table between its marks. Throws where the marks are not there. */
export function withTable(page: string, table: string): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from === -1 || to < from) throw new Error('the page lacks the marks of the table');
  return `${page.slice(0, from)}${BEGIN}\n\n${table}\n\n${page.slice(to)}`;
}

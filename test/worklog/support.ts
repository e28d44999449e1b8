// Small worklogs for tests, written here: one row, one table, one file.

import type { Manifest, ManifestDay } from '../../lib/core/manifest';
import { parseWorklog } from '../../lib/worklog/parse';

const HEADER = '| Day | Task | Start Date | Completion Date | Reference |\n| --- | --- | --- | --- | --- |\n';

/** A worklog of a week, parsed. */
export const parse = (text: string, file = 'notes.md'): Manifest =>
  parseWorklog(text, { file, labs: new Map([['Amazon EC2', 'ec2']]) });

/** The manifest of a table in the usual shape. */
export const table = (...rows: readonly string[]): Manifest => parse(`# Week 3\n\n${HEADER}${rows.join('\n')}\n`);

/** The first day of a manifest. */
export function firstDay({ days }: Manifest): ManifestDay {
  const [day] = days;
  if (day === undefined) throw new Error('the manifest has no day');
  return day;
}

/** The day of a row whose task cell holds these lines. */
export const task = (...lines: readonly string[]): ManifestDay =>
  firstDay(table(`| 2 | ${lines.join(' <br> ')} | 01/09/2025 | 01/09/2025 | |`));

/** The exercises of a day as "evidence: text". */
export const exercises = (day: ManifestDay): string[] =>
  day.sections.flatMap((section) => section.exercises.map(({ evidence, text }) => `${evidence}: ${text}`));

export const codes = (manifest: Manifest): string[] => manifest.diagnostics.map(({ code }) => code);

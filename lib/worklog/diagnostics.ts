// What a careful reader would point out about a worklog, each with its code, place and remedy.

import type { Diagnostic } from '../core/manifest';

/** Severity and remedy of every code of the parser. */
const CODES = {
  'worklog/no-task-table': [
    'info',
    'add a table with the columns Day, Task, Start Date, Completion Date and Reference Material',
  ],
  'worklog/nothing-practised': ['info', 'mark what you did yourself with "**Practice:**" and one bullet per step'],
  'worklog/no-week': ['warning', 'write the number of the week into the title: title: "Week 4 Worklog"'],
  'worklog/week-disagrees': ['warning', 'make the title and the name of the file say the same week'],
  'worklog/front-matter-date': ['info', 'set "date:" to a day of this week, or leave it out'],
  'worklog/date-outside-week': ['warning', 'correct the date, or delete the row if it was left over from a template'],
  'worklog/date-unreadable': ['warning', 'write the date as YYYY-MM-DD'],
  'worklog/date-ambiguous': ['warning', 'write the date as YYYY-MM-DD, or name the weekday in the day column'],
  'worklog/date-reversed': ['warning', 'correct the dates: the row ends before it begins'],
  'worklog/template-row': ['warning', 'replace the row with what you did, or delete it'],
  'worklog/lab-title-differs': ['warning', 'check the number of the lab in the link'],
  'worklog/lab-about-other': ['warning', 'check the number of the lab in the link'],
  'worklog/unknown-lab': ['info', 'check the number of the lab in the link, unless the lab is new'],
  'worklog/service-from-catalogue': ['warning', 'name the service in the task'],
  'worklog/no-service': ['info', 'name the AWS service that you practised'],
  'worklog/text-cut': ['warning', 'shorten the text: a manifest carries only its beginning'],
} as const satisfies Record<string, readonly [Diagnostic['severity'], string]>;

type Code = keyof typeof CODES;

/** Something to point out. */
export interface Remark {
  readonly code: Code;
  readonly line: number;
  readonly message: string;
  /** Text of the line that it is about; it gives the column. */
  readonly near?: string;
}

/** The remark as a diagnostic, with its column and remedy. */
export function toDiagnostic({ code, line, message, near }: Remark, lines: readonly string[]): Diagnostic {
  const [severity, fix] = CODES[code];
  const found = near === undefined ? -1 : (lines[line - 1] ?? '').indexOf(near);
  return { severity, code, line, column: Math.max(1, found + 1), message, fix };
}

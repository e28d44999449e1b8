// What a careful reader would point out about a worklog, each with its code, place and remedy.

import type { Diagnostic } from '../core/manifest';

/** Severity and remedy of every code of the parser. */
const CODES = {
  'worklog/no-tasks': [
    'warning',
    'add a table with the columns Day, Task, Start Date, Completion Date and Reference Material',
  ],
  'worklog/nothing-practised': [
    'info',
    'mark what you did with your own hands: "**Practice:**" and one bullet per step',
  ],
  'worklog/no-week': ['warning', 'write the number of the week into the title: title: "Week 4 Worklog"'],
  'worklog/week-disagrees': ['warning', 'make the title and the name of the file say the same week'],
  'worklog/front-matter-date': ['info', 'set "date:" to a day of this week, or leave it out'],
  'worklog/date-outside-week': ['warning', 'correct the date, or delete the row if it was left over from a template'],
  'worklog/date-unreadable': ['warning', 'write the date as YYYY-MM-DD'],
  'worklog/date-ambiguous': ['warning', 'write the date as YYYY-MM-DD, or name the weekday in the day column'],
  'worklog/date-reversed': ['warning', 'the completion date lies before the start date: swap or correct them'],
  'worklog/template-row': ['warning', 'replace the row with what you did, or delete it'],
  'worklog/lab-title-differs': ['warning', 'check the number of the lab in the link'],
  'worklog/unknown-lab': ['info', 'check the number of the lab in the link, unless the lab is new'],
  'worklog/service-from-catalogue': ['warning', 'name the service in the task'],
  'worklog/no-service': ['info', 'name the AWS service that you practised'],
  'worklog/text-cut': ['warning', 'shorten the text: what is longer than a manifest carries is left out'],
} as const satisfies Record<string, readonly [Diagnostic['severity'], string]>;

export type Code = keyof typeof CODES;

/** A diagnostic of the parser. */
export function diagnostic(code: Code, line: number, message: string, column = 1): Diagnostic {
  const [severity, fix] = CODES[code];
  return { severity, code, line, column, message, fix };
}

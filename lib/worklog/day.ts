// One row of the week → a day of the manifest, and what to point out about it.

import type { ManifestDay } from '../core/manifest';
import type { CellLine } from './cell-lines';
import type { Dates } from './date-checks';
import type { Remark } from './diagnostics';
import { catalogueLab, checkLabLinks } from './lab-checks';
import { outlineOf } from './outline';
import { type Practised, practisedIn } from './practice';
import { carried } from './redact';
import { labIdOf, referencesOf } from './references';
import { sectionsOf } from './sections';
import type { TaskRow } from './task-rows';
import { isTemplateRow } from './template';
import { LIMITS } from './text';

export interface ReadDay {
  readonly day: ManifestDay;
  readonly remarks: readonly Remark[];
  /** The words of its task. */
  readonly text: string;
}

/** Reads one row. `labs` gives the folder of labs/ by canonical service name. */
export function readDay(row: TaskRow, { start, end }: Dates, labs: ReadonlyMap<string, string>): ReadDay {
  const task = row.task();
  const references = referencesOf([...row.references(), ...(row.whole ? [] : task)]);
  const labIds = [...new Set(references.map(({ url }) => labIdOf(url)).filter((id) => id !== null))];
  labIds.sort((a, b) => a.localeCompare(b));
  const stated = practisedIn(outlineOf(task), !row.whole);
  const { practised, remarks } = withCatalogue(stated, labIds, row.line);
  const services = [...new Set(practised.flatMap((exercise) => exercise.services))];
  const text = textOf(task);
  const template = isTemplateRow(text);
  return {
    day: {
      day: row.day,
      line: row.line,
      start,
      end,
      services,
      sections: sectionsOf(practised, labs),
      labIds,
      references,
      ...(template ? { template } : {}),
    },
    text,
    remarks: [
      ...(template ? [templateRow(row)] : []),
      ...checkLengths(row, practised),
      ...remarks,
      ...checkLabLinks(references, services, row.line),
    ],
  };
}

/** The words of a task, as one text. */
export const textOf = (lines: readonly CellLine[]): string => lines.map((line) => line.text).join(' ');

/** Where announced practice names no service at all, the catalogue's entry of the linked labs does, with a remark. */
function withCatalogue(
  practised: readonly Practised[],
  labIds: readonly string[],
  line: number,
): { practised: readonly Practised[]; remarks: Remark[] } {
  const unnamed = practised.filter((exercise) => exercise.services.length === 0 && !exercise.tool);
  if (unnamed.length === 0) return { practised, remarks: [] };
  const known = [...new Set(labIds.flatMap((id) => catalogueLab(id)?.services ?? []))];
  const announced = practised.every((exercise) => exercise.evidence !== 'verb');
  if (unnamed.length < practised.length || known.length === 0 || !announced) {
    const message = `no service is named in "${carried(unnamed[0]?.text ?? '', LIMITS.day)}"`;
    return { practised, remarks: [{ code: 'worklog/no-service', line, message }] };
  }
  const message = `no service is named; ${known.join(', ')} is what the linked lab is about`;
  return {
    practised: practised.map((exercise) => ({ ...exercise, services: known })),
    remarks: [{ code: 'worklog/service-from-catalogue', line, message }],
  };
}

const templateRow = ({ line }: TaskRow): Remark => ({
  code: 'worklog/template-row',
  line,
  message: 'this is a row of the template that nobody filled in',
});

function checkLengths(row: TaskRow, practised: readonly Practised[]): Remark[] {
  const long = practised.find((exercise) => exercise.text.length > LIMITS.exercise);
  if (!row.cut && long === undefined) return [];
  const what = row.cut
    ? `the task has more than ${LIMITS.cell} characters`
    : `a step has ${long?.text.length} characters`;
  return [{ code: 'worklog/text-cut', line: long?.line ?? row.line, message: what }];
}

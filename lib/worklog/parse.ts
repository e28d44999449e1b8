// Worklog Markdown → Manifest. Pure: takes text, returns data; never reads a file, never throws for any text.

import type { Diagnostic, Manifest, ManifestDay } from '../core/manifest';
import type { CellLine } from './cell-lines';
import { checkFrontMatterDate, type Dates, dateRows } from './date-checks';
import { readDates } from './dates';
import { diagnostic } from './diagnostics';
import { readFrontMatter } from './front-matter';
import { checkLabLinks } from './lab-checks';
import { languageOf } from './language';
import { linesOfProse } from './markdown';
import { outlineOf } from './outline';
import { practisedIn } from './practice';
import { redactAll } from './redact';
import { labIdOf, referencesOf } from './references';
import { type Region, regionsOf } from './regions';
import { sectionsOf } from './sections';
import { type TaskRow, taskRowsOf } from './task-rows';
import { isTemplateRow } from './template';
import { cut, LIMITS, linesOf } from './text';
import { weekOf } from './week';
import { wholeFileRow } from './whole-file';

/** What the parser needs beside the text. */
export interface ParseOptions {
  /** The path as given; it goes into the manifest and may tell the week. */
  readonly file: string;
  /** Folder of labs/ by canonical service name. */
  readonly labs: ReadonlyMap<string, string>;
}

/** Reads a worklog. What cannot be read becomes a diagnostic. */
export function parseWorklog(text: string, { file, labs }: ParseOptions): Manifest {
  const lines = linesOf(text);
  const front = readFrontMatter(lines);
  const regions = regionsOf(lines, front.bodyStart);
  const prose = regions.flatMap(proseOf);
  const rows = rowsOf(regions, prose);
  const period = prose.slice(0, 40).flatMap((line) => readDates(line.text.slice(0, LIMITS.title)));
  const { dates, diagnostics: dateDiagnostics } = dateRows(rows, period);
  const days = rows.map((row, index) => dayOf(row, dates[index] ?? { start: null, end: null }, labs));
  const { week, disagrees } = weekOf({
    file,
    frontMatter: front.week,
    title: front.title,
    headings: prose.filter((line) => line.sign.startsWith('#')).map((line) => line.text),
  });

  const manifest: Manifest = {
    file,
    title: front.title,
    week,
    language: languageOf(rows.map((row) => taskText(row.task)).join(' '), prose.map((line) => line.text).join(' ')),
    days: days.map(({ day }) => day),
    diagnostics: [
      ...front.diagnostics,
      ...checkFrontMatterDate(front.date, front.dateLine, dates),
      ...(disagrees === null
        ? []
        : [diagnostic('worklog/week-disagrees', 1, `the title says week ${disagrees}, the path week ${week}`)]),
      ...(week === null ? [diagnostic('worklog/no-week', 1, 'neither title nor path names a week')] : []),
      ...dateDiagnostics,
      ...days.flatMap(({ diagnostics }) => diagnostics),
    ],
  };
  return { ...redactAll(manifest), file };
}

/** The day rows; a file without a task table is one row. */
function rowsOf(regions: readonly Region[], prose: readonly CellLine[]): TaskRow[] {
  const rows = taskRowsOf(regions);
  const whole = rows.length > 0 ? null : wholeFileRow(prose);
  return whole === null ? rows : [whole];
}

function proseOf(region: Region): CellLine[] {
  return region.kind === 'prose' ? [...linesOfProse(region.lines, region.line)] : [];
}

const taskText = (lines: readonly CellLine[]): string => lines.map((line) => line.text).join(' ');

function dayOf(
  row: TaskRow,
  { start, end }: Dates,
  labs: ReadonlyMap<string, string>,
): { day: ManifestDay; diagnostics: Diagnostic[] } {
  const practised = practisedIn(outlineOf(row.task), !row.whole);
  const sections = sectionsOf(practised, labs);
  const references = referencesOf([...row.references, ...row.task]);
  const template = isTemplateRow(taskText(row.task));
  const day: ManifestDay = {
    day: row.day,
    line: row.line,
    start,
    end,
    services: [...new Set(practised.flatMap((exercise) => exercise.services))],
    sections: sections.map((section) => ({
      ...section,
      exercises: section.exercises.map((exercise) => ({ ...exercise, text: cut(exercise.text, LIMITS.exercise) })),
    })),
    labIds: [...new Set(references.map(({ url }) => labIdOf(url)).filter((id) => id !== null))].sort(),
    references,
    ...(template ? { template } : {}),
  };
  const diagnostics = [
    ...(template ? [diagnostic('worklog/template-row', row.line, 'this row is an untouched row of the template')] : []),
    ...checkLabLinks(references, row.line),
  ];
  return { day, diagnostics };
}

// Worklog Markdown → Manifest. Pure: takes text, returns data; never reads a file, never throws for any text.

import type { Manifest, ManifestDay } from '../core/manifest';
import type { CellLine } from './cell-lines';
import { checkFrontMatterDate, dateRows } from './date-checks';
import { readDates } from './dates';
import { readDay, textOf } from './day';
import { type Remark, toDiagnostic } from './diagnostics';
import { type FrontMatter, readFrontMatter } from './front-matter';
import { LANGUAGE_SAMPLE, languageOf } from './language';
import { linesOfProse } from './markdown';
import { redact, redactAll } from './redact';
import { type Region, regionsOf } from './regions';
import { type TaskRow, taskRowsOf } from './task-rows';
import { LIMITS, linesOf } from './text';
import { type Week, weekOf } from './week';
import { wholeFileRow } from './whole-file';

/** What the parser needs beside the text. */
export interface ParseOptions {
  /** The path as given; it goes into the manifest and may tell the week. */
  readonly file: string;
  /** Folder of labs/ by canonical service name. */
  readonly labs: ReadonlyMap<string, string>;
}

/** Title, period and language of a week show in its first lines. */
const TOP_LINES = 40;

/** Reads a worklog. What cannot be read becomes a diagnostic. */
export function parseWorklog(text: string, { file, labs }: ParseOptions): Manifest {
  const lines = linesOf(text);
  const front = readFrontMatter(lines);
  const regions = regionsOf(lines, front.bodyStart);
  const top = once(() => linesAtTop(regions));
  const rows = rowsOf(regions);
  const { dates, remarks } = dateRows(rows, () => top().flatMap(datesOf));
  const week = weekOf({ file, frontMatter: front.week, title: front.title, headings: () => headingsOf(top()) });
  const days: ManifestDay[] = [];
  const dayRemarks: Remark[] = [];
  let sample = '';
  for (const [index, row] of rows.entries()) {
    const read = readDay(row, dates[index] ?? { start: null, end: null }, labs);
    days.push(redactAll(read.day));
    for (const remark of read.remarks) dayRemarks.push(remark);
    if (sample.length < LANGUAGE_SAMPLE) sample += ` ${read.text}`;
  }
  const all = [
    ...checkFrontMatterDate(front.date, front.dateLine, dates),
    ...checkWeek(week, front),
    ...checkRows(rows, days),
    ...remarks,
    ...dayRemarks,
  ];
  return {
    file,
    title: front.title === null ? null : redact(front.title),
    week: week.week,
    language: languageOf(
      () => sample,
      () => textOf(top()),
      () => front.title ?? '',
    ),
    days,
    diagnostics: redactAll([...front.diagnostics, ...all.map((remark) => toDiagnostic(remark, lines))]),
  };
}

/** The same value every time, made when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function* proseOf(regions: readonly Region[]): Generator<CellLine> {
  for (const region of regions) if (region.kind === 'prose') yield* linesOfProse(region.lines, region.line);
}

/** The first lines outside tables. */
function linesAtTop(regions: readonly Region[]): CellLine[] {
  const lines: CellLine[] = [];
  for (const line of proseOf(regions)) {
    lines.push(line);
    if (lines.length === TOP_LINES) break;
  }
  return lines;
}

/** The day rows; a file without a task table is one row. */
function rowsOf(regions: readonly Region[]): TaskRow[] {
  const rows = taskRowsOf(regions);
  const whole = rows.length > 0 ? null : wholeFileRow([...proseOf(regions)]);
  return whole === null ? rows : [whole];
}

const datesOf = (line: CellLine): ReturnType<typeof readDates> => readDates(line.text.slice(0, LIMITS.title));

const headingsOf = (prose: readonly CellLine[]): string[] =>
  prose.filter((line) => line.sign.startsWith('#')).map((line) => line.text);

function checkWeek({ week, disagrees }: Week, { title }: FrontMatter): Remark[] {
  if (week === null) return [{ code: 'worklog/no-week', line: 1, message: 'neither title nor path names a week' }];
  if (disagrees === null) return [];
  const message = `the title "${title}" says week ${disagrees}, the path says week ${week}`;
  return [{ code: 'worklog/week-disagrees', line: 1, message }];
}

function checkRows(rows: readonly TaskRow[], days: readonly ManifestDay[]): Remark[] {
  const remarks: Remark[] = [];
  if (!rows.some((row) => !row.whole)) {
    remarks.push({ code: 'worklog/no-task-table', line: 1, message: 'there is no table of days and tasks' });
  }
  if (days.every((day) => day.sections.length === 0)) {
    remarks.push({
      code: 'worklog/nothing-practised',
      line: 1,
      message: 'nothing in it says that something was practised',
    });
  }
  return remarks;
}

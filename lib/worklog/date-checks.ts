// Rows with their dates as written → rows with ISO dates, and what is wrong with the dates.

import { type DatedRow, type DateOrder, decideOrder, toIso } from './date-order';
import { type DateMark, looksLikeDate, readDates } from './dates';
import { readDay } from './days';
import type { Remark } from './diagnostics';
import type { TaskRow } from './task-rows';
import { LIMITS } from './text';

/** First and last day of a row; null where it has none or none that can be told. */
export interface Dates {
  readonly start: string | null;
  readonly end: string | null;
}

export interface DatedWeek {
  /** One for each row. */
  readonly dates: readonly Dates[];
  readonly remarks: readonly Remark[];
}

interface Marks {
  readonly start: DateMark | undefined;
  readonly end: DateMark | undefined;
  readonly raw: string;
}

const DAY_MS = 86_400_000;
/** Rows of one week lie closer together than this. */
const WEEK_DAYS = 10;

/** Reads the dates of all rows together. `period` is a period that the text states ("July 20-24, 2026"). */
export function dateRows(rows: readonly TaskRow[], period: () => readonly DateMark[]): DatedWeek {
  const marks = rows.map(marksOf);
  const dated: DatedRow[] = rows.map((row, index) => ({ day: readDay(row.day ?? ''), marks: both(marks[index]) }));
  const year = commonYear(dated.flatMap((row) => row.marks)) ?? commonYear(period()) ?? UNSTATED;
  const order = decideOrder(dated, period, year);
  const dates = marks.map(({ start, end }) => ({ start: toIso(start, order, year), end: toIso(end, order, year) }));
  const remarks = rows.flatMap((row, index) => checkRow(row, marks[index], dates[index], order));
  return { dates, remarks: [...remarks, ...checkOutliers(rows, dates)] };
}

const both = (marks: Marks | undefined): DateMark[] => [marks?.start, marks?.end].filter((mark) => mark !== undefined);

/** A table with one date column gives a row one day, or the range that the cell states. */
function marksOf(row: TaskRow): Marks {
  const first = readDates(row.start.slice(0, LIMITS.title));
  const second = readDates((row.end ?? '').slice(0, LIMITS.date));
  const raw = `${row.start} ${row.end ?? ''}`.trim();
  if (first.length + second.length === 0 && raw === '') {
    const inDay = readDates((row.day ?? '').slice(0, LIMITS.date));
    return { start: inDay[0], end: inDay.at(-1), raw };
  }
  if (row.end === null) return { start: withYear(first[0], first.at(-1)), end: first.at(-1), raw };
  if (second.length === 0 && first.length > 1)
    return { start: withYear(first[0], first.at(-1)), end: first.at(-1), raw };
  return { start: first[0], end: second.at(-1), raw };
}

/** "22/06 - 26/06/2026": the first date has the year of the last. */
function withYear(mark: DateMark | undefined, last: DateMark | undefined): DateMark | undefined {
  return mark === undefined || mark.year !== null ? mark : { ...mark, year: last?.year ?? null };
}

/** A year that nobody states makes dates unreadable: this is no year of a worklog. */
const UNSTATED = 0;

function commonYear(marks: readonly DateMark[]): number | undefined {
  const counts = new Map<number, number>();
  for (const { year } of marks) if (year !== null) counts.set(year, (counts.get(year) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function checkRow(row: TaskRow, marks: Marks | undefined, dates: Dates | undefined, order: DateOrder): Remark[] {
  if (marks === undefined || dates === undefined || marks.raw === '') return [];
  const written = both(marks);
  const about = { line: row.line, near: row.start };
  if (written.length === 0) {
    const isOpen = [row.start, row.end ?? ''].every((cell) => cell === '' || looksLikeDate(cell));
    return isOpen ? [] : [unreadable(row, marks.raw)];
  }
  if (dates.start !== null && dates.end !== null && dates.end < dates.start) {
    return [{ ...about, code: 'worklog/date-reversed', message: `${dates.end} is before ${dates.start}` }];
  }
  const readable =
    (marks.start === undefined) === (dates.start === null) && (marks.end === undefined) === (dates.end === null);
  if (readable) return [];
  const undecided = order === null && written.some(isAmbiguous);
  if (!undecided) return [unreadable(row, marks.raw)];
  return [
    {
      ...about,
      code: 'worklog/date-ambiguous',
      message: `"${marks.raw}": nothing tells whether day or month comes first`,
    },
  ];
}

const isAmbiguous = (mark: DateMark): boolean => mark.order === 'open' && mark.first <= 12 && mark.second <= 12;

const unreadable = (row: TaskRow, raw: string): Remark => ({
  code: 'worklog/date-unreadable',
  line: row.line,
  near: row.start,
  message: `"${raw}" is no date`,
});

/** Dates that lie apart from most of the others. */
function checkOutliers(rows: readonly TaskRow[], dates: readonly Dates[]): Remark[] {
  const times = dates.map(({ start }) => (start === null ? null : Date.parse(start)));
  const median = middle(times.filter((time) => time !== null));
  if (median === null) return [];
  return rows.flatMap((row, index) => {
    const time = times[index];
    const apart = time != null && Math.abs(time - median) > WEEK_DAYS * DAY_MS;
    return apart
      ? [
          {
            code: 'worklog/date-outside-week',
            line: row.line,
            near: row.start,
            message: `${dates[index]?.start} is not in the week of the other rows`,
          },
        ]
      : [];
  });
}

/** The middle of at least three values; fewer have no majority. */
function middle(values: readonly number[]): number | null {
  if (values.length < 3) return null;
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? null;
}

/** A remark if the front matter's date is not of the week. */
export function checkFrontMatterDate(date: string | null, line: number, dates: readonly Dates[]): Remark[] {
  const time = Date.parse(date?.slice(0, 10) ?? '');
  const median = middle(dates.flatMap(({ start }) => (start === null ? [] : [Date.parse(start)])));
  if (Number.isNaN(time) || median === null || Math.abs(time - median) <= WEEK_DAYS * DAY_MS) return [];
  const week = new Date(median).toISOString().slice(0, 10);
  return [
    {
      code: 'worklog/front-matter-date',
      line,
      message: `date: ${date} is not in the week of the rows (about ${week})`,
    },
  ];
}

// The dates of a file → ISO dates. Whether the day or the month comes first is decided once, for all rows.

import type { DateMark } from './dates';
import { isoOf } from './dates';
import type { Day } from './days';

/** How "03/11/2025" is read in a file; null where nothing decides. */
export type DateOrder = 'day-first' | 'month-first' | null;

/** The dates of one row, and its day. */
export interface DatedRow {
  readonly day: Day;
  readonly marks: readonly DateMark[];
}

const ORDERS = ['day-first', 'month-first'] as const;
const DAY_MS = 86_400_000;
/** A week's rows lie this close together, whatever the week was like. */
const CLOSE_DAYS = 14;

/** Decides by the first that speaks: a number above 12, the weekdays, a stated period, rows that follow each other. */
export function decideOrder(rows: readonly DatedRow[], period: () => readonly DateMark[], year: number): DateOrder {
  const marks = rows.flatMap((row) => row.marks);
  return byLargeNumbers(marks) ?? byWeekdays(rows, year) ?? byPeriod(marks, period(), year) ?? byCloseness(marks, year);
}

function byLargeNumbers(marks: readonly DateMark[]): DateOrder {
  let dayFirst = 0;
  let monthFirst = 0;
  for (const mark of marks) {
    if (mark.order !== 'open') continue;
    if (mark.first > 12 && mark.second <= 12) dayFirst++;
    else if (mark.second > 12 && mark.first <= 12) monthFirst++;
  }
  if (dayFirst === monthFirst) return null;
  return dayFirst > monthFirst ? 'day-first' : 'month-first';
}

/** The reading under which every row falls on its weekday, if only one does. */
function byWeekdays(rows: readonly DatedRow[], year: number): DateOrder {
  const dated = rows.filter((row) => row.marks.length > 0 && (row.day.weekday ?? row.day.number) !== null);
  if (dated.length === 0) return null;
  const fits = (order: DateOrder): boolean =>
    [2, 1].some((monday) =>
      dated.every((row) => {
        const iso = toIso(row.marks[0], order, year);
        return iso !== null && weekdayOf(iso) === (row.day.weekday ?? (row.day.number ?? 0) - monday);
      }),
    );
  return only(fits);
}

const weekdayOf = (iso: string): number => (new Date(iso).getUTCDay() + 6) % 7;

/** The one order that a test holds for. */
function only(holds: (order: DateOrder) => boolean): DateOrder {
  const held = ORDERS.filter(holds);
  return held.length === 1 ? (held[0] ?? null) : null;
}

function byPeriod(marks: readonly DateMark[], period: readonly DateMark[], year: number): DateOrder {
  const ends = period.filter((mark) => mark.order === 'certain').map((mark) => toIso(mark, null, year) ?? '');
  const from = ends[0];
  const to = ends.at(-1);
  if (from === undefined || to === undefined) return null;
  return only((order) =>
    marks.every((mark) => {
      const iso = toIso(mark, order, year) ?? '';
      return iso >= from && iso <= to;
    }),
  );
}

function byCloseness(marks: readonly DateMark[], year: number): DateOrder {
  return only((order) => {
    const times = marks.map((mark) => Date.parse(toIso(mark, order, year) ?? ''));
    if (times.length < 2 || times.some(Number.isNaN)) return false;
    const { min, max } = times.reduce(
      (range, time) => ({ min: Math.min(range.min, time), max: Math.max(range.max, time) }),
      {
        min: Number.POSITIVE_INFINITY,
        max: Number.NEGATIVE_INFINITY,
      },
    );
    return max - min <= CLOSE_DAYS * DAY_MS;
  });
}

/** The ISO date of a mark in a given order; null if it is missing, impossible or undecided. */
export function toIso(mark: DateMark | undefined, order: DateOrder, year: number): string | null {
  if (mark === undefined) return null;
  const inYear = mark.year ?? year;
  if (mark.order === 'certain') return isoOf(inYear, mark.month, mark.day);
  if (mark.first === mark.second) return isoOf(inYear, mark.first, mark.second);
  if (order === null) return null;
  return order === 'day-first' ? isoOf(inYear, mark.second, mark.first) : isoOf(inYear, mark.first, mark.second);
}

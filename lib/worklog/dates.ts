// A date cell → the dates it holds, in every spelling that worklogs use. What "03/11" means is decided later, for the file as a whole.

/** A date as written; `order` says which parts are certain. */
export type DateMark =
  | { readonly order: 'certain'; readonly year: number | null; readonly month: number; readonly day: number }
  | { readonly order: 'open'; readonly year: number | null; readonly first: number; readonly second: number };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?';
const SEP = '\\s?[/.\\-]\\s?';

/** One reading of a match; null if it is no date after all. */
type Reader = (parts: readonly (string | undefined)[]) => DateMark[];

const SPELLINGS: readonly (readonly [RegExp, Reader])[] = [
  [pattern(`(\\d{4})${SEP}(\\d{1,2})${SEP}(\\d{1,2})`), ([y, m, d]) => certain(y, m, d)],
  [
    pattern(`(\\d{1,2})\\s?[-–]\\s?(\\d{1,2})/(\\d{1,2})/(\\d{4})`),
    ([a, b, m, y]) => [...certain(y, m, a), ...certain(y, m, b)],
  ],
  [pattern(`(\\d{1,2})${SEP}(\\d{1,2})${SEP}(\\d{4}|\\d{2})`), ([a, b, y]) => open(y, a, b)],
  [pattern(`(\\d{1,2})\\s?tháng\\s?(\\d{1,2})(?:,?\\s*(?:năm\\s*)?(\\d{4}))?`), ([d, m, y]) => certain(y, m, d)],
  [
    pattern(`${MONTH}\\.?\\s*${DAY}\\s*[-–]\\s*${DAY}(?:,?\\s*(\\d{4}))?`),
    ([m, a, b, y]) => [...certain(y, month(m), a), ...certain(y, month(m), b)],
  ],
  [
    pattern(`${DAY}\\s*[-–]\\s*${DAY}\\s*${MONTH}(?:,?\\s*(\\d{4}))?`),
    ([a, b, m, y]) => [...certain(y, month(m), a), ...certain(y, month(m), b)],
  ],
  [pattern(`${MONTH}\\.?\\s*${DAY}(?:,?\\s*(\\d{4}))?`), ([m, d, y]) => certain(y, month(m), d)],
  [pattern(`${DAY}[\\s-]*(?:of\\s+)?${MONTH}\\.?(?:,?[\\s-]*(\\d{4}))?`), ([d, m, y]) => certain(y, month(m), d)],
  [pattern('(\\d{1,2})\\s?/\\s?(\\d{1,2})'), ([a, b]) => open(undefined, a, b)],
];

function pattern(source: string): RegExp {
  return new RegExp(`(?<![\\d/])${source}(?![\\d/])`, 'iuy');
}

/** The dates of a short text, in order. */
export function readDates(text: string): DateMark[] {
  if (!/\d/.test(text)) return [];
  const marks: DateMark[] = [];
  let end = 0;
  for (const { index } of text.matchAll(STARTS)) {
    const found = index < end ? null : spellingAt(text, index);
    if (found !== null) {
      marks.push(...found.marks);
      end = found.end;
    }
  }
  return marks;
}

/** Where a number or the name of a month begins. */
const STARTS = /(?<!\d)\d|(?<!\p{L})[adfjmnos]/giu;

function spellingAt(text: string, at: number): { marks: DateMark[]; end: number } | null {
  for (const [expression, read] of SPELLINGS) {
    expression.lastIndex = at;
    const match = expression.exec(text);
    if (match !== null) return { marks: read(match.slice(1)), end: expression.lastIndex };
  }
  return null;
}

const month = (name: string | undefined): string => String(MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1);

function yearOf(year: string | undefined): number | null {
  if (year === undefined) return null;
  return year.length === 2 ? 2000 + Number(year) : Number(year);
}

function certain(year: string | undefined, monthText: string | undefined, day: string | undefined): DateMark[] {
  return [{ order: 'certain', year: yearOf(year), month: Number(monthText), day: Number(day) }];
}

function open(year: string | undefined, first: string | undefined, second: string | undefined): DateMark[] {
  return [{ order: 'open', year: yearOf(year), first: Number(first), second: Number(second) }];
}

/** The ISO date, or null if there is no such day. */
export function isoOf(year: number, monthNumber: number, day: number): string | null {
  const date = new Date(Date.UTC(year, monthNumber - 1, day));
  const exists = date.getUTCMonth() === monthNumber - 1 && date.getUTCDate() === day && year >= 1990 && year < 2100;
  return exists ? date.toISOString().slice(0, 10) : null;
}

const PLACEHOLDER = /^(?:tbd|tba|n\/a|na|\?+|-+|–|—|…|\.{2,}|d{1,2}[/-]m{1,2}[/-].*|m{1,2}[/-]d{1,2}[/-].*|y{4}.*)$/i;

/** True if a cell holds a date, or what people write where a date will be, and little else. */
export function looksLikeDate(cell: string): boolean {
  if (cell.length === 0 || cell.length > 60) return false;
  if (PLACEHOLDER.test(cell)) return true;
  const letters = cell.replace(/[^\p{L}]/gu, '').length;
  return readDates(cell).length > 0 && letters <= 24;
}

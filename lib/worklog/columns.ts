// The rows of a table → what each column holds, by header words in both languages and by what stands in the cells.

import { looksLikeDate } from './dates';
import { looksLikeDay } from './days';
import { HEADER_WORDS, type Role } from './header-words';
import { Phrases, wordsOf } from './phrases';

/** Which column is what, by index; null where a table has none. */
export interface Columns {
  readonly day: number | null;
  readonly task: number;
  readonly start: number | null;
  readonly end: number | null;
  readonly references: readonly number[];
  /** Columns of the table, by its header or its longest row. */
  readonly width: number;
}

/** Cells longer than this head no column. */
const LONGEST_HEADER = 60;

let headers: Phrases<number> | undefined;

/** Header phrases with the rank of their role. */
function headerPhrases(): Phrases<number> {
  headers ??= new Phrases(
    HEADER_WORDS.flatMap(([, words], rank) => words.split(',').map((word) => [word.trim(), rank] as const)),
  );
  return headers;
}

/** The role that a header cell names, or null. */
function roleOf(header: string): Role | null {
  const words = wordsOf(header.slice(0, LONGEST_HEADER));
  const ranks = words.map((_, at) => headerPhrases().at(words, at)?.value ?? HEADER_WORDS.length);
  return HEADER_WORDS[Math.min(...ranks)]?.[0] ?? null;
}

/** True if the cells of a row name the columns of a table. */
export function looksLikeHeader(cells: readonly string[]): boolean {
  if (cells.some((cell) => cell.length > LONGEST_HEADER || /\d{1,2}\/\d{1,2}/.test(cell))) return false;
  const named = cells.filter((cell) => roleOf(cell) !== null).length;
  return named >= 2 && named * 2 >= cells.length;
}

/** How much of a column's cells are of a kind, from 0 to 1. */
interface Profile {
  readonly dates: number;
  readonly days: number;
  readonly urls: number;
  readonly length: number;
}

function profileOf(cells: readonly string[]): Profile {
  const filled = cells.filter((cell) => cell !== '');
  const share = (test: (cell: string) => boolean): number =>
    filled.length === 0 ? 0 : filled.filter(test).length / filled.length;
  return {
    dates: share(looksLikeDate),
    days: share(looksLikeDay),
    urls: share((cell) => cell.includes('http') || cell.includes('](')),
    length: filled.reduce((sum, cell) => sum + cell.length, 0) / Math.max(1, cells.length),
  };
}

/**
 * Finds the columns of a table. `rows` are a sample of its body as plain text. Null if it is not about days and tasks.
 */
export function findColumns(header: readonly string[] | null, rows: readonly (readonly string[])[]): Columns | null {
  const width = header?.length ?? Math.max(0, ...rows.map((row) => row.length));
  const named = Array.from({ length: width }, (_, index) => roleOf(header?.[index] ?? ''));
  const profiles = named.map((_, index) => profileOf(rows.map((row) => row[index] ?? '')));
  const roles = profiles.map((profile, index) => decide(named[index] ?? null, profile));
  const task = findTask(roles, profiles);
  const first = (role: Role): number | null => (roles.includes(role) ? roles.indexOf(role) : null);
  const dates = roles.flatMap((role, index) => (role === 'start' || role === 'end' || role === 'date' ? [index] : []));
  const start = first('start') ?? dates[0] ?? null;
  const end = first('end') ?? dates.find((index) => index !== start) ?? null;
  const day = first('day');

  // Numbers from 1 to 8 are days only where a header speaks of days or tasks: rankings have them too.
  const isAboutDays = day !== null && (header === null || named.includes('day') || named.includes('task'));
  if (task === null || !(isAboutDays || start !== null || end !== null)) return null;
  const references = roles.flatMap((role, index) => (role === 'reference' ? [index] : []));
  return { day, task, start, end, references, width };
}

/** The header's word, unless the cells say otherwise. */
function decide(named: Role | null, { dates, days, urls }: Profile): Role | null {
  if (named === 'day' && dates >= 0.5 && days < 0.5) return 'date';
  if (named === 'date' && days >= 0.5 && dates < 0.5) return 'day';
  if (named !== null) return named;
  if (dates >= 0.5) return 'date';
  if (days >= 0.5) return 'day';
  return urls >= 0.5 ? 'reference' : null;
}

/** The column with the longest cells among those that the header calls tasks, or else among those of no other role. */
function findTask(roles: readonly (Role | null)[], profiles: readonly Profile[]): number | null {
  const longest = (wanted: Role | null): number | null => {
    const candidates = roles.flatMap((role, index) => (role === wanted ? [index] : []));
    candidates.sort((a, b) => (profiles[b]?.length ?? 0) - (profiles[a]?.length ?? 0));
    return candidates[0] ?? null;
  };
  return longest('task') ?? longest(null);
}

// A day cell → the weekday it names, or the number it counts with. In these worklogs 2 is Monday and CN is Sunday.

import { wordsOf } from './phrases';

/** What a day cell says. */
export interface Day {
  /** 0 = Monday … 6 = Sunday, from a name. */
  readonly weekday: number | null;
  /** A bare number, whose meaning the other rows decide. */
  readonly number: number | null;
}

const NAMES: ReadonlyMap<string, number> = new Map(
  [
    'mon monday t2',
    'tue tues tuesday t3',
    'wed weds wednesday t4',
    'thu thur thurs thursday t5',
    'fri friday t6',
    'sat saturday t7',
    'sun sunday cn',
  ].flatMap((names, weekday) => names.split(' ').map((name) => [name, weekday] as const)),
);
/** What follows "thứ". */
const ORDINALS: ReadonlyMap<string, number> = new Map(
  ['hai 2', 'ba 3', 'tư 4', 'năm 5', 'sáu 6', 'bảy bẩy 7', '8'].flatMap((names, weekday) =>
    names.split(' ').map((name) => [name, weekday] as const),
  ),
);

/** Reads the first day that a cell names; a cell that names none gives two nulls. */
export function readDay(cell: string): Day {
  const words = wordsOf(cell.slice(0, 60)).map((word) => word.text);
  const weekday = words.map((word, index) => weekdayAt(word, words[index + 1] ?? '')).find((day) => day !== null);
  const isNumber = words.length > 0 && words.every((word) => /^\d$/.test(word));
  return { weekday: weekday ?? null, number: weekday === undefined && isNumber ? Number(words[0]) : null };
}

function weekdayAt(word: string, next: string): number | null {
  if (word === 'thứ') return ORDINALS.get(next) ?? null;
  if (word === 'chủ' && next === 'nhật') return 6;
  // "T3.1" is the number of a task, "T3" is a Tuesday.
  if (/^t\d$/.test(word) && /^\d/.test(next)) return null;
  return NAMES.get(word) ?? null;
}

const WHOLE = /^(?:full|whole|all|cả|entire)\b|^(?:day|ngày|buổi|session)\s*\d+|^(?:tuần|week)\b/i;

/** True if a cell holds a day and little else ("2", "Thứ 3", "Sat - Sun", "5-6", "Day 1", "Full week"). */
export function looksLikeDay(cell: string): boolean {
  if (cell.length === 0 || cell.length > 40) return false;
  const { weekday, number } = readDay(cell);
  return weekday !== null || number !== null || WHOLE.test(cell);
}

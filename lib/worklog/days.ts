// A day cell → the weekday it names, or the number it counts with. In these worklogs 2 is Monday and CN is Sunday.

import { wordsOf } from './phrases';

/** What a day cell says. */
export interface Day {
  /** 0 = Monday … 6 = Sunday, from a name. */
  readonly weekday: number | null;
  /** A bare number, whose meaning the other rows decide. */
  readonly number: number | null;
}

const NAMES: Readonly<Record<string, number>> = {
  mon: 0,
  monday: 0,
  tue: 1,
  tues: 1,
  tuesday: 1,
  wed: 2,
  weds: 2,
  wednesday: 2,
  thu: 3,
  thur: 3,
  thurs: 3,
  thursday: 3,
  fri: 4,
  friday: 4,
  sat: 5,
  saturday: 5,
  sun: 6,
  sunday: 6,
  t2: 0,
  t3: 1,
  t4: 2,
  t5: 3,
  t6: 4,
  t7: 5,
  cn: 6,
  chủnhật: 6,
};
const VIETNAMESE: Readonly<Record<string, number>> = {
  hai: 0,
  '2': 0,
  ba: 1,
  '3': 1,
  tư: 2,
  '4': 2,
  năm: 3,
  '5': 3,
  sáu: 4,
  '6': 4,
  bảy: 5,
  bẩy: 5,
  '7': 5,
  '8': 6,
};

/** Reads the first day that a cell names; a cell that names none gives two nulls. */
export function readDay(cell: string): Day {
  const words = wordsOf(cell.slice(0, 60)).map((word) => word.text);
  for (const [index, word] of words.entries()) {
    const next = words[index + 1] ?? '';
    if (word === 'thứ' && next in VIETNAMESE) return { weekday: VIETNAMESE[next] ?? null, number: null };
    if (word === 'chủ' && next === 'nhật') return { weekday: 6, number: null };
    if (/^t\d$/.test(word) && /^\d/.test(next)) continue;
    if (word in NAMES) return { weekday: NAMES[word] ?? null, number: null };
  }
  const [first] = words;
  const isNumber = first !== undefined && /^\d$/.test(first) && words.every((word) => /^\d$/.test(word));
  return { weekday: null, number: isNumber ? Number(first) : null };
}

const WHOLE = /^(?:full|whole|all|cả|entire)\b|^(?:day|ngày|buổi|session)\s*\d+|^(?:tuần|week)\b/i;

/** True if a cell holds a day and little else ("2", "Thứ 3", "Sat - Sun", "5-6", "Day 1", "Full week"). */
export function looksLikeDay(cell: string): boolean {
  if (cell.length === 0 || cell.length > 40) return false;
  const { weekday, number } = readDay(cell);
  return weekday !== null || number !== null || WHOLE.test(cell);
}

// The rows of a table → what each column holds, by header words in both languages and by what stands in the cells.

import { looksLikeDate } from './dates';
import { looksLikeDay } from './days';
import { wordsOf } from './phrases';

/** What a column holds. "other" is read by nobody. */
type Role = 'day' | 'task' | 'start' | 'end' | 'date' | 'reference' | 'other';

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

/** Header words and roles; the first that a header contains decides. */
const HEADERS: readonly (readonly [Role, readonly string[]])[] = [
  [
    'other',
    [
      'task id',
      'id',
      'stt',
      'no',
      'status',
      'trạng thái',
      'time spent',
      'result',
      'kết quả',
      'issue',
      'decision',
      'next step',
      'note',
      'ghi chú',
      'hours',
      'số giờ',
      'mục tiêu',
      'objective',
    ],
  ],
  ['start', ['start', 'bắt đầu', 'from', 'từ ngày']],
  [
    'end',
    [
      'completion date',
      'end',
      'finish',
      'due',
      'completed on',
      'completed date',
      'completion',
      'complete date',
      'kết thúc',
      'ngày hoàn thành',
      'hoàn thành',
      'deadline',
      'đến ngày',
    ],
  ],
  ['reference', ['reference', 'resource', 'material', 'link', 'source', 'document', 'tài liệu', 'nguồn', 'tham khảo']],
  [
    'task',
    [
      'task',
      'work',
      'activity',
      'activities',
      'content',
      'công việc',
      'nhiệm vụ',
      'nội dung',
      'hoạt động',
      'description',
      'mô tả',
      'to do',
      'việc',
    ],
  ],
  ['day', ['day', 'thứ', 'weekday']],
  ['date', ['date', 'thời gian', 'timeline']],
  ['day', ['ngày', 'buổi']],
];

const padded = (text: string): string =>
  ` ${wordsOf(text)
    .map((word) => word.text)
    .join(' ')} `;

/** The role that a header cell names, or null. */
function roleOf(header: string): Role | null {
  const words = padded(header.slice(0, 100));
  const found = HEADERS.find(([, phrases]) =>
    phrases.some((phrase) => words.includes(` ${phrase} `) || words.includes(` ${phrase}s `)),
  );
  return found?.[0] ?? null;
}

/** True if the cells of a row name the columns of a table. */
export function looksLikeHeader(cells: readonly string[]): boolean {
  const named = cells.filter((cell) => cell.length < 50 && roleOf(cell) !== null).length;
  return named >= 2 && named * 2 >= cells.length && !cells.some((cell) => /\d{1,2}\/\d{1,2}/.test(cell));
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
  const profiles = Array.from({ length: width }, (_, index) => profileOf(rows.map((row) => row[index] ?? '')));
  const roles = profiles.map((profile, index) => decide(roleOf(header?.[index] ?? ''), profile));
  const task = findTask(roles, profiles);
  if (task === null) return null;

  const dates = roles.flatMap((role, index) => (role === 'start' || role === 'end' || role === 'date' ? [index] : []));
  const start = roles.indexOf('start') >= 0 ? roles.indexOf('start') : (dates[0] ?? null);
  const end = roles.indexOf('end') >= 0 ? roles.indexOf('end') : (dates.find((index) => index !== start) ?? null);
  const day = roles.indexOf('day') >= 0 ? roles.indexOf('day') : null;
  if (day === null && start === null && end === null) return null;
  // Numbers from 1 to 8 are a day only where something else speaks of tasks or dates: rankings have them too.
  const named = header?.map(roleOf).some((role) => role === 'day' || role === 'task') ?? true;
  if (!named && start === null && end === null) return null;
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

function findTask(roles: readonly (Role | null)[], profiles: readonly Profile[]): number | null {
  const longest = (wanted: Role | null): number | null => {
    const candidates = roles.flatMap((role, index) => (role === wanted ? [index] : []));
    candidates.sort((a, b) => (profiles[b]?.length ?? 0) - (profiles[a]?.length ?? 0));
    return candidates[0] ?? null;
  };
  return longest('task') ?? longest(null);
}

// A worklog without a task table → one row for the whole week, from its headings and lists.

import type { CellLine } from './cell-lines';
import { readDates } from './dates';
import { wordsOf } from './phrases';
import { carried } from './redact';
import type { TaskRow } from './task-rows';
import { LIMITS } from './text';

/** What stands under a heading with one of these is wished for, learnt, or told about the week: no task. */
const NO_TASKS =
  /\b(?:objective|goal|aim|achievement|result|outcome|reference|resource|link|knowledge|lesson|learned|challenge|difficult|problem|reflection|feedback|conclusion|summary|overview|next week|expected|self[- ]assessment|evaluation)|mục tiêu|kết quả|tham khảo|tài liệu|kiến thức|bài học|khó khăn|đánh giá|tổng kết|kết luận|nhận xét|thu hoạch|tổng quan|kế hoạch tuần/iu;

/** A period is stated near the beginning. */
const PERIOD_LINES = 40;

/** The row of the whole file, or null if there is nothing to read. */
export function wholeFileRow(prose: readonly CellLine[]): TaskRow | null {
  const first = prose[0];
  if (first === undefined) return null;
  const { start, end } = statedPeriod(prose);
  return {
    day: null,
    start,
    end,
    task: () => tasksOf(prose),
    references: () => prose,
    line: first.line,
    whole: true,
    cut: false,
  };
}

/** Lines that are not under a heading about something else than tasks. */
function tasksOf(prose: readonly CellLine[]): CellLine[] {
  let skipped = 0;
  return prose.filter((line) => {
    const level = headingLevel(line);
    if (level > 0 && (skipped === 0 || level <= skipped))
      skipped = NO_TASKS.test(line.text.slice(0, LIMITS.title)) ? level : 0;
    return skipped === 0 && !line.text.startsWith('{{');
  });
}

const headingLevel = ({ sign, bold, text, indent }: CellLine): number => {
  if (sign.startsWith('#')) return Number(sign.slice(1));
  const isTitle = sign === '' && indent === 0 && bold > 0 && bold >= text.length - 1 && wordsOf(text).length <= 8;
  return isTitle ? 7 : 0;
};

/** The first line that holds two dates; else the first and the last heading that holds one. */
function statedPeriod(prose: readonly CellLine[]): { start: string; end: string | null } {
  const line = prose.slice(0, PERIOD_LINES).find(({ text }) => readDates(text.slice(0, LIMITS.title)).length >= 2);
  if (line !== undefined) return { start: carried(line.text, LIMITS.title), end: null };
  const dated = prose.filter(
    (heading) => headingLevel(heading) > 0 && readDates(heading.text.slice(0, LIMITS.date)).length > 0,
  );
  const text = (heading: CellLine | undefined): string => carried(heading?.text ?? '', LIMITS.date);
  return { start: text(dated[0]), end: dated.length > 0 ? text(dated.at(-1)) : null };
}

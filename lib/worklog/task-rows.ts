// Regions → the day rows of the task tables, each with its raw cells. Rows that are headers, rules or headings are left out.

import type { CellLine } from './cell-lines';
import { type Columns, findColumns, looksLikeHeader } from './columns';
import { looksLikeDate } from './dates';
import { looksLikeDay } from './days';
import { rowsOfHtml } from './html';
import { cellsOf, linesOfCell, textOfCell } from './markdown';
import type { Region } from './regions';
import { cut, LIMITS, squeeze } from './text';

/** A cell: its text now, its lines when somebody asks. */
interface Cell {
  readonly text: string;
  readonly lines: () => CellLine[];
  /** It is longer than what is read of it. */
  readonly cut: boolean;
}

interface TableRow {
  readonly cells: readonly Cell[];
  readonly line: number;
}

/** One row of the week. */
export interface TaskRow {
  /** The day cell without emphasis, or null. */
  readonly day: string | null;
  readonly start: string;
  /** Null where the table has one date column. */
  readonly end: string | null;
  readonly task: readonly CellLine[];
  readonly references: readonly CellLine[];
  readonly line: number;
  /** The row stands for the whole file, which has no table of tasks. */
  readonly whole: boolean;
  /** The task is longer than what is read of it. */
  readonly cut: boolean;
}

/** So many rows show what the columns of a table hold. */
const SAMPLE = 40;

/** The day rows of every task table, in the order of the file. */
export function taskRowsOf(regions: readonly Region[]): TaskRow[] {
  return regions.flatMap((region) =>
    segmentsOf(tableOf(region)).flatMap(({ header, rows }) => readSegment(header, rows)),
  );
}

function tableOf(region: Region): TableRow[] {
  if (region.kind === 'prose') return [];
  if (region.kind === 'html') {
    return rowsOfHtml(region.text, region.line).map(({ cells, line }) => ({
      line,
      cells: cells.map((lines) => ({
        text: lines.map(({ text }) => text).join(' '),
        lines: () => [...lines],
        cut: false,
      })),
    }));
  }
  return Array.from(cellsOf(region.rows), ({ cells, line }) => ({
    line,
    cells: cells.map((content) => ({
      text: cut(content, LIMITS.title),
      lines: () => linesOfCell(content, line),
      cut: content.length > LIMITS.cell,
    })),
  }));
}

interface Segment {
  readonly header: readonly string[] | null;
  readonly rows: TableRow[];
}

/** Tables that were fused into one come apart again at a row of dashes or at a second header. */
function segmentsOf(rows: readonly TableRow[]): Segment[] {
  const segments: Segment[] = [];
  for (const row of rows) {
    const texts = row.cells.map((cell) => cell.text.trim());
    const current = segments.at(-1);
    if (isRule(texts)) divide(segments);
    else if (looksLikeHeader(texts.map(plainText))) segments.push({ header: headerOf(row), rows: [] });
    else if (current === undefined) segments.push({ header: null, rows: [row] });
    else current.rows.push(row);
  }
  return segments.filter((segment) => segment.rows.length > 0);
}

/** The first rule belongs to the header above it, whatever that says; a later one begins another table. */
function divide(segments: Segment[]): void {
  const current = segments.at(-1);
  if (current !== undefined && current.rows.length === 0) return;
  const header = segments.length === 1 && current?.rows.length === 1 ? headerOf(segments.pop()?.rows[0]) : null;
  segments.push({ header, rows: [] });
}

const headerOf = (row: TableRow | undefined): string[] | null =>
  row?.cells.map((cell) => plainText(cell.text.trim())) ?? null;

const plainText = (content: string): string => squeeze(textOfCell(content));

const isRule = (cells: readonly string[]): boolean =>
  cells.some((cell) => cell.includes('--')) && cells.every((cell) => /^[-: ]*…?$/.test(cell));

function readSegment(header: readonly string[] | null, rows: readonly TableRow[]): TaskRow[] {
  const sample = rows.slice(0, SAMPLE).map((row) => row.cells.map((cell) => plainText(cell.text)));
  const fitting = header === null || sample.some((row) => row.length <= header.length) ? header : null;
  const columns = findColumns(fitting, sample);
  return columns === null ? [] : rows.flatMap((row) => readRow(row, columns) ?? []);
}

function readRow(row: TableRow, columns: Columns): TaskRow | null {
  const { task, day, start, end, references } = shifted(row.cells, columns);
  const text = (index: number | null): string => (index === null ? '' : plainText(row.cells[index]?.text ?? ''));
  const dayText = text(day);
  const dates = text(start) + text(end);
  const lines = task.flatMap((index) => row.cells[index]?.lines() ?? []);
  const isHeading = dayText === '' && dates === '' && lines.length <= 1;
  if (isHeading || (dayText === '' && lines.length === 0)) return null;
  return {
    day: dayText === '' ? null : cut(dayText, LIMITS.day),
    start: text(start),
    end: columns.end === null ? null : text(end),
    task: lines,
    references: references.flatMap((index) => row.cells[index]?.lines() ?? []),
    line: row.line,
    whole: false,
    cut: task.some((index) => row.cells[index]?.cut === true),
  };
}

/** Where the columns are in one row; several cells may be the task's. */
interface Places extends Omit<Columns, 'task' | 'width'> {
  readonly task: readonly number[];
}

/** Rows with cells too many (a pipe inside the task) or too few are lined up by where their date stands. */
function shifted(cells: readonly Cell[], columns: Columns): Places {
  const { task, day, start, end, references, width } = columns;
  const straight = { ...columns, task: [task] };
  if (cells.length === width || start === null || start < task) return straight;

  const dated = cells.findIndex((cell, index) => index > 0 && looksLikeDate(plainText(cell.text)));
  const shift = dated < 0 ? 0 : dated - start;
  if (shift === 0) return straight;
  const move = (index: number | null): number | null => (index === null || index < task ? index : index + shift);
  if (shift > 0) {
    const parts = Array.from({ length: shift + 1 }, (_, index) => task + index);
    return {
      task: parts,
      day,
      start: move(start),
      end: move(end),
      references: references.map((index) => index + shift),
    };
  }
  const first = plainText(cells[0]?.text ?? '');
  const keepsDay = day !== null && looksLikeDay(first);
  return {
    task: [Math.max(0, task + shift)],
    day: keepsDay ? day : null,
    start: move(start),
    end: move(end),
    references: references.map((index) => index + shift),
  };
}

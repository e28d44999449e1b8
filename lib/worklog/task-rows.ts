// Regions → the day rows of the task tables. Rows that are headers, rules or headings are left out.

import type { CellLine } from './cell-lines';
import { type Columns, findColumns, looksLikeHeader } from './columns';
import { looksLikeDate } from './dates';
import { looksLikeDay } from './days';
import { rowsOfHtml } from './html';
import { cellsOf, linesOfCell, textOfCell } from './markdown';
import { carried } from './redact';
import type { Region } from './regions';
import { LIMITS, squeeze } from './text';

/** A cell: raw Markdown, or the lines of an HTML cell. */
type Cell = string | readonly CellLine[];

interface TableRow {
  readonly cells: readonly Cell[];
  readonly line: number;
}

/** One row of the week. Its cells are read when somebody asks, so that a long table costs little. */
export interface TaskRow {
  /** The day cell without emphasis, or null. */
  readonly day: string | null;
  readonly start: string;
  /** Null where the table has one date column. */
  readonly end: string | null;
  readonly task: () => readonly CellLine[];
  readonly references: () => readonly CellLine[];
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
  const rows: TaskRow[] = [];
  for (const region of regions) for (const segment of segmentsOf(tableOf(region))) readSegment(segment, rows);
  return rows;
}

function tableOf(region: Region): Iterable<TableRow> {
  if (region.kind === 'prose') return [];
  return region.kind === 'html' ? rowsOfHtml(region.text, region.line) : cellsOf(region.rows);
}

const linesIn = (cell: Cell, line: number): readonly CellLine[] =>
  typeof cell === 'string' ? linesOfCell(cell, line) : cell;

/** A cell as one line of text, as far as a day or a date needs it. */
function textIn(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  if (typeof cell !== 'string') return squeeze(cell.map(({ text }) => text).join(' '));
  const raw = cell.trim();
  // Only short cells are days and dates; of the others nothing but their size matters here.
  return raw.length > LIMITS.title ? carried(raw, LIMITS.title) : squeeze(textOfCell(raw));
}

interface Segment {
  readonly header: readonly string[] | null;
  readonly rows: TableRow[];
}

/** Tables that were fused into one come apart again at a row of dashes or at a second header. */
function segmentsOf(rows: Iterable<TableRow>): Segment[] {
  const segments: Segment[] = [];
  for (const row of rows) {
    const current = segments.at(-1);
    if (isRule(row)) divide(segments);
    else if (row.cells.every(isShort) && looksLikeHeader(row.cells.map(textIn))) {
      segments.push({ header: row.cells.map(textIn), rows: [] });
    } else if (current === undefined) segments.push({ header: null, rows: [row] });
    else current.rows.push(row);
  }
  return segments.filter((segment) => segment.rows.length > 0);
}

/** Only a row of short cells can head a table; emphasis and padding count too, so this is generous. */
const isShort = (cell: Cell): boolean => cell.length < LIMITS.title;

/** The first rule belongs to the header above it, whatever that says; a later one begins another table. */
function divide(segments: Segment[]): void {
  const current = segments.at(-1);
  if (current !== undefined && current.rows.length === 0) return;
  const isHead = segments.length === 1 && current?.header === null && current.rows.length === 1;
  const above = isHead ? segments.pop()?.rows[0] : undefined;
  segments.push({ header: above?.cells.map(textIn) ?? null, rows: [] });
}

const isRule = ({ cells }: TableRow): boolean =>
  cells.some((cell) => typeof cell === 'string' && cell.includes('--')) &&
  cells.every((cell) => typeof cell === 'string' && /^[-: ]*$/.test(cell));

function readSegment({ header, rows }: Segment, found: TaskRow[]): void {
  const sample = rows.slice(0, SAMPLE).map((row) => row.cells.map(textIn));
  const fitting = header === null || sample.some((row) => row.length <= header.length) ? header : null;
  const columns = findColumns(fitting, sample);
  if (columns === null) return;
  for (const row of rows) {
    const read = readRow(row, columns);
    if (read !== null) found.push(read);
  }
}

/** A row of a table; its long cells are read anew each time, which costs less than keeping them. */
class TableTaskRow implements TaskRow {
  readonly day: string | null;
  readonly start: string;
  readonly end: string | null;
  readonly line: number;
  readonly whole = false;

  constructor(
    private readonly row: TableRow,
    private readonly places: Places,
    hasEnd: boolean,
  ) {
    const day = this.textAt(places.day);
    this.day = day === '' ? null : carried(day, LIMITS.day);
    this.start = this.textAt(places.start);
    this.end = hasEnd ? this.textAt(places.end) : null;
    this.line = row.line;
  }

  task(): CellLine[] {
    return this.linesAt(this.places.task);
  }

  references(): CellLine[] {
    return this.linesAt(this.places.references);
  }

  get cut(): boolean {
    return this.places.task.some((index) => (this.row.cells[index]?.length ?? 0) > LIMITS.cell);
  }

  private textAt(index: number | null): string {
    return index === null ? '' : textIn(this.row.cells[index]);
  }

  private linesAt(indices: readonly number[]): CellLine[] {
    return indices.flatMap((index) => linesIn(this.row.cells[index] ?? '', this.row.line));
  }
}

function readRow(row: TableRow, columns: Columns): TaskRow | null {
  const read = new TableTaskRow(row, shifted(row.cells, columns), columns.end !== null);
  return read.day === null && isHeading(`${read.start}${read.end ?? ''}`, read.task()) ? null : read;
}

/** A row without a day is a heading inside the table, unless it has dates or more than one line of tasks. */
const isHeading = (dates: string, task: readonly CellLine[]): boolean =>
  task.length === 0 || (dates === '' && task.length === 1);

/** Where the columns are in one row; several cells may be the task's. */
interface Places extends Omit<Columns, 'task' | 'width'> {
  readonly task: readonly number[];
}

/** Where the columns are in a row that has all of them; the same object for all such rows. */
function placesOf(columns: Columns): Places {
  const known = straight.get(columns) ?? { ...columns, task: [columns.task] };
  straight.set(columns, known);
  return known;
}

const straight = new WeakMap<Columns, Places>();

/** Rows with cells too many (a pipe inside the task) or too few are lined up by where their date stands. */
function shifted(cells: readonly Cell[], columns: Columns): Places {
  const { task, day, start, end, references, width } = columns;
  if (cells.length === width || start === null || start < task) return placesOf(columns);

  const dated = cells.findIndex((cell, index) => index > 0 && looksLikeDate(textIn(cell)));
  const shift = dated < 0 ? 0 : dated - start;
  if (shift === 0) return placesOf(columns);
  const move = (index: number | null): number | null => (index === null || index < task ? index : index + shift);
  const keepsDay = shift > 0 || looksLikeDay(textIn(cells[0]));
  return {
    task: shift > 0 ? Array.from({ length: shift + 1 }, (_, index) => task + index) : [Math.max(0, task + shift)],
    day: keepsDay ? day : null,
    start: move(start),
    end: move(end),
    references: references.map((index) => index + shift),
  };
}

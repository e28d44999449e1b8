// The physical lines of a Markdown table → its rows. Mends what makes real tables unreadable: rows broken over lines, blank lines between rows.

import { LINE_END } from './text';

/** One row of a table, its physical lines joined. */
export interface Row {
  readonly text: string;
  /** 1-based line that it begins on. */
  readonly line: number;
}

/** A row may go on after blank lines, but not further down than this. */
const LOOK_AHEAD = 30;

/** True for a line with pipes at its beginning, or one with a delimiter row below it. */
export function beginsTable(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  const pipes = countPipes(line);
  return startsRow(line) ? pipes >= 2 : pipes >= 1 && isDelimiter(lines[at + 1] ?? '');
}

/** True for "| --- | :---: |". */
function isDelimiter(line: string): boolean {
  if (!line.includes('-') || !line.includes('|')) return false;
  for (const sign of line) if (!'|-: \t'.includes(sign)) return false;
  return true;
}

/** Unescaped pipes of a line. */
function countPipes(line: string): number {
  let count = 0;
  for (let at = line.indexOf('|'); at >= 0; at = line.indexOf('|', at + 1)) if (line[at - 1] !== '\\') count++;
  return count;
}

/** Cells of a row, counted as a Markdown table counts them. */
export function countCells(text: string): number {
  const row = text.trim();
  return countPipes(row) + 1 - (startsRow(row) ? 1 : 0) - (endsRow(row) ? 1 : 0);
}

const startsRow = (line: string): boolean => line.trimStart().startsWith('|');

const endsRow = (line: string): boolean => {
  const row = line.trimEnd();
  return row.endsWith('|') && !row.endsWith('\\|');
};

/** Cells that a further line adds to an open row. */
const addedCells = (line: string): number => countPipes(line) - (endsRow(line) ? 1 : 0);

const endsTable = (line: string): boolean => /^#{1,6}(\s|$)/.test(line) || line.startsWith('```');

interface Draft {
  readonly parts: string[];
  readonly line: number;
  cells: number;
}

/** What is known of a table while its lines are read. */
interface Table {
  /** Cells of its first row. */
  readonly width: number;
  /** Its rows begin with a pipe. */
  readonly piped: boolean;
  /** Cells of the row read last, and whether that row has not been ended by a pipe. */
  readonly cells: number;
  readonly open: boolean;
}

/** Reads the table that begins at a line; `end` is the index of the first line after it. */
export function assembleTable(lines: readonly string[], start: number): { rows: Row[]; end: number } {
  const first = (lines[start] ?? '').trim();
  let row: Draft = { parts: [first], line: start + 1, cells: countCells(first) };
  const rows = [row];
  const table = { width: row.cells, piped: startsRow(first) };
  let at = start + 1;
  for (; at < lines.length; at++) {
    const line = (lines[at] ?? '').trim();
    const step = nextStep(lines, at, { ...table, cells: row.cells, open: !endsRow(row.parts.at(-1) ?? '') });
    if (step === 'end') break;
    if (step === 'row') {
      row = { parts: [line], line: at + 1, cells: countCells(line) };
      rows.push(row);
    } else if (step === 'join') {
      row.parts.push(line);
      row.cells += addedCells(line);
    }
  }
  return { rows: rows.map(({ parts, line }) => ({ text: parts.join(LINE_END), line })), end: at };
}

type Step = 'row' | 'join' | 'skip' | 'end';

/** What the line at `at` is to the table: a row, more of the row before, nothing, or the end. */
function nextStep(lines: readonly string[], at: number, table: Table): Step {
  const line = (lines[at] ?? '').trim();
  if (endsTable(line)) return 'end';
  if (line === '') return afterBlank(lines, at, table.open && table.cells < table.width);
  if (startsRow(line)) return isDelimiter(line) || !completes(line, table) ? 'row' : 'join';
  return withoutPipe(countPipes(line) > 0, table);
}

/** A line that begins with no pipe: in a table whose rows do, it goes on with the row before. */
function withoutPipe(pipes: boolean, { piped, open, cells, width }: Table): Step {
  if (!piped) return pipes ? 'row' : 'end';
  return open || (pipes && cells < width) ? 'join' : 'end';
}

/** A row broken before a pipe goes on with a line that begins with one and brings just the cells that were missing. */
const completes = (line: string, { open, cells, width }: Table): boolean =>
  open && cells < width && cells + addedCells(line) === width;

/** A table goes on after blank lines if another row follows, or if its row is open and ends further down. */
function afterBlank(lines: readonly string[], at: number, open: boolean): Step {
  const ahead = lines.slice(at + 1, at + LOOK_AHEAD).map((line) => line.trim());
  const next = ahead.findIndex((line) => line !== '');
  if (startsRow(ahead[next] ?? '')) return isDelimiter(ahead[next + 1] ?? '') ? 'end' : 'skip';
  const stop = ahead.findIndex((line) => endsTable(line) || startsRow(line));
  const reach = stop < 0 ? ahead : ahead.slice(0, stop);
  return open && reach.some(endsRow) ? 'join' : 'end';
}

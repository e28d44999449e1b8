// Lines → regions: tables as assembled rows, HTML tables, and everything else. Mends what makes real tables unreadable to a Markdown parser.

import { LINE_END } from './text';

/** One row of a table, its physical lines joined. */
export interface Row {
  readonly text: string;
  /** 1-based line that it begins on. */
  readonly line: number;
}

export type Region =
  | { readonly kind: 'table'; readonly rows: readonly Row[] }
  | { readonly kind: 'html'; readonly text: string; readonly line: number }
  | { readonly kind: 'prose'; readonly lines: readonly string[]; readonly line: number };

/** A row may go on after blank lines, but not further down than this. */
const LOOK_AHEAD = 30;

/** Divides the lines from `start` on. Fenced code and HTML comments are never tables. */
export function regionsOf(lines: readonly string[], start: number): Region[] {
  const regions: Region[] = [];
  let prose = start;
  let at = start;
  const flush = (end: number): void => {
    if (end > prose) regions.push({ kind: 'prose', lines: lines.slice(prose, end), line: prose + 1 });
  };

  while (at < lines.length) {
    const skip = endOfOpaque(lines, at);
    if (skip > at) {
      at = skip;
      continue;
    }
    const region = beginsTable(lines, at) ? readTable(lines, at) : readHtmlTable(lines, at);
    if (region === null) {
      at++;
      continue;
    }
    flush(at);
    regions.push(region.region);
    at = region.end;
    prose = at;
  }
  flush(lines.length);
  return regions;
}

/** The end of the fenced code or comment that begins at a line, or the same line. */
function endOfOpaque(lines: readonly string[], at: number): number {
  const line = (lines[at] ?? '').trimStart();
  const fence = line.startsWith('```') ? '```' : line.startsWith('~~~') ? '~~~' : null;
  if (fence !== null) return after(lines, at + 1, (other) => other.trimStart().startsWith(fence)) ?? at;
  if (!line.startsWith('<!--')) return at;
  return after(lines, at, (other) => other.includes('-->')) ?? at;
}

function after(lines: readonly string[], from: number, ends: (line: string) => boolean): number | null {
  for (let index = from; index < lines.length; index++) if (ends(lines[index] ?? '')) return index + 1;
  return null;
}

interface Found {
  readonly region: Region;
  readonly end: number;
}

function beginsTable(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  const pipes = countPipes(line);
  if (line.trimStart().startsWith('|')) return pipes >= 2;
  return pipes >= 1 && isDelimiter(lines[at + 1] ?? '');
}

/** True for "| --- | :---: |". */
export function isDelimiter(line: string): boolean {
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
  return countPipes(row) + 1 - (row.startsWith('|') ? 1 : 0) - (endsRow(row) ? 1 : 0);
}

const endsRow = (line: string): boolean => {
  const row = line.trimEnd();
  return row.endsWith('|') && !row.endsWith('\\|');
};

const isHeading = (line: string): boolean => /^\s{0,3}#{1,6}(\s|$)/.test(line);

function readTable(lines: readonly string[], start: number): Found {
  const rows: { parts: string[]; line: number; cells: number }[] = [];
  const width = countCells(lines[start] ?? '');
  const piped = (lines[start] ?? '').trimStart().startsWith('|');
  let at = start;
  while (at < lines.length) {
    const line = (lines[at] ?? '').trim();
    const row = rows.at(-1);
    const step =
      row === undefined ? 'row' : nextStep(lines, at, { width, piped, cells: row.cells, last: row.parts.at(-1) ?? '' });
    if (step === 'end') break;
    if (step === 'row') rows.push({ parts: [line], line: at + 1, cells: countCells(line) });
    else if (step === 'join' && row !== undefined) {
      row.parts.push(line);
      row.cells += countPipes(line) - (endsRow(line) ? 1 : 0);
    }
    at++;
  }
  const joined = rows.map(({ parts, line }) => ({ text: parts.join(LINE_END), line }));
  return { region: { kind: 'table', rows: joined }, end: at };
}

interface TableState {
  readonly width: number;
  /** The rows of this table begin with a pipe. */
  readonly piped: boolean;
  /** Cells of the row read last, and its last physical line. */
  readonly cells: number;
  readonly last: string;
}

/** What the line at `at` is to a table: a row, more of the row before, nothing, or the end. */
function nextStep(lines: readonly string[], at: number, table: TableState): 'row' | 'join' | 'skip' | 'end' {
  const line = (lines[at] ?? '').trim();
  const open = !endsRow(table.last);
  if (isHeading(line) || line.startsWith('```')) return 'end';
  if (line === '') return afterBlank(lines, at, open && table.cells < table.width);
  if (isDelimiter(line)) return 'row';
  if (line.startsWith('|')) {
    const fits = table.cells + countPipes(line) - (endsRow(line) ? 1 : 0) === table.width;
    return open && table.cells < table.width && fits ? 'join' : 'row';
  }
  if (!table.piped) return countPipes(line) > 0 ? 'row' : 'end';
  if (open) return 'join';
  return table.cells < table.width && countPipes(line) > 0 ? 'join' : 'end';
}

/** A table goes on after blank lines if its row is still open and ends further down, or if another row follows. */
function afterBlank(lines: readonly string[], at: number, open: boolean): 'join' | 'skip' | 'end' {
  for (let index = at + 1; index < Math.min(lines.length, at + LOOK_AHEAD); index++) {
    const line = (lines[index] ?? '').trim();
    if (line === '') continue;
    if (isHeading(line)) return 'end';
    if (line.startsWith('|')) return isDelimiter(lines[index + 1] ?? '') ? 'end' : 'skip';
    if (!open) return 'end';
    if (endsRow(line)) return 'join';
  }
  return 'end';
}

function readHtmlTable(lines: readonly string[], start: number): Found | null {
  if (!(lines[start] ?? '').trimStart().toLowerCase().startsWith('<table')) return null;
  const end = after(lines, start, (line) => line.toLowerCase().includes('</table')) ?? lines.length;
  return { region: { kind: 'html', text: lines.slice(start, end).join('\n'), line: start + 1 }, end };
}

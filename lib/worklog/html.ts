// HTML → the rows of its tables, and its tags as line breaks, bold and links. Scripts and styles are left out.

import { Parser } from 'htmlparser2';

import { type CellLine, LineBuilder } from './cell-lines';
import { LIMITS } from './text';

/** One row of an HTML table. */
export interface HtmlRow {
  readonly cells: readonly (readonly CellLine[])[];
  readonly line: number;
}

const CELLS = new Set(['td', 'th']);
const ENDS_CELL = new Set(['td', 'th', 'tr', 'table']);
const SILENT = new Set(['script', 'style', 'template', 'title']);

/** Feeds a single tag that stands inside Markdown. */
export function feedTag(builder: LineBuilder, tag: string): void {
  // By far the most frequent tag needs no parser.
  if (/^<br\s*\/?>$/i.test(tag)) {
    builder.break();
    return;
  }
  if (tag.startsWith('</')) {
    builder.close(tag.slice(2, -1).trim().toLowerCase());
    return;
  }
  const parser = new Parser({ onopentag: (name, { href }) => builder.open(name, href ?? null) });
  parser.end(tag);
}

/** Feeds a block of HTML. */
export function feedHtml(builder: LineBuilder, html: string): void {
  let silent = 0;
  const parser = new Parser({
    ontext: (text) => {
      if (silent === 0) feedText(builder, text);
    },
    onopentag: (name, { href }) => {
      if (SILENT.has(name)) silent++;
      builder.open(name, href ?? null);
    },
    onclosetag: (name) => {
      if (SILENT.has(name)) silent--;
      builder.close(name);
    },
  });
  parser.end(html);
}

function feedText(builder: LineBuilder, text: string): void {
  for (const [index, part] of text.split('\n').entries()) {
    if (index > 0) builder.softBreak();
    builder.text(part);
  }
}

/**
 * The rows of the tables in a piece of HTML that begins on a line of the file. Each row is parsed by itself, and no
 * further than a cell is read: tables that are opened and never closed would otherwise pile up.
 */
export function* rowsOfHtml(html: string, firstLine: number): Generator<HtmlRow> {
  let line = firstLine;
  for (const part of html.split(/(?=<tr[\s>])/i)) {
    const cells = cellsOfRow(part.slice(0, LIMITS.cell), line);
    if (cells.length > 0) yield { cells, line };
    line += part.split('\n').length - 1;
  }
}

function cellsOfRow(html: string, line: number): CellLine[][] {
  const cells: CellLine[][] = [];
  let builder: LineBuilder | null = null;
  const close = (): void => {
    if (builder !== null) cells.push(builder.lines());
    builder = null;
  };
  const parser = new Parser({
    ontext: (text) => {
      if (builder !== null) feedText(builder, text);
    },
    onopentag: (name, { href }) => {
      if (!CELLS.has(name)) builder?.open(name, href ?? null);
      else {
        close();
        builder = new LineBuilder(line);
      }
    },
    onclosetag: (name) => {
      if (ENDS_CELL.has(name)) close();
      else builder?.close(name);
    },
  });
  parser.end(html);
  close();
  return cells;
}

// HTML → the rows of its tables, and its tags as line breaks, bold and links. Scripts and styles are left out.

import { Parser } from 'htmlparser2';

import { type CellLine, LineBuilder } from './cell-lines';

/** One row of an HTML table. */
export interface HtmlRow {
  readonly cells: readonly (readonly CellLine[])[];
  readonly line: number;
}

const SILENT = new Set(['script', 'style', 'template', 'title']);

/** Feeds a single tag that stands inside Markdown. */
export function feedTag(builder: LineBuilder, tag: string): void {
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

/** The rows of the tables in a piece of HTML that begins on a line of the file. */
export function rowsOfHtml(html: string, firstLine: number): HtmlRow[] {
  const rows: { cells: CellLine[][]; line: number }[] = [];
  let builder: LineBuilder | null = null;
  let line = firstLine;
  let counted = 0;
  const close = (): void => {
    if (builder !== null) rows.at(-1)?.cells.push(builder.lines());
    builder = null;
  };
  const parser: Parser = new Parser({
    ontext: (text) => {
      if (builder !== null) feedText(builder, text);
    },
    onopentag: (name, { href }) => {
      for (; counted < parser.startIndex; counted++) if (html[counted] === '\n') line++;
      if (name === 'tr') {
        close();
        rows.push({ cells: [], line });
      } else if (name === 'td' || name === 'th') {
        close();
        builder = new LineBuilder(line);
      } else builder?.open(name, href ?? null);
    },
    onclosetag: (name) => {
      if (name === 'td' || name === 'th' || name === 'tr' || name === 'table') close();
      else builder?.close(name);
    },
  });
  parser.end(html);
  return rows.filter((row) => row.cells.length > 0);
}

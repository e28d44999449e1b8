// Markdown → table cells and readable lines, through markdown-it. Nothing is rendered: tokens are read.

import MarkdownIt from 'markdown-it';

import { type CellLine, LineBuilder } from './cell-lines';
import { feedHtml, feedTag } from './html';
import { countCells, type Row } from './table-lines';
import { cut, LIMITS, LINE_END } from './text';

type Parser = InstanceType<typeof MarkdownIt>;
type Token = ReturnType<Parser['parse']>[number];

/** One row of a table as raw Markdown, cell by cell. */
export interface RawRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/** More columns than any worklog has; what stands further right is not read. */
const MOST_COLUMNS = 32;
const ROWS_AT_ONCE = 256;
const LINES_AT_ONCE = 256;

let parser: Parser | undefined;
const markdown = (): Parser => {
  parser ??= makeParser();
  return parser;
};

/** Addresses stay as written: nothing is rendered. Those that a browser would run are still no links. */
function makeParser(): Parser {
  const made = new MarkdownIt({ html: true, linkify: false }).disable('reference');
  made.normalizeLink = (url) => url;
  made.normalizeLinkText = (text) => text;
  return made;
}

/** The cells of assembled rows, as many as each row really has. */
export function* cellsOf(rows: readonly Row[]): Generator<RawRow> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) yield* cellsOfSome(rows.slice(at, at + ROWS_AT_ONCE));
}

function* cellsOfSome(rows: readonly Row[]): Generator<RawRow> {
  const counts = rows.map((row) => Math.min(MOST_COLUMNS, countCells(row.text)));
  const width = Math.max(1, ...counts);
  const source = ['| '.repeat(width + 1), `|${'-|'.repeat(width)}`, ...rows.map((row) => piped(row.text))].join('\n');
  const tokens: Token[] = [];
  markdown().block.parse(source, markdown(), {}, tokens);

  let index = -1;
  let cells: string[] = [];
  for (const token of tokens) {
    if (token.type === 'tr_open') cells = [];
    else if (token.type === 'inline') cells.push(token.content);
    else if (token.type === 'tr_close') {
      const row = rows[index];
      if (row !== undefined) yield { cells: cells.slice(0, counts[index]), line: row.line };
      index++;
    }
  }
}

const piped = (text: string): string => (text.trimStart().startsWith('|') ? text.trim() : `|${text.trim()}`);

/** The lines that a reader sees in one cell. */
export function linesOfCell(content: string, line: number): CellLine[] {
  const builder = new LineBuilder(line);
  feedInline(builder, content);
  return builder.lines();
}

/** A cell as one line of text. */
export const textOfCell = (content: string): string =>
  plain(content)
    ? content.trim()
    : linesOfCell(content, 1)
        .map((line) => line.text)
        .join(' ');

/** Most day and date cells need no parser. */
const plain = (content: string): boolean =>
  content.length < 40 && !/[*_`<&[\\]/.test(content) && !content.includes(LINE_END);

/** What each kind of token means to the reader of a line. Emphasis and strikethrough say nothing. */
const FEEDERS: Readonly<Record<string, (builder: LineBuilder, token: Token) => void>> = {
  text: (builder, { content }) => builder.text(content),
  text_special: (builder, { content }) => builder.text(content),
  image: (builder, { content }) => builder.text(content),
  code_inline: (builder, { content }) => builder.code(content),
  softbreak: (builder) => builder.softBreak(),
  hardbreak: (builder) => builder.break(),
  html_inline: (builder, { content }) => feedTag(builder, content),
  link_open: (builder, token) => builder.open('a', String(token.attrGet('href') ?? '')),
  link_close: (builder) => builder.close('a'),
  strong_open: (builder) => builder.open('strong'),
  strong_close: (builder) => builder.close('strong'),
};

function feedInline(builder: LineBuilder, content: string): void {
  const [token] = markdown().parseInline(cut(content, LIMITS.cell), {});
  for (const child of token?.children ?? []) FEEDERS[child.type]?.(builder, child);
}

/** Headings, list items and paragraphs outside tables. Fenced code and rules are left out. */
export function* linesOfProse(lines: readonly string[], firstLine: number): Generator<CellLine> {
  let from = 0;
  while (from < lines.length) {
    let to = Math.min(lines.length, from + LINES_AT_ONCE);
    // A block is not divided where it can be helped: blank lines end most of them.
    while (to < lines.length && to < from + 2 * LINES_AT_ONCE && (lines[to] ?? '').trim() !== '') to++;
    yield* linesOfSome(lines.slice(from, to), firstLine + from);
    from = to;
  }
}

function* linesOfSome(lines: readonly string[], firstLine: number): Generator<CellLine> {
  const tokens: Token[] = [];
  markdown().block.parse(lines.join('\n'), markdown(), {}, tokens);
  const open: string[] = [];
  for (const token of tokens) {
    if (token.nesting > 0) open.push(token.tag);
    else if (token.nesting < 0) open.pop();
    else if (token.type === 'inline') yield* placed(inlineLines(token, firstLine), open);
    else if (token.type === 'html_block') yield* inlineLines(token, firstLine);
  }
}

function inlineLines(token: Token, firstLine: number): CellLine[] {
  const builder = new LineBuilder(firstLine + (token.map?.[0] ?? 0));
  if (token.type === 'html_block') feedHtml(builder, cut(token.content, LIMITS.cell));
  else feedInline(builder, token.content);
  return builder.lines();
}

/** Gives the lines of a block the depth and the sign of the lists and headings it stands in. */
function placed(lines: readonly CellLine[], open: readonly string[]): CellLine[] {
  const heading = open.find((tag) => /^h[1-6]$/.test(tag));
  if (heading !== undefined) return lines.map((line) => ({ ...line, sign: `#${heading.slice(1)}`, indent: 0 }));
  const lists = open.filter((tag) => tag === 'ul' || tag === 'ol').length;
  const inItem = lists > 0;
  return lines.map((line, index) => ({
    ...line,
    indent: lists * 4 + line.indent + (index > 0 ? 2 : 0),
    sign: inItem && line.sign === '' && index === 0 ? '-' : line.sign,
  }));
}

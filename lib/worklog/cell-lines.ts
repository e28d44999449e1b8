// A stream of text, tags and breaks → the lines that a reader sees in a cell, each with its indentation, bullet sign and bold lead.

import { LINE_END } from './text';

export interface Link {
  readonly text: string;
  readonly url: string;
}

/** One line of a cell, or one list item, heading or paragraph of the text outside tables. */
export interface CellLine {
  /** Without bullet sign, emphasis and surplus blanks. */
  readonly text: string;
  /** Width of the indentation, in columns. */
  readonly indent: number;
  /** The bullet sign as a class: "-", "+", "*", "1." …, "#2" for a heading; "" for none. */
  readonly sign: string;
  /** Length of the bold text that the line begins with, 0 if none. */
  readonly bold: number;
  /** Where code spans stand in `text`. */
  readonly code: readonly (readonly [start: number, end: number])[];
  readonly links: readonly Link[];
  /** 1-based line of the file. */
  readonly line: number;
}

interface Piece {
  readonly text: string;
  readonly strong: boolean;
  readonly code: boolean;
  readonly url: string | null;
}

const WIDTHS: Readonly<Record<string, number>> = { '\u2003': 4, '\u2001': 4, '\t': 4, '\u2002': 2, '\u2000': 2 };
const SIGN =
  /^(?:[-–—−](?=[^-–—−\d]|$)|[+*•●○◦▪■□►▶➤➢➔→⇒✓✔✅☑·‣⁃∙](?:\ufe0f)?|(?:\d{1,2}|[a-zA-Z])[.)](?=\s)|o(?=\s)|\[[ xX]\])\s*/u;

/** Collects one cell. Feed it in reading order, then call `lines`. */
export class LineBuilder {
  private readonly done: CellLine[] = [];
  private pieces: Piece[] = [];
  private strong = 0;
  private url: string | null = null;
  private lists = 0;
  private item = false;

  constructor(private line: number) {}

  text(text: string): void {
    if (!text.includes(LINE_END)) {
      this.add(text, false);
      return;
    }
    const parts = text.split(LINE_END);
    for (const [index, part] of parts.entries()) {
      if (index > 0) this.physicalEnd(part);
      this.add(part, false);
    }
  }

  code(text: string): void {
    this.add(text.replaceAll(LINE_END, ' '), true);
    this.line += text.split(LINE_END).length - 1;
  }

  /** A tag of HTML, or what Markdown writes for one. */
  open(tag: string, url: string | null = null): void {
    if (tag === 'b' || tag === 'strong') this.strong++;
    else if (tag === 'a') this.url = url;
    else if (tag === 'ul' || tag === 'ol') this.lists++;
    if (BREAKS.has(tag)) this.break();
    if (tag === 'li') this.item = true;
  }

  close(tag: string): void {
    if (tag === 'b' || tag === 'strong') this.strong = Math.max(0, this.strong - 1);
    else if (tag === 'a') this.url = null;
    else if (tag === 'ul' || tag === 'ol') this.lists = Math.max(0, this.lists - 1);
    if (BREAKS.has(tag)) this.break();
  }

  /** Ends the line that a reader sees. */
  break(): void {
    const { pieces } = this;
    if (pieces.length === 0) return;
    this.pieces = [];
    const indent = this.lists > 0 ? Math.min(this.lists, DEEPEST) * 4 : null;
    const line = finish(pieces, { line: this.line, indent, isItem: this.item });
    if (line === null) return;
    this.done.push(line);
    this.item = false;
  }

  /** A line end of the file that is not one for the reader. */
  softBreak(): void {
    this.add(' ', false);
    this.line++;
  }

  lines(): CellLine[] {
    this.break();
    return this.done;
  }

  /** Where a row was broken over lines, a bullet sign begins a new line; anything else goes on with the sentence. */
  private physicalEnd(next: string): void {
    if (SIGN.test(next.trimStart())) this.break();
    else this.add(' ', false);
    this.line++;
  }

  private add(text: string, code: boolean): void {
    if (text === '') return;
    const plain = code ? text : text.replaceAll('**', '').replaceAll('__', '');
    this.pieces.push({ text: plain, strong: this.strong > 0, code, url: this.url });
  }
}

/** No list is nested deeper; what says so is no list. */
const DEEPEST = 20;

const BREAKS = new Set(['br', 'li', 'p', 'div', 'ul', 'ol', 'tr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);

/** What HTML lists say about a line: its depth in columns, and whether it is an item. */
interface Place {
  readonly line: number;
  readonly indent: number | null;
  readonly isItem: boolean;
}

function finish(pieces: readonly Piece[], { line, indent, isItem }: Place): CellLine | null {
  const raw = pieces.length === 1 ? (pieces[0]?.text ?? '') : pieces.map((piece) => piece.text).join('');
  const body = raw.trimStart();
  if (body === '') return null;

  const { sign, length } = signOf(body);
  const { text, bold, code, links } = build(pieces, raw.length - body.length + length);
  if (text === '') return null;
  const width = indent ?? widthOf(raw.slice(0, raw.length - body.length));
  return { text, indent: width, sign: sign === '' && isItem ? '-' : sign, bold, code, links, line };
}

function widthOf(blanks: string): number {
  let width = 0;
  for (const blank of blanks) width += WIDTHS[blank] ?? 1;
  return Math.min(width, DEEPEST * 4);
}

/** Up to three signs in a row count as one: people write "- + item". */
function signOf(body: string): { sign: string; length: number } {
  let sign = '';
  let length = 0;
  for (let count = 0; count < 3; count++) {
    const found = SIGN.exec(body.slice(length, length + 12))?.[0];
    if (found === undefined) break;
    sign = classOf(found.trim());
    length += found.length;
  }
  return { sign, length };
}

function classOf(sign: string): string {
  if (/^\d/.test(sign)) return '1.';
  if (/^[a-zA-Z][.)]/.test(sign)) return 'a.';
  return '–—−'.includes(sign) ? '-' : sign;
}

/** The text after `skip` characters with its blanks squeezed, and where bold, code and links ended up in it. */
function build(pieces: readonly Piece[], skip: number): Pick<CellLine, 'text' | 'bold' | 'code' | 'links'> {
  let text = '';
  let left = skip;
  let bold = 0;
  const spans: { readonly start: number; readonly end: number; readonly piece: Piece }[] = [];
  for (const piece of pieces) {
    const rest = piece.text.slice(left).replace(/\s+/g, ' ');
    left = Math.max(0, left - piece.text.length);
    const start = text.length;
    text += text === '' || text.endsWith(' ') ? rest.trimStart() : rest;
    if (text.length > start) spans.push({ start, end: text.length, piece });
    if (piece.strong && bold === start) bold = text.length;
  }
  return {
    text: text.trimEnd(),
    bold,
    code: spans.flatMap(({ start, end, piece }) => (piece.code ? [[start, end] as const] : [])),
    links: spans.flatMap(({ start, end, piece }) =>
      piece.url === null ? [] : [{ text: text.slice(start, end).trim(), url: piece.url }],
    ),
  };
}

// The lines of a cell → an outline: which line stands under which, by indentation, bullet sign and heading.

import type { CellLine } from './cell-lines';

/** A line with what stands under it. */
export interface Item {
  readonly line: CellLine;
  readonly children: readonly Item[];
}

interface Open {
  readonly children: Item[];
  readonly indent: number;
  readonly sign: string;
  /** It announces lines under it, by a colon or by being bold. */
  readonly announces: boolean;
}

/** Indentations less than this apart are the same: people are not exact with blanks. */
const STEP = 2;

/** The outline of lines in reading order. */
export function outlineOf(lines: Iterable<CellLine>): Item[] {
  const roots: Item[] = [];
  const stack: Open[] = [];
  for (const line of lines) {
    const indent = indentOf(line);
    unwind(stack, indent, line.sign);
    const item = { line, children: [] as Item[] };
    (stack.at(-1)?.children ?? roots).push(item);
    stack.push({ children: item.children, indent, sign: line.sign, announces: announces(line) });
  }
  return roots;
}

/** Headings ("#1" to "#6") stand left of everything, the larger ones further left. */
const indentOf = (line: CellLine): number =>
  line.sign.startsWith('#') ? STEP * (Number(line.sign.slice(1)) - 10) : line.indent;

/** Closes what cannot have a line of this indentation and sign under it. */
function unwind(stack: Open[], indent: number, sign: string): void {
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    if (indent >= top.indent + STEP) return;
    const level = indent > top.indent - STEP;
    if (level && mayStandUnder(top, sign) && !hasSibling(stack, indent, sign)) return;
    stack.pop();
    if (level && sign === top.sign) return;
  }
}

/**
 * Where people do not indent, another sign means another level. Where they do, it is a slip of the hand, unless the
 * line above announces something.
 */
const mayStandUnder = (top: Open, sign: string): boolean =>
  sign !== '' && sign !== top.sign && (top.indent < STEP || (top.announces && top.children.length === 0));

/** True if a line announces what stands under it, by a colon or by being bold. */
export const announces = ({ text, bold }: CellLine): boolean => text.endsWith(':') || bold >= text.length - 1;

/** True if a line of the same level and sign is still open: then the new line goes beside that one. */
function hasSibling(stack: readonly Open[], indent: number, sign: string): boolean {
  return stack.some((open) => open.sign === sign && Math.abs(open.indent - indent) < STEP);
}

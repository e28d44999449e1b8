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
    stack.push({ children: item.children, indent, sign: line.sign });
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
    if (level && sign !== '' && sign !== top.sign && !hasSibling(stack, indent, sign)) return;
    stack.pop();
    if (level && sign === top.sign) return;
  }
}

/** True if a line of the same level and sign is still open: then the new line goes beside that one. */
function hasSibling(stack: readonly Open[], indent: number, sign: string): boolean {
  return stack.some((open) => open.sign === sign && Math.abs(open.indent - indent) < STEP);
}

/** Every line under an item that has nothing under it. */
export function leavesOf(item: Item): Item[] {
  return item.children.length === 0 ? [item] : item.children.flatMap(leavesOf);
}

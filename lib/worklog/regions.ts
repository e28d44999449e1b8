// Lines → regions: tables as assembled rows, HTML tables, and everything else.

import { assembleTable, beginsTable, type Row } from './table-lines';

export type Region =
  | { readonly kind: 'table'; readonly rows: readonly Row[] }
  | { readonly kind: 'html'; readonly text: string; readonly line: number }
  | { readonly kind: 'prose'; readonly lines: readonly string[]; readonly line: number };

interface Found {
  readonly region: Region;
  /** Index of the first line after it. */
  readonly end: number;
}

/** Divides the lines from `start` on. Fenced code and HTML comments are never tables. */
export function regionsOf(lines: readonly string[], start: number): Region[] {
  const regions: Region[] = [];
  const lastComment = lines.findLastIndex((line) => line.includes('-->'));
  let prose = start;
  let at = start;
  const flush = (end: number): void => {
    if (end > prose) regions.push({ kind: 'prose', lines: lines.slice(prose, end), line: prose + 1 });
  };

  while (at < lines.length) {
    const opaque = endOfFence(lines, at) ?? endOfComment(lines, at, lastComment);
    const found = opaque === null ? tableAt(lines, at) : null;
    if (found !== null) {
      flush(at);
      regions.push(found.region);
      prose = found.end;
    }
    at = opaque ?? found?.end ?? at + 1;
  }
  flush(lines.length);
  return regions;
}

/** The line after a fenced block that begins here, or null. An unclosed fence is none. */
function endOfFence(lines: readonly string[], at: number): number | null {
  const line = (lines[at] ?? '').trimStart();
  const fence = ['```', '~~~'].find((sign) => line.startsWith(sign));
  return fence === undefined ? null : after(lines, at + 1, (other) => other.trimStart().startsWith(fence));
}

/** The line after a comment that begins here, or null. `last` is the last line that ends any. */
function endOfComment(lines: readonly string[], at: number, last: number): number | null {
  if (at > last || !(lines[at] ?? '').trimStart().startsWith('<!--')) return null;
  return after(lines, at, (line) => line.includes('-->'));
}

function after(lines: readonly string[], from: number, ends: (line: string) => boolean): number | null {
  for (let index = from; index < lines.length; index++) if (ends(lines[index] ?? '')) return index + 1;
  return null;
}

function tableAt(lines: readonly string[], at: number): Found | null {
  if (!beginsTable(lines, at)) return htmlTableAt(lines, at);
  const { rows, end } = assembleTable(lines, at);
  return { region: { kind: 'table', rows }, end };
}

function htmlTableAt(lines: readonly string[], at: number): Found | null {
  if (!(lines[at] ?? '').trimStart().toLowerCase().startsWith('<table')) return null;
  const end = after(lines, at, (line) => line.toLowerCase().includes('</table')) ?? lines.length;
  return { region: { kind: 'html', text: lines.slice(at, end).join('\n'), line: at + 1 }, end };
}

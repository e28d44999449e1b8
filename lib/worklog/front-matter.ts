// The lines of a worklog → its front matter (YAML or TOML) and where the body begins. Nothing in it is ever run.

import matter from 'gray-matter';
import { parse as parseToml } from 'smol-toml';

import { messageOf } from '../core/errors';
import type { Diagnostic } from '../core/manifest';
import { carried } from './redact';
import { LIMITS, squeeze } from './text';

/** What the front matter says, as far as a manifest wants it. */
export interface FrontMatter {
  readonly title: string | null;
  /** `week:` of the front matter, if it is a number. */
  readonly week: number | null;
  /** `date:` as written or as an ISO date. */
  readonly date: string | null;
  /** 1-based line of `date:`, 1 where it is unknown. */
  readonly dateLine: number;
  /** Index of the first line after it. */
  readonly bodyStart: number;
  readonly diagnostics: readonly Diagnostic[];
}

interface Fence {
  readonly kind: 'yaml' | 'toml' | 'other';
  readonly open: number;
  /** Index of the first line after the block's content. */
  readonly end: number;
  readonly closed: boolean;
}

/** More than this is no front matter but a document between two rules. */
const LONGEST = 300;

const REFUSED = {
  parse: (): object => {
    throw new Error('code in front matter is not run');
  },
};
const NO_CODE = { js: REFUSED, javascript: REFUSED, coffee: REFUSED, coffeescript: REFUSED, cson: REFUSED };

/** Reads the front matter, whatever state it is in. */
export function readFrontMatter(lines: readonly string[]): FrontMatter {
  const fence = findFence(lines);
  if (fence === null) return describe({}, 0, 1, []);

  const block = lines.slice(fence.open + 1, fence.end);
  const { data, diagnostics } = readBlock(fence, block);
  if (!fence.closed) diagnostics.push(unterminated(fence.open + 1));
  const dateAt = block.findIndex((line) => line.trimStart().toLowerCase().startsWith('date'));
  const dateLine = dateAt < 0 ? fence.open + 1 : fence.open + 2 + dateAt;
  return describe(data, fence.end + (fence.closed ? 1 : 0), dateLine, diagnostics);
}

function findFence(lines: readonly string[]): Fence | null {
  const open = lines.findIndex((line) => line.trim() !== '');
  const first = lines[open]?.trimEnd() ?? '';
  const sign = ['-', '+'].find((one) => first.startsWith(one.repeat(3)));
  if (sign === undefined) return null;

  const kind = kindOf(
    sign,
    first
      .replace(/^[-+]+/, '')
      .trim()
      .toLowerCase(),
  );
  const end = findRule(lines, open + 1, sign);
  if (end !== null) return { kind, open, end, closed: true };
  const keys = endOfKeys(lines, open + 1);
  return keys === open + 1 ? null : { kind, open, end: keys, closed: false };
}

/** "---" is YAML and "+++" is TOML, unless a word after it says otherwise. */
function kindOf(sign: string, label: string): Fence['kind'] {
  if (label === 'yaml' || label === 'toml') return label;
  if (label !== '') return 'other';
  return sign === '+' ? 'toml' : 'yaml';
}

/** The line that closes the block, unless the document begins before it. */
function findRule(lines: readonly string[], from: number, sign: string): number | null {
  for (let at = from; at < Math.min(lines.length, from + LONGEST); at++) {
    const line = lines[at]?.trimEnd() ?? '';
    if (isRule(line, sign)) return at;
    if (line.startsWith('|') || line.startsWith('##') || line.startsWith('{{')) return null;
  }
  return null;
}

/** A closing rule may be longer than three signs. */
const isRule = (line: string, sign: string): boolean =>
  line.length >= 3 && [...line].every((character) => character === sign);

/** Without a closing rule the block ends where lines stop looking like "key: value". */
function endOfKeys(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && /^[\w-]{1,40}\s*[:=]/.test(lines[at] ?? '')) at++;
  return at;
}

function readBlock(
  fence: Fence,
  block: readonly string[],
): { data: Record<string, unknown>; diagnostics: Diagnostic[] } {
  const text = block.join('\n');
  try {
    if (fence.kind === 'other') throw new Error('only YAML and TOML are read');
    const data: unknown =
      fence.kind === 'toml'
        ? parseToml(text)
        : matter(`---\n${text}\n---\n`, { language: 'yaml', engines: NO_CODE }).data;
    return { data: isRecord(data) ? data : {}, diagnostics: [] };
  } catch (error) {
    return { data: plainKeys(block), diagnostics: [malformed(fence, error)] };
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What can still be read of a block that does not parse: its "key: value" lines. */
function plainKeys(block: readonly string[]): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  for (const line of block) {
    const sign = line.search(/[:=]/);
    const key = line.slice(0, Math.max(0, sign)).trim().toLowerCase();
    if (key === 'title' || key === 'date' || key === 'week') {
      data[key] = line
        .slice(sign + 1)
        .trim()
        .replace(/^["']|["']$/g, '');
    }
  }
  return data;
}

function describe(
  data: Record<string, unknown>,
  bodyStart: number,
  dateLine: number,
  diagnostics: readonly Diagnostic[],
): FrontMatter {
  const week = typeof data.week === 'string' ? Number(data.week) : data.week;
  return {
    title: asText(data.title),
    week: typeof week === 'number' && Number.isInteger(week) && week > 0 && week < 100 ? week : null,
    date: data.date instanceof Date ? isoDate(data.date) : asText(data.date),
    dateLine,
    bodyStart,
    diagnostics,
  };
}

const isoDate = (date: Date): string | null => (Number.isNaN(date.getTime()) ? null : date.toISOString().slice(0, 10));

function asText(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  return carried(squeeze(String(value)), LIMITS.title) || null;
}

function malformed(fence: Fence, error: unknown): Diagnostic {
  const mark = isRecord(error) && isRecord(error.mark) ? error.mark : {};
  const inBlock = typeof mark.line === 'number' ? mark.line : 1;
  const line = Math.min(fence.open + 1 + inBlock, fence.end + 1);
  return {
    severity: 'warning',
    code: 'worklog/front-matter-malformed',
    line: Math.max(1, line),
    column: typeof mark.column === 'number' ? mark.column + 1 : 1,
    message: `the front matter does not parse: ${carried(squeeze(messageOf(error)), LIMITS.title)}`,
    fix: 'write it as YAML between two lines "---", or as TOML between two lines "+++"',
  };
}

const unterminated = (line: number): Diagnostic => ({
  severity: 'warning',
  code: 'worklog/front-matter-unterminated',
  line,
  column: 1,
  message: 'the front matter is opened but never closed',
  fix: 'close it with the line that opened it ("---" or "+++")',
});

// Lines → linked lines: each carries a hash over itself and all before it, so that whoever holds a later one notices an edit.

import { createHash } from 'node:crypto';

const START = '0'.repeat(64);
const LINKED = /^(\{.*),"chain":"([0-9a-f]{64})"\}$/;

const hash = (before: string, content: string): string =>
  createHash('sha256').update(`${before}\n${content}`).digest('hex');

/** The JSON object with one more member, "chain"; `before` is the chain of the line before, undefined for the first. */
export function linked(json: string, before: string = START): string {
  return `${json.slice(0, -1)},"chain":"${hash(before, json)}"}`;
}

/** The chain that a line carries. */
export const chainOf = (line: string): string | undefined => LINKED.exec(line)?.[2];

/** What a look at a whole chain found. */
export interface Chain {
  /** The hash of every line that follows from all lines before it, in order. */
  readonly hashes: readonly string[];
  /** The first line, counted from 1, that does not. */
  readonly brokenAt?: number;
}

/** Follows the chain from the first line. Half a line, which a killed process leaves, is passed over: nothing hangs on it. */
export function followChain(lines: readonly string[]): Chain {
  const hashes: string[] = [];
  for (const [index, line] of lines.entries()) {
    const [, content, chain] = LINKED.exec(line) ?? [];
    if (content === undefined && !isJson(line)) continue;
    if (content === undefined || chain !== hash(hashes.at(-1) ?? START, `${content}}`)) {
      return { hashes, brokenAt: index + 1 };
    }
    hashes.push(chain);
  }
  return { hashes };
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

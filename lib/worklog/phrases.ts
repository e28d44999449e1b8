// Text → words, and a dictionary of phrases that finds the longest known phrase at a word.

/** One word of a text. */
export interface Word {
  /** Lower case. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** How many brackets are open around it. */
  readonly brackets: number;
  /** What stands between the word before and this one. */
  readonly gap: string;
}

/** The words (runs of letters and digits) of a text. Linear in its length. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let brackets = 0;
  let last = 0;
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    const gap = text.slice(last, match.index);
    for (const sign of gap) {
      if (sign === '(' || sign === '[') brackets++;
      else if (sign === ')' || sign === ']') brackets = Math.max(0, brackets - 1);
    }
    last = match.index + match[0].length;
    words.push({ text: match[0].toLowerCase(), start: match.index, end: last, brackets, gap });
  }
  return words;
}

interface Node<T> {
  readonly next: Map<string, Node<T>>;
  value?: T;
}

/** A phrase found in a text. */
export interface Hit<T> {
  readonly value: T;
  /** Number of words. */
  readonly length: number;
}

/** Phrases of one or more words, each with a value. */
export class Phrases<T> {
  private readonly root: Node<T> = { next: new Map() };

  /** Later entries win over earlier ones. */
  constructor(entries: Iterable<readonly [phrase: string, value: T]>) {
    for (const [phrase, value] of entries) {
      let node = this.root;
      for (const { text } of wordsOf(phrase)) {
        const next = node.next.get(text) ?? { next: new Map() };
        node.next.set(text, next);
        node = next;
      }
      node.value = value;
    }
  }

  /** The longest phrase that begins at `words[at]`; the last word of a phrase may carry a plural s. */
  at(words: readonly Word[], at: number): Hit<T> | undefined {
    let node = this.root;
    let best: Hit<T> | undefined;
    for (let index = at; index < words.length; index++) {
      const text = words[index]?.text ?? '';
      const singular = text.endsWith('s') ? node.next.get(text.slice(0, -1)) : undefined;
      const next = node.next.get(text);
      const length = index - at + 1;
      if (singular?.value !== undefined) best = { value: singular.value, length };
      if (next?.value !== undefined) best = { value: next.value, length };
      const following = next ?? singular;
      if (following === undefined) break;
      node = following;
    }
    return best;
  }
}

// Bullets → exercises: the phrase whose words a bullet has most of decides. Pure.

import type { Exercise } from '../kit';

/** The exercise that a bullet asks for, or undefined. On equal strength the first declared wins. */
export function exerciseFor(text: string, exercises: readonly Exercise[]): Exercise | undefined {
  const words = wordsOf(text);
  let best: { exercise: Exercise; strength: number } | undefined;
  for (const exercise of exercises) {
    const strength = Math.max(0, ...exercise.asks.map((phrase) => strengthOf(phrase, words)));
    if (strength > (best?.strength ?? 0)) best = { exercise, strength };
  }
  return best?.exercise;
}

function strengthOf(phrase: string, words: ReadonlySet<string>): number {
  const wanted = [...wordsOf(phrase)];
  return wanted.every((word) => words.has(word)) ? wanted.length : 0;
}

// NFC first: Vietnamese letters arrive composed or not, depending on the keyboard.
const wordsOf = (text: string): ReadonlySet<string> =>
  new Set(
    (
      text
        .normalize('NFC')
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu) ?? []
    ).map(singular),
  );

function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.length > 3 && word.endsWith('s') && !/(?:ss|us|is)$/.test(word) ? word.slice(0, -1) : word;
}

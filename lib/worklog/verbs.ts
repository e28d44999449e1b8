// Words → what the verb or the word of practice that begins there says: done, worked with, read, or practised.

import { type Hit, Phrases, type Word } from './phrases';
import { listed } from './services';
import {
  APP_CODE,
  DOING_ENGLISH,
  DOING_VIETNAMESE,
  FILLERS,
  NO_PRACTICE,
  PRACTICE,
  READING_ENGLISH,
  READING_VIETNAMESE,
  SCOPING,
  WEAK_ENGLISH,
  WEAK_VIETNAMESE,
} from './words';

/** "topic" is a form that is a heading rather than an act ("Monitoring with CloudWatch"). */
export type VerbKind = 'practice' | 'doing' | 'weak' | 'reading' | 'topic';

const IRREGULAR: Readonly<Record<string, readonly string[]>> = {
  build: ['built', 'builds', 'building'],
  rebuild: ['rebuilt', 'rebuilds', 'rebuilding'],
  run: ['ran', 'runs', 'running'],
  set: ['sets', 'setting'],
  write: ['wrote', 'written', 'writes', 'writing'],
  put: ['puts', 'putting'],
  send: ['sent', 'sends', 'sending'],
  choose: ['chose', 'chosen', 'chooses', 'choosing'],
  understand: ['understood', 'understands', 'understanding'],
  meet: ['met', 'meets', 'meeting'],
  read: ['reads', 'reading'],
  know: ['knew', 'known', 'knows', 'knowing'],
  get: ['got', 'gets', 'getting'],
  take: ['took', 'taken', 'takes', 'taking'],
  find: ['found', 'finds', 'finding'],
  draw: ['drew', 'drawn', 'draws', 'drawing'],
  do: ['did', 'done', 'doing'],
  learn: ['learnt', 'learned', 'learns', 'learning'],
  break: ['broke'],
  bind: ['bound', 'binds', 'binding'],
};

/** An -ing form of one of these at the beginning is a title more often than an act. */
const TITLES = new Set(
  'monitor manage scale build optimize optimise host automate secure protect store test join link tag clean write use access'.split(
    ' ',
  ),
);

/** The forms of an English verb that can begin a clause, apart from the -ing form. */
function formsOf(verb: string): { plain: string[]; ing: string[] } {
  const irregular = IRREGULAR[verb];
  if (irregular !== undefined) {
    return {
      plain: [verb, ...irregular.filter((form) => !form.endsWith('ing'))],
      ing: irregular.filter((form) => form.endsWith('ing')),
    };
  }
  if (verb.endsWith('e')) return { plain: [verb, `${verb}s`, `${verb}d`], ing: [`${verb.slice(0, -1)}ing`] };
  if (/[^aeiou]y$/.test(verb)) {
    const stem = verb.slice(0, -1);
    return { plain: [verb, `${stem}ies`, `${stem}ied`], ing: [`${verb}ing`] };
  }
  const doubled =
    /(?:^|[^aeiou])[aeiou][bdgmnpt]$/.test(verb) && !/(?:er|en|it|or|on|at|op|et)$/.test(verb)
      ? verb + verb.slice(-1)
      : verb;
  const s = /(?:s|x|ch|sh)$/.test(verb) ? 'es' : 's';
  return { plain: [verb, verb + s, `${doubled}ed`, `${verb}ed`], ing: [`${doubled}ing`, `${verb}ing`] };
}

function* english(list: string, kind: VerbKind): Generator<readonly [string, VerbKind]> {
  for (const phrase of listed(list)) {
    const [verb = '', ...rest] = phrase.split(' ');
    const { plain, ing } = formsOf(verb);
    const tail = rest.length > 0 ? ` ${rest.join(' ')}` : '';
    for (const form of plain) yield [form + tail, kind];
    const ingKind = kind === 'doing' && TITLES.has(verb) ? 'topic' : kind;
    for (const form of ing) yield [form + tail, ingKind];
  }
}

function* all(): Generator<readonly [string, VerbKind]> {
  yield* english(WEAK_ENGLISH, 'weak');
  yield* english(DOING_ENGLISH, 'doing');
  yield* english(READING_ENGLISH, 'reading');
  for (const verb of listed(WEAK_VIETNAMESE)) yield [verb, 'weak'];
  for (const verb of listed(DOING_VIETNAMESE)) yield [verb, 'doing'];
  for (const verb of listed(READING_VIETNAMESE)) yield [verb, 'reading'];
  yield* english(PRACTICE, 'practice');
  for (const word of listed(NO_PRACTICE)) yield [word, 'reading'];
}

/** A dictionary that is made on first use. */
function lazily<T>(entries: () => Iterable<readonly [string, T]>): () => Phrases<T> {
  let phrases: Phrases<T> | undefined;
  return () => {
    phrases ??= new Phrases(entries());
    return phrases;
  };
}

const verbs = lazily(all);
const flags = (list: string): (() => Phrases<true>) =>
  lazily(() => listed(list).map((phrase) => [phrase, true] as const));
const fillers = flags(FILLERS);
const scoping = flags(SCOPING);
const appCode = flags(APP_CODE);

/** The verb or word of practice that begins at a word. */
export const verbAt = (words: readonly Word[], at: number): Hit<VerbKind> | undefined => verbs().at(words, at);

/** The index of the first word from `at` on that is no filler ("successfully", "đã", "then"). */
export function afterFillers(words: readonly Word[], at: number): number {
  for (let index = at; ; ) {
    const hit = fillers().at(words, index);
    // "Start" and "begin" are fillers before a verb and verbs before anything else.
    if (hit === undefined || index + hit.length >= words.length) return index;
    index += hit.length;
  }
}

/** True for a word that makes what follows part of what is learnt ("how", "about", "cách"). */
export const scopes = (words: readonly Word[], at: number): boolean => scoping().at(words, at) !== undefined;

/** True if a thing of an application's own code is named among the words. */
export function namesAppCode(words: readonly Word[], from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (appCode().at(words, at) !== undefined) return true;
  return false;
}

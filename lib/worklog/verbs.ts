// Words → what the verb or the word of practice that begins there says: done, worked with, read, or practised.

import { type Hit, Phrases, type Word } from './phrases';
import { listed } from './services';
import {
  APP_CODE,
  APP_THINGS,
  COMMON_NOUNS,
  DESIGNING,
  DOING_ENGLISH,
  DOING_VIETNAMESE,
  EXERCISE,
  FILLERS,
  LEARNING,
  NO_PRACTICE,
  OFTEN_NOUNS,
  ON_AWS,
  PRACTICE,
  READING_ENGLISH,
  READING_VIETNAMESE,
  SCOPING,
  WEAK_ENGLISH,
  WEAK_VIETNAMESE,
} from './words';

/**
 * "gerund" is a doing verb in its -ing form: an act, unless it stands among things to learn. "topic" is a form that is
 * a title rather than an act ("Monitoring with CloudWatch"). "exercise" is a noun of practice ("lab", "workshop").
 */
export type VerbKind = 'practice' | 'exercise' | 'doing' | 'gerund' | 'weak' | 'reading' | 'topic';

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
    const ingKind = kind !== 'doing' ? kind : TITLES.has(verb) ? 'topic' : 'gerund';
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
  for (const noun of listed(EXERCISE)) {
    yield [noun, 'exercise'];
    yield [`${noun}s`, 'exercise'];
  }
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
const appThings = flags(APP_THINGS);
const oftenNouns = flags(OFTEN_NOUNS);

/** Verbs of learning proper: where one begins a line, a list of things done has ended. */
const learning = flags(LEARNING);

/** True if a verb of learning begins at a word. */
export const learns = (words: readonly Word[], at: number): boolean => learning().at(words, at) !== undefined;

const designing = flags(DESIGNING);

/** True if a verb or a word of planning begins at a word. */
export const designs = (words: readonly Word[], at: number): boolean => designing().at(words, at) !== undefined;

const common = lazily(() =>
  Object.entries(COMMON_NOUNS).flatMap(([nouns, services]) => listed(nouns).map((noun) => [noun, services] as const)),
);

/** Services that a common noun at a word may mean ("queue"). */
export const commonNounAt = (words: readonly Word[], at: number): readonly string[] =>
  common().at(words, at)?.value ?? [];

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

const onAws = flags(ON_AWS);

/** True if a phrase at a word says that it was done on AWS. */
export const isOnAws = (words: readonly Word[], at: number): boolean => onAws().at(words, at) !== undefined;

/** True for a verb that is more often a noun ("test", "block", "store"). */
export const isOftenNoun = (words: readonly Word[], at: number): boolean => oftenNouns().at(words, at) !== undefined;

/** How much words speak of an application: of its own code, of things that may be its own, or not at all. */
export function appWords(words: readonly Word[], from: number, to: number): 'code' | 'things' | null {
  let found: 'things' | null = null;
  for (let at = from; at < to; at++) {
    if (appCode().at(words, at) !== undefined) return 'code';
    if (appThings().at(words, at) !== undefined) found = 'things';
  }
  return found;
}

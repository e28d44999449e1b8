// A line → its clauses, each with the verb that governs it: "Study X; configure Y and test Z" is read, done, done.

import type { Word } from './phrases';
import { serviceAt } from './services';
import { afterFillers, isOftenNoun, scopes, type VerbKind, verbAt } from './verbs';

/** A part of a line under one verb. */
export interface Clause {
  /** "plain" has no verb: a topic. */
  readonly kind: VerbKind | 'plain';
  /** Indices of its first word and of the word after its last. */
  readonly from: number;
  readonly to: number;
  /** Index of the word after its verb. */
  readonly object: number;
}

interface Draft {
  kind: Clause['kind'];
  from: number;
  object: number;
  /** Verbs that follow "and" or a comma belong to what is learnt. */
  scoped: boolean;
}

const CONNECTORS = new Set([
  'and',
  'then',
  'or',
  'và',
  'rồi',
  'hoặc',
  'đồng',
  'sau',
  'plus',
  'cùng',
  'với',
  'also',
  'kết',
]);
const COMPARISON = new Set(['vs', 'versus']);
const ABBREVIATIONS = new Set(['vs', 'e', 'g', 'i', 'eg', 'ie', 'etc', 'no', 'v']);
const DOES = new Set<Clause['kind'] | undefined>(['doing', 'gerund', 'practice', 'weak']);

/** Divides the words of a line. `titled` is true where the line begins with a bold title. */
export function clausesOf(words: readonly Word[], text: string, titled: boolean): Clause[] {
  const drafts: Draft[] = [];
  for (let at = 0; at < words.length; at++) {
    const boundary = boundaryAt(words, at);
    if (boundary === null) continue;
    const draft = begin({ words, text, titled, at, boundary, before: drafts.at(-1) });
    if (draft !== null) drafts.push(draft);
  }
  return drafts.map(({ kind, from, object }, index) => ({
    kind,
    from,
    object,
    to: drafts[index + 1]?.from ?? words.length,
  }));
}

/**
 * "sentence": a new sentence; "part": a new part of it, after a semicolon or a dash; "colon": what follows explains;
 * "weak": a list goes on, or a new verb begins.
 */
type Boundary = 'sentence' | 'part' | 'colon' | 'weak';

function boundaryAt(words: readonly Word[], at: number): Boundary | null {
  const word = words[at];
  if (word === undefined) return null;
  const abbreviated = ABBREVIATIONS.has(words[at - 1]?.text ?? '');
  if (at === 0 || (/[.!?](?:\s|$)/.test(word.gap) && !abbreviated)) return 'sentence';
  if (/[;•]|\s[-–—]\s/.test(word.gap)) return 'part';
  if (/:(?:\s|$)/.test(word.gap)) return 'colon';
  if (/[,&+/(→>]/.test(word.gap) || CONNECTORS.has(words[at - 1]?.text ?? '')) return 'weak';
  return null;
}

interface Place {
  readonly words: readonly Word[];
  readonly text: string;
  readonly titled: boolean;
  readonly at: number;
  readonly boundary: Boundary;
  readonly before: Draft | undefined;
}

/** The clause that begins at a boundary, or null if the one before goes on. */
function begin(place: Place): Draft | null {
  const { words, at, boundary, before } = place;
  const skipped = afterFillers(words, at);
  // "Started" is a filler before a verb, and the verb itself before anything else.
  const start = verbAt(words, skipped) === undefined && verbAt(words, at) !== undefined ? at : skipped;
  const verb = startsWithName(words, start) ? undefined : verbAt(words, start);
  if (verb === undefined || !begins(place, start, start + verb.length, verb.value)) {
    const topic = boundary === 'sentence' || (boundary === 'part' && before?.scoped !== true);
    return topic ? { kind: 'plain', from: at, object: at, scoped: false } : null;
  }
  const object = start + verb.length;
  return { kind: verb.value, from: at, object, scoped: verb.value === 'reading' && scopes(words, object) };
}

/** Whether a verb really begins a clause there. */
function begins(place: Place, start: number, next: number, kind: VerbKind): boolean {
  const { words, boundary, before } = place;
  if (COMPARISON.has(words[next]?.text ?? '') || sharesObject(place, kind)) return false;
  if (boundary === 'sentence') return true;
  if (before?.scoped === true) return leavesScope(place, start, kind);
  if (kind === 'reading' || kind === 'topic') return true;
  if (isOftenNoun(words, start) && !DOES.has(before?.kind)) return false;
  if (boundary === 'weak') return goesOnDoing(place, start, next, kind);
  return boundary === 'colon' || place.titled || before?.kind !== 'plain';
}

/** "Learn how to set up DNS, Generate a key pair": a capital in the middle of a list begins a step that was done. */
const leavesScope = ({ words, text, boundary }: Place, start: number, kind: VerbKind): boolean =>
  kind === 'practice' || (kind === 'doing' && boundary === 'weak' && isCapital(text, words[start]));

/** "Create or review a rule": what stands between has no object of its own, so the one who reviews it made it. */
function sharesObject({ at, before }: Place, kind: VerbKind): boolean {
  return kind === 'reading' && before !== undefined && DOES.has(before.kind) && before.object >= at - 1;
}

/** After a comma or an "and": nouns, -ing forms and participles go on with what was learnt. */
function goesOnDoing({ words, before, titled }: Place, start: number, next: number, kind: VerbKind): boolean {
  if (DOES.has(before?.kind)) return kind !== 'exercise';
  if (kind === 'exercise' || kind === 'gerund') return false;
  if (kind === 'practice') return next < words.length && !/[.,;]/.test(words[next]?.gap ?? '');
  if (before?.kind === 'plain' && !titled) return false;
  return !isPast(words[start]) || isPast(words[afterFillers(words, 0)]);
}

const isPast = (word: Word | undefined): boolean => word?.text.endsWith('ed') === true;

const isCapital = (text: string, word: Word | undefined): boolean =>
  word !== undefined && /^\p{Lu}/u.test(text.slice(word.start, word.end));

/** "Managed Microsoft AD" begins with the name of a service, not with a verb. */
function startsWithName(words: readonly Word[], at: number): boolean {
  const service = serviceAt(words, at);
  return service !== undefined && service.length > (verbAt(words, at)?.length ?? 0);
}

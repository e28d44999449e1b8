// A line → its clauses, each with the verb that governs it: "Study X; configure Y and test Z" is read, done, done.

import type { Word } from './phrases';
import { serviceAt } from './services';
import { afterFillers, scopes, type VerbKind, verbAt } from './verbs';

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

/** Divides the words of a line. */
export function clausesOf(words: readonly Word[]): Clause[] {
  const drafts: Draft[] = [];
  for (let at = 0; at < words.length; at++) {
    const boundary = boundaryAt(words, at);
    if (boundary === null) continue;
    const draft = begin(words, at, boundary, drafts.at(-1));
    if (draft !== null) drafts.push(draft);
  }
  return drafts.map(({ kind, from, object }, index) => ({
    kind,
    from,
    object,
    to: drafts[index + 1]?.from ?? words.length,
  }));
}

/** "strong": a new sentence or part; "colon": what follows explains; "weak": a list goes on, or a new verb begins. */
type Boundary = 'strong' | 'colon' | 'weak';

function boundaryAt(words: readonly Word[], at: number): Boundary | null {
  const word = words[at];
  if (word === undefined) return null;
  if (at === 0) return 'strong';
  if (/[.;!?→>](?:\s|$)|\s[-–—]\s|[→•]/.test(word.gap)) return 'strong';
  if (/:(?:\s|$)/.test(word.gap)) return 'colon';
  if (/[,&+/(]/.test(word.gap) || CONNECTORS.has(words[at - 1]?.text ?? '')) return 'weak';
  return null;
}

/** The clause that begins at a boundary, or null if the one before goes on. */
function begin(words: readonly Word[], at: number, boundary: Boundary, before: Draft | undefined): Draft | null {
  const start = afterFillers(words, at);
  const verb = startsWithName(words, start) ? undefined : verbAt(words, start);
  if (verb === undefined) {
    return boundary === 'strong' ? { kind: 'plain', from: at, object: at, scoped: false } : null;
  }
  if (boundary === 'weak' && before?.scoped === true && verb.value !== 'practice') return null;
  const object = start + verb.length;
  return { kind: verb.value, from: at, object, scoped: verb.value === 'reading' && scopes(words, object) };
}

/** "Managed Microsoft AD" begins with the name of a service, not with a verb. */
function startsWithName(words: readonly Word[], at: number): boolean {
  const service = serviceAt(words, at);
  return service !== undefined && service.length > (verbAt(words, at)?.length ?? 0);
}

// A line → how a careful reader takes it: an announcement of practice, something done, something read; and with which services.

import type { CellLine } from './cell-lines';
import { type Clause, clausesOf } from './clauses';
import { type Word, wordsOf } from './phrases';
import { isWorkedWith } from './roles';
import { type Mention, mentionsOf, namesTool } from './services';
import { LIMITS, squeeze } from './text';
import { afterFillers, appWords, commonNounAt, designs, isOnAws, learns, verbAt } from './verbs';

/**
 * "marker": only announces practice. "label": announces it and says what. "inline": speaks of practice in a sentence.
 * "doing": a verb of doing. "reading": a verb of learning. "plain": none of these.
 */
export type LineKind = 'marker' | 'label' | 'inline' | 'doing' | 'reading' | 'plain';

/** How a line is read. */
export interface Reading {
  readonly kind: LineKind;
  /** Services that its practised parts work with. */
  readonly worked: readonly string[];
  /** All that it works with stands in brackets. */
  readonly bracketed: boolean;
  /** Services whose common nouns ("queue", "function") its practised parts use. */
  readonly common: readonly string[];
  /** Every service that it names. */
  readonly named: readonly string[];
  /** It works with a tool beside AWS (Docker, Terraform …). */
  readonly tool: boolean;
  /** It was done on AWS, whatever service it names. */
  readonly aws: boolean;
  /** It acts on an application's own code, or on a thing that may be an application's. */
  readonly app: 'code' | 'things' | null;
  /** Services that it is about, practised or not: what a heading hands down. */
  readonly about: readonly string[];
  /** It begins with a verb of planning. */
  readonly designs: boolean;
  /** It begins with what is learnt, whatever follows. */
  readonly study: boolean;
  /** It begins with a verb of learning proper. */
  readonly learns: boolean;
  /** It acts only by -ing forms, which among things to learn are topics. */
  readonly gerund: boolean;
}

const PRACTISED = new Set<Clause['kind']>(['practice', 'exercise', 'doing', 'gerund', 'weak']);

const ANNOUNCES = new Set<Clause['kind']>(['practice', 'exercise']);

/** Reads one line by itself. */
export function readLine(line: CellLine): Reading {
  const words = wordsOf(line.text.slice(0, LIMITS.line));
  const mentions = mentionsOf(words, line.text, line.code);
  const clauses = clausesOf(words, line.text, line.bold > 0);
  const worked = new Map(clauses.map((clause) => [clause, workedIn(words, clause, mentions)]));
  const kind = kindOf(line, words, worked);
  const practised =
    kind === 'label' || kind === 'marker' ? clauses : clauses.filter((clause) => isPractised(words, clause));
  return {
    kind,
    worked: unique(practised.flatMap((clause) => worked.get(clause) ?? [])),
    bracketed: mentions.length > 0 && mentions.every((mention) => mention.bracketed),
    common: unique(practised.flatMap((clause) => commonNouns(words, clause))),
    aws: practised.some((clause) => someWord(clause, (at) => isOnAws(words, at))),
    app: appIn(words, practised),
    named: unique(mentions.flatMap((mention) => mention.services)),
    tool: practised.some((clause) => someWord(clause, (at) => namesTool(words, at))),
    study: clauses.find((clause) => clause.kind !== 'plain')?.kind === 'reading',
    about: unique([...worked.values()].flat()),
    designs: designs(words, afterFillers(words, 0)),
    learns: learns(words, afterFillers(words, 0)),
    gerund: !clauses.some((clause) => clause.kind === 'doing' || clause.kind === 'practice' || clause.kind === 'weak'),
  };
}

const isPractised = (words: readonly Word[], clause: Clause): boolean =>
  PRACTISED.has(clause.kind) || (clause.kind === 'plain' && hasPractice(words, clause));

const unique = (names: readonly string[]): string[] => [...new Set(names)];

function kindOf(line: CellLine, words: readonly Word[], worked: ReadonlyMap<Clause, readonly string[]>): LineKind {
  const announced = announcement(line, words);
  if (announced !== null) return announced;
  const clauses = [...worked.keys()];
  if (clauses.some((clause) => clause.kind !== 'reading' && hasPractice(words, clause))) return 'inline';
  const uses = (clause: Clause): boolean =>
    (worked.get(clause) ?? []).length > 0 || someWord(clause, (at) => namesTool(words, at));
  const does = clauses.some(
    (clause) => clause.kind === 'doing' || clause.kind === 'gerund' || (clause.kind === 'weak' && uses(clause)),
  );
  if (does) return 'doing';
  return clauses[0]?.kind === 'reading' ? 'reading' : 'plain';
}

/** True if a test holds for a word of a clause. */
function someWord({ from, to }: Clause, test: (at: number) => boolean): boolean {
  for (let at = from; at < to; at++) if (test(at)) return true;
  return false;
}

function hasPractice(words: readonly Word[], { from, to }: Clause): boolean {
  for (let at = from; at < to; at++) {
    const hit = verbAt(words, at);
    if (hit !== undefined && ANNOUNCES.has(hit.value)) return true;
    if (hit !== undefined) at += hit.length - 1;
  }
  return false;
}

/** The longest title that a marker or a label has, in words. */
const MARKER_WORDS = 6;
const LABEL_WORDS = 12;

/** "Practice:", "Lab 13: title", "Hands-on Lab (Lab 57)": a line that announces practice, and whether it says what. */
function announcement({ text, bold }: CellLine, words: readonly Word[]): 'marker' | 'label' | null {
  const first = verbAt(words, 0);
  if (first !== undefined && ANNOUNCES.has(first.value)) return announcedAtOnce(text, words);
  const isTitle = text.endsWith(':') || bold >= text.length - 1;
  return isTitle && endsWithPractice(words) ? 'label' : null;
}

function announcedAtOnce(text: string, words: readonly Word[]): 'marker' | 'label' | null {
  const colon = text.search(/:(?:\s|$)| [-–—] /);
  if (colon < 0) return isBare(text, words) ? 'marker' : null;
  const head = words.filter((word) => word.start < colon);
  if (head.length > LABEL_WORDS) return null;
  const endsThere = squeeze(text.slice(colon + 1)) === '';
  return endsThere && (isBare(text.slice(0, colon), head) || head.length <= MARKER_WORDS) ? 'marker' : 'label';
}

/** "Service Initialization Practice": a short title that ends with a word of practice. */
function endsWithPractice(words: readonly Word[]): boolean {
  if (words.length > MARKER_WORDS || verbAt(words, 0)?.value === 'reading') return false;
  return words.some((_, at) => {
    const hit = verbAt(words, at);
    return hit !== undefined && ANNOUNCES.has(hit.value) && at + hit.length === words.length;
  });
}

const LITTLE_WORD =
  /^(?:\d+|and|và|with|on|aws|task|tasks|session|part|phần|bài|steps?|this|week|today|content|nội|dung)$/;

/** Nothing but words of practice, numbers and little words. */
function isBare(head: string, words: readonly Word[]): boolean {
  if (!/^[\p{L}\s&/-]*[\d\s.,&]*$/u.test(head)) return false;
  for (let at = 0; at < words.length; ) {
    const hit = verbAt(words, at);
    if (hit !== undefined && ANNOUNCES.has(hit.value)) at += hit.length;
    else if (LITTLE_WORD.test(words[at]?.text ?? '')) at++;
    else return false;
  }
  return true;
}

/** Services that a clause works with: those it names, but for data, metrics, permissions and examples. */
function workedIn(words: readonly Word[], clause: Clause, mentions: readonly Mention[]): string[] {
  const inside = mentions.filter((mention) => mention.at >= clause.from && mention.at < clause.to);
  const services = inside.flatMap((mention) => mention.services);
  const worked = inside.filter((mention) => isWorkedWith(words, mention, clause, services));
  // In brackets stand options, unless the brackets themselves say what was done with them.
  const doneInside = clause.kind === 'doing' && (words[clause.from]?.brackets ?? 0) > 0;
  const hasOpen = mentions.some((mention) => !mention.bracketed);
  return worked
    .filter((mention) => doneInside || !(mention.bracketed && hasOpen))
    .flatMap((mention) => mention.services);
}

function commonNouns(words: readonly Word[], { object, to }: Clause): string[] {
  const services: string[] = [];
  for (let at = object; at < to; at++) if (words[at]?.brackets === 0) services.push(...commonNounAt(words, at));
  return services;
}

/** So many words from the verb stands what it acts on. */
const OBJECT_REACH = 6;

/** What the practised clauses act on, if it is an application's. */
function appIn(words: readonly Word[], practised: readonly Clause[]): Reading['app'] {
  const found = practised.map(({ object, to }) => appWords(words, object, Math.min(to, object + OBJECT_REACH)));
  return found.includes('code') ? 'code' : found.includes('things') ? 'things' : null;
}

// A line → how a careful reader takes it: an announcement of practice, something done, something read; and with which services.

import type { CellLine } from './cell-lines';
import { type Clause, clausesOf } from './clauses';
import { type Word, wordsOf } from './phrases';
import { type Mention, mentionsOf, namesTool } from './services';
import { squeeze } from './text';
import { namesAppCode, verbAt } from './verbs';

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
  /** Every service that it names. */
  readonly named: readonly string[];
  /** It works with a tool beside AWS (Docker, Terraform …). */
  readonly tool: boolean;
  /** It is about an application's own code. */
  readonly app: boolean;
  /** It does something, however it announces it. */
  readonly acts: boolean;
}

const PRACTISED = new Set<Clause['kind']>(['practice', 'doing', 'weak']);

/** Reads one line by itself. */
export function readLine(line: CellLine): Reading {
  const words = wordsOf(line.text);
  const mentions = mentionsOf(words, line.text, line.code);
  const clauses = clausesOf(words);
  const kind = kindOf(line, words, clauses, mentions);
  const practised =
    kind === 'label' || kind === 'marker' ? clauses : clauses.filter((clause) => PRACTISED.has(clause.kind));
  return {
    kind,
    worked: unique(practised.flatMap((clause) => workedIn(clause, mentions))),
    named: unique(mentions.flatMap((mention) => mention.services)),
    tool: words.some((_, at) => namesTool(words, at)),
    app: practised.some((clause) => namesAppCode(words, clause.object, Math.min(clause.to, clause.object + 6))),
    acts: clauses.some((clause) => clause.kind === 'doing' || clause.kind === 'practice'),
  };
}

const unique = (names: readonly string[]): string[] => [...new Set(names)];

function kindOf(
  line: CellLine,
  words: readonly Word[],
  clauses: readonly Clause[],
  mentions: readonly Mention[],
): LineKind {
  const announced = announcement(line, words);
  if (announced !== null) return announced;
  if (clauses.some((clause) => clause.kind === 'practice' || (clause.kind !== 'reading' && hasPractice(words, clause))))
    return 'inline';
  const does = clauses.some(
    (clause) => clause.kind === 'doing' || (clause.kind === 'weak' && namesIn(mentions, clause)),
  );
  if (does) return 'doing';
  return clauses[0]?.kind === 'reading' ? 'reading' : 'plain';
}

const namesIn = (mentions: readonly Mention[], { from, to }: Clause): boolean =>
  mentions.some((mention) => mention.at >= from && mention.at < to);

function hasPractice(words: readonly Word[], { from, to }: Clause): boolean {
  for (let at = from; at < to; at++) {
    const hit = verbAt(words, at);
    if (hit?.value === 'practice') return true;
    if (hit !== undefined) at += hit.length - 1;
  }
  return false;
}

/** "Practice:", "Lab 13: title", "Hands-on Lab (Lab 57)": a line that announces practice, and whether it says what. */
function announcement(line: CellLine, words: readonly Word[]): 'marker' | 'label' | null {
  const first = verbAt(words, 0);
  if (first?.value !== 'practice') return null;
  const colon = line.text.search(/:(?:\s|$)| [-–—] /);
  const head = colon < 0 ? line.text : line.text.slice(0, colon);
  const rest = colon < 0 ? '' : squeeze(line.text.slice(colon + 1));
  const headWords = words.filter((word) => word.start < head.length).length;
  const bare =
    headWords <= first.length + 2 && /^[\p{L}\s&/-]*[\d\s.,&]*$/u.test(head) && onlyPractice(words, headWords);
  if (colon < 0) return bare ? 'marker' : null;
  if (rest === '') return bare || headWords <= 6 ? 'marker' : 'label';
  return headWords <= 12 ? 'label' : null;
}

/** Nothing but words of practice, numbers and little words. */
function onlyPractice(words: readonly Word[], count: number): boolean {
  for (let at = 0; at < count; ) {
    const hit = verbAt(words, at);
    if (hit?.value === 'practice') at += hit.length;
    else if (
      /^(?:\d+|and|và|with|on|aws|task|session|part|phần|bài|steps?|this|week|today|content|nội|dung)$/.test(
        words[at]?.text ?? '',
      )
    )
      at++;
    else return false;
  }
  return true;
}

/** Services that a clause works with: those it names, but for data, metrics, permissions and examples. */
function workedIn(clause: Clause, mentions: readonly Mention[]): string[] {
  const inside = mentions.filter(
    (mention) => mention.at >= clause.from && mention.at < clause.to && (mention.named || !mention.purpose),
  );
  const open = inside.filter((mention) => !mention.bracketed);
  return (open.length > 0 ? open : inside).flatMap((mention) => mention.services);
}

// Words → the AWS services they name, by canonical name.

import { type Hit, Phrases, type Word } from './phrases';
import { OTHER_TOOLS, SERVICE_NAMES, TWO_SERVICES } from './service-names';

/** A place in a line that names a service. */
export interface Mention {
  readonly services: readonly string[];
  /** Index of the first word, and how many words. */
  readonly at: number;
  readonly length: number;
  /** A name of the service, rather than a thing that it has. */
  readonly named: boolean;
  readonly bracketed: boolean;
  /** It stands after "for": what something is meant for. */
  readonly purpose: boolean;
}

interface Entry {
  readonly services: readonly string[];
  readonly named: boolean;
}

let dictionary: Phrases<Entry> | undefined;
let tools: Phrases<true> | undefined;

/** Phrases of a comma-separated list. */
export const listed = (text: string): string[] => text.split(',').map((phrase) => phrase.trim());

function serviceNames(): Phrases<Entry> {
  dictionary ??= new Phrases(entries());
  return dictionary;
}

function* entries(): Generator<readonly [string, Entry]> {
  for (const [service, { things }] of Object.entries(SERVICE_NAMES)) {
    for (const thing of listed(things ?? '')) yield [thing, { services: [service], named: false }];
  }
  for (const [service, { names }] of Object.entries(SERVICE_NAMES)) {
    yield [service, { services: [service], named: true }];
    for (const name of listed(names)) yield [name, { services: [service], named: true }];
  }
  for (const [name, pair] of Object.entries(TWO_SERVICES)) yield [name, { services: pair, named: true }];
}

/** True if a tool beside AWS is named at a word. */
export function namesTool(words: readonly Word[], at: number): boolean {
  tools ??= new Phrases(listed(OTHER_TOOLS).map((tool) => [tool, true] as const));
  return tools.at(words, at) !== undefined;
}

/** The service phrase that begins at a word, if any. */
export const serviceAt = (words: readonly Word[], at: number): Hit<Entry> | undefined => serviceNames().at(words, at);

/** Before these, an instance or a listener is not the one of EC2 or of a load balancer. */
const OTHER_OWNERS = new Set(
  'db database notebook redis cache aurora docker event kafka reserved reservation spot microsoft sql app application java react'.split(
    ' ',
  ),
);

/** "Instance types" are no instance, and an "instance refresh" is none of EC2's own. */
const ASPECTS = new Set(
  'type types access replacement metadata class family families state states store size sizes refresh warm pricing model models scheduler'.split(
    ' ',
  ),
);

/** Every mention of a service in a line, in reading order. Code spans name services only as AWS CLI commands. */
export function mentionsOf(
  words: readonly Word[],
  text: string,
  code: readonly (readonly [number, number])[],
): Mention[] {
  const mentions: Mention[] = [];
  for (let at = 0; at < words.length; ) {
    const hit = commandAt(words, at, text, code) ?? serviceAt(words, at);
    const word = words[at];
    if (hit === undefined || word === undefined) {
      at++;
      continue;
    }
    const { value, length } = hit;
    if (isMeant(words, at, hit, mentions.at(-1)) && !inCode(word, text, code)) {
      const { services, named } = value;
      mentions.push({ services, named, at, length, bracketed: word.brackets > 0, purpose: isPurpose(words, at) });
    }
    at += length;
  }
  return mentions;
}

const COMMAND: Hit<Entry> = { value: { services: ['AWS CLI'], named: true }, length: 1 };

/** A code span that begins with "aws" is a command of the AWS CLI, whatever service it goes on to name. */
function commandAt(
  words: readonly Word[],
  at: number,
  text: string,
  code: readonly (readonly [number, number])[],
): Hit<Entry> | undefined {
  const start = words[at]?.start;
  const span = words[at]?.text === 'aws' ? code.find(([from]) => from === start) : undefined;
  return span !== undefined && isCommand(text.slice(...span)) ? COMMAND : undefined;
}

const isCommand = (code: string): boolean => code.startsWith('aws ');

function isMeant(
  words: readonly Word[],
  at: number,
  { value, length }: Hit<Entry>,
  before: Mention | undefined,
): boolean {
  if (length === 1 && inChain(words, at)) return false;
  if (value.named) return true;
  const touches = before !== undefined && before.at + before.length === at && words[at]?.gap.trim() === '';
  const owned = touches && before.named && before.services[0] !== value.services[0];
  if (length === 1 && words[at + 1]?.gap === ' ' && ASPECTS.has(words[at + 1]?.text ?? '')) return false;
  return !owned && !OTHER_OWNERS.has(words[at - 1]?.text ?? '');
}

/** True inside a made-up name or an address: three or more words tied by "-", "_", "." or "/" without blanks. */
function inChain(words: readonly Word[], at: number): boolean {
  const tied = (index: number): boolean => ['-', '_', '.'].includes(words[index]?.gap ?? '');
  let from = at;
  let to = at;
  while (from > 0 && tied(from)) from--;
  while (tied(to + 1)) to++;
  return to - from >= 2;
}

function inCode(word: Word, text: string, code: readonly (readonly [number, number])[]): boolean {
  const span = code.find(([start, end]) => word.start >= start && word.end <= end);
  return span !== undefined && !isCommand(text.slice(...span));
}

/** So many words may stand between "for" and what something is for. */
const PURPOSE_REACH = 4;

function isPurpose(words: readonly Word[], at: number): boolean {
  return words.slice(Math.max(0, at - PURPOSE_REACH), at).some((word) => word.text === 'for' || word.text === 'cho');
}

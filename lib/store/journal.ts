// The run journal: append-only JSON lines, each on the disk before what it announces is done, each linked to those before.

import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Chain, chainOf, followChain, linked } from '../core/chain';
import { type JournalEvent, type JournalLine, type RunState, stateOf } from '../core/journal';
import { RUN_ID } from '../core/run';
import { makePrivate, runDirectory } from './home';
import { oneAtATime } from './one-at-a-time';

const FILE = 'journal.jsonl';
/** More than a line holds, but for the plan of a long worklog. */
const TAIL = 64 * 1024;

/** Appends to and reads one run's journal. */
export interface Journal {
  readonly run: string;
  readonly append: (event: JournalEvent) => void;
  readonly lines: () => JournalLine[];
  /** Whether each line follows from those before it. */
  readonly chain: () => Chain;
}

/** The journal of a run, made on the first append with mode 0600. */
export function openJournal(home: string, run: string, now: () => Date = () => new Date()): Journal {
  const directory = runDirectory(home, run);
  const file = join(directory, FILE);
  return {
    run,
    append: (event) => {
      makePrivate(directory);
      const json = JSON.stringify({ at: now().toISOString(), ...event });
      oneAtATime(`${file}.lock`, () => appendLine(file, json));
    },
    lines: () => textsIn(file).flatMap((text) => parsed(text) ?? []),
    chain: () => followChain(textsIn(file)),
  };
}

/** Every run that this home knows, oldest first. */
export function knownRuns(home: string): RunState[] {
  const directory = join(home, 'runs');
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => RUN_ID.test(name))
    .flatMap((name) => stateOf(openJournal(home, name).lines()) ?? [])
    .sort((a, b) => a.since.localeCompare(b.since));
}

/** A process killed in the middle of a line leaves half of one: the next line must not continue it. */
function appendLine(file: string, json: string): void {
  const handle = openSync(file, 'a+', 0o600);
  try {
    const { text, whole } = tailOf(handle);
    const before = lastChain(text) ?? (whole ? undefined : lastChain(readFileSync(file, 'utf8')));
    const half = text !== '' && !text.endsWith('\n');
    writeSync(handle, `${half ? '\n' : ''}${linked(json, before)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function tailOf(handle: number): { readonly text: string; readonly whole: boolean } {
  const { size } = fstatSync(handle);
  const bytes = Buffer.alloc(Math.min(size, TAIL));
  readSync(handle, bytes, 0, bytes.length, size - bytes.length);
  return { text: bytes.toString(), whole: size <= TAIL };
}

function lastChain(text: string): string | undefined {
  const lines = text.split('\n');
  for (let index = lines.length - 1; index >= 0; index--) {
    const chain = chainOf(lines[index] ?? '');
    if (chain !== undefined) return chain;
  }
  return undefined;
}

const textsIn = (file: string): string[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((text) => text !== '')
    : [];

/** Half a line (see above) is no line. */
function parsed(text: string): JournalLine | undefined {
  try {
    return JSON.parse(text) as JournalLine;
  } catch {
    return undefined;
  }
}

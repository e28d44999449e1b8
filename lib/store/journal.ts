// The run journal: append-only JSON lines, each on the disk before what it announces is done.

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
import { type JournalEvent, type JournalLine, type RunState, stateOf } from '../core/journal';
import { RUN_ID } from '../core/run';
import { makePrivate, runDirectory } from './home';

const FILE = 'journal.jsonl';

/** Appends to and reads one run's journal. */
export interface Journal {
  readonly run: string;
  readonly append: (event: JournalEvent) => void;
  readonly lines: () => JournalLine[];
}

/** The journal of a run, made on the first append with mode 0600. */
export function openJournal(home: string, run: string, now: () => Date = () => new Date()): Journal {
  const directory = runDirectory(home, run);
  const file = join(directory, FILE);
  return {
    run,
    append: (event) => {
      makePrivate(directory);
      const line = `${JSON.stringify({ at: now().toISOString(), ...event })}\n`;
      const handle = openSync(file, 'a+', 0o600);
      try {
        writeSync(handle, endsInLine(handle) ? line : `\n${line}`);
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
    },
    lines: () => (existsSync(file) ? readLines(file) : []),
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

/** A process killed in the middle of a line leaves half of one: the next append must not continue it. */
function endsInLine(handle: number): boolean {
  const { size } = fstatSync(handle);
  if (size === 0) return true;
  const last = Buffer.alloc(1);
  readSync(handle, last, 0, 1, size - 1);
  return last.toString() === '\n';
}

/** Lines of the journal; half a line (see above) is skipped. */
function readLines(file: string): JournalLine[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((text) => {
      try {
        return text === '' ? [] : [JSON.parse(text) as JournalLine];
      } catch {
        return [];
      }
    });
}

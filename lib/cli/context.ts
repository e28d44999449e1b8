// What every command is given: the checkout, the home, the labs, the edges, and how the result is printed.

import { join } from 'node:path';
import type { Emit } from '../core/progress';
import { discoverLabs, emulatorDeclarations, type Labs } from '../registry/discover';
import { homeDirectory } from '../store/home';
import type { Io } from './io';
import { progressPrinter } from './print-progress';

export interface Context {
  /** The directory of package.json. */
  readonly root: string;
  readonly home: string;
  readonly labs: Labs;
  /** Every lab's emulator.py. */
  readonly declarations: readonly string[];
  readonly io: Io;
  readonly json: boolean;
  readonly emit: Emit;
  /** The result: one JSON document with --json, else the text. */
  readonly result: (document: object, text: () => string) => void;
  /** A remark that is no result. */
  readonly remark: (text: string) => void;
  /** What to do when the process is interrupted; the newest counts. */
  readonly onInterrupt: (act: () => void) => void;
}

interface Options {
  readonly root: string;
  readonly io: Io;
  readonly json: boolean;
  readonly onInterrupt: Context['onInterrupt'];
}

export function makeContext({ root, io, json, onInterrupt }: Options): Context {
  const directory = join(root, 'labs');
  const labs = discoverLabs(directory);
  const progress = progressPrinter(io);
  return {
    root,
    home: homeDirectory(io.environment),
    labs,
    declarations: emulatorDeclarations(directory, labs),
    io,
    json,
    emit: progress.emit,
    result: (document, text) => {
      progress.end();
      io.out(json ? `${JSON.stringify(document, null, 2)}\n` : text());
    },
    remark: (text) => {
      progress.end();
      io.err(`${text}\n`);
    },
    onInterrupt,
  };
}

// worklab in the test's own process, whose modules are loaded once: for many commands, and for checkouts of other shapes.

import pc from 'picocolors';
import { main } from '../../lib/cli/main';
import { ROOT } from './cli';

export interface Did<Document> {
  readonly code: number;
  /** The document of --json; empty where nothing was printed. */
  readonly json: Document;
}

/** Runs one command with --json. Nobody is there to be asked. */
export async function inProcess<Document>(
  words: readonly string[],
  { home, root = ROOT }: { readonly home: string; readonly root?: string },
): Promise<Did<Document>> {
  let out = '';
  const code = await main({
    argv: [...words, '--json'],
    root,
    version: '0',
    onInterrupt: () => {},
    io: {
      out: (text) => {
        out += text;
      },
      err: () => {},
      environment: { WORKLAB_HOME: home },
      canAsk: false,
      live: false,
      colour: pc.createColors(false),
      ask: async () => '',
    },
  });
  return { code, json: (out === '' ? {} : JSON.parse(out)) as Document };
}

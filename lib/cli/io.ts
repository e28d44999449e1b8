// The process's edges as values: streams, environment, whether a person is there, and how to ask one.

import { createInterface } from 'node:readline/promises';
import pc from 'picocolors';

/** What the commands may touch of the process. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly environment: NodeJS.ProcessEnv;
  /** A person can answer: both standard input and standard error are terminals. */
  readonly canAsk: boolean;
  /** Standard error is a terminal: lines may be rewritten. */
  readonly live: boolean;
  readonly colour: ReturnType<typeof pc.createColors>;
  readonly ask: (question: string) => Promise<string>;
}

/** The edges of this process. */
export function processIo(): Io {
  const { stdin, stdout, stderr, env } = process;
  const live = stderr.isTTY === true && env.CI === undefined && env.TERM !== 'dumb';
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    environment: env,
    canAsk: stdin.isTTY === true && stderr.isTTY === true,
    live,
    colour: pc.createColors(stderr.isTTY === true && stdout.isTTY === true && !env.NO_COLOR),
    ask: async (question) => {
      const line = createInterface({ input: stdin, output: stderr });
      try {
        return (await line.question(question)).trim();
      } finally {
        line.close();
      }
    },
  };
}

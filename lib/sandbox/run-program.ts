// A program and its arguments → how it ended and what it said. No shell is involved.

import { spawn } from 'node:child_process';

/** What is kept of the output, in characters: the end, since that is where a failing program says why. */
const KEPT = 20_000;

/** How a program ended. */
export interface Ran {
  /** Whether it ran and ended with exit code 0. */
  readonly ok: boolean;
  /** Standard output. */
  readonly out: string;
  /** Both streams as they came, or why it could not be run at all. Without credentials. */
  readonly said: string;
}

interface Options {
  readonly environment?: NodeJS.ProcessEnv;
  readonly directory?: string;
  /** Milliseconds after which it is ended. */
  readonly timeout?: number;
}

/** Runs a program to its end. Never rejects: a program that is not there did not end well. */
export function runProgram(file: string, args: readonly string[], options: Options = {}): Promise<Ran> {
  const { environment: env = process.env, directory: cwd, timeout } = options;
  return new Promise((resolve) => {
    let [out, said] = ['', ''];
    // Not spawn's own `timeout`: for a program that is not there its timer goes on, and keeps this process from ending.
    const signal = timeout === undefined ? {} : { signal: AbortSignal.timeout(timeout) };
    const child = spawn(file, args, { env, cwd, ...signal, windowsHide: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const hear = (text: string): void => {
      said = (said + text).slice(-KEPT);
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out = (out + text).slice(-KEPT);
      hear(text);
    });
    child.stderr.setEncoding('utf8').on('data', hear);
    child.on('error', (error) => resolve({ ok: false, out, said: withoutCredentials(error.message) }));
    child.on('close', (code) => resolve({ ok: code === 0, out, said: withoutCredentials(said) }));
  });
}

/** A text in which no URL carries a user name or a password. */
export const withoutCredentials = (text: string): string => text.replace(/:\/\/[^\s/]+@/g, '://***@');

/** The last lines that say something, cut to a readable length and indented: the end of an error message. */
export const lastLines = (text: string, count = 5): string =>
  text
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .map((line) => `\n    ${line.trimEnd().slice(0, 200)}`)
    .join('');

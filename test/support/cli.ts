// Runs worklab as a person would: its own process, its own home, its result from standard output.

import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');
const PATIENCE = 240_000;

/** What a finished process left. */
export interface Ran<Document = unknown> {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** The document of --json; throws where standard output holds none. */
  readonly json: Document;
}

export interface RunOptions {
  readonly home: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** Called with the process, to send it signals. */
  readonly during?: (child: ReturnType<typeof spawn>) => void;
}

/** A learner's variables must not reach the process, and its own must not reach a real account. */
const clean = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:AWS_|WORKLAB_|CDK_|CI$)/.test(name)));

/** Runs one command to its end. */
export function worklab<Document = unknown>(
  words: readonly string[],
  { home, environment = {}, during }: RunOptions,
): Promise<Ran<Document>> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, 'bin', 'worklab.js'), ...words], {
      cwd: ROOT,
      env: { ...clean(), WORKLAB_HOME: home, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: PATIENCE,
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (text: Buffer) => {
      out += text.toString();
    });
    child.stderr.on('data', (text: Buffer) => {
      err += text.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({
        code,
        out,
        err,
        get json() {
          return parse<Document>(out, err);
        },
      });
    });
    during?.(child);
  });
}

function parse<Document>(out: string, err: string): Document {
  try {
    return JSON.parse(out) as Document;
  } catch {
    throw new Error(`standard output is no JSON document:\n${out}\n${err}`);
  }
}

// A command → how long it took, and the largest memory of any Node process in it. Whole processes, from outside.

import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Command {
  readonly words: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
}

export interface Measured {
  readonly seconds: number;
  /** MiB, of the largest single process. */
  readonly peak: number;
  /** What it printed. */
  readonly out: string;
}

/** Written by every Node process of the command as it ends; kilobytes, as getrusage counts them. */
const REPORTER = `process.on('exit', () => require('fs').writeFileSync(
  process.env.BENCH_REPORTS + '/' + process.pid, String(process.resourceUsage().maxRSS)));`;

/** Runs a command to its end; a failure of the command is a failure of the bench. */
export async function measure({ words, environment = {} }: Command, root: string): Promise<Measured> {
  const reports = mkdtempSync(join(tmpdir(), 'worklab-bench-'));
  const hook = join(reports, 'hook.cjs');
  writeFileSync(hook, REPORTER);
  const env = { ...process.env, ...environment, BENCH_REPORTS: reports, NODE_OPTIONS: `--require ${hook}` };
  const begun = process.hrtime.bigint();
  const out = await toEnd(words, root, env);
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  const peaks = readdirSync(reports)
    .filter((name) => /^\d+$/.test(name))
    .map((name) => Number(readFileSync(join(reports, name), 'utf8')));
  rmSync(reports, { recursive: true });
  return { seconds, peak: Math.max(...peaks) / 1024, out };
}

function toEnd(words: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let out = '';
    child.stdout.on('data', (text: Buffer) => {
      out += text;
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => {
        said = (said + text).slice(-3000);
      });
    child.on('close', (code) =>
      code === 0 ? resolve(out) : reject(new Error(`${words.join(' ')} ended with ${code}:\n${said}`)),
    );
  });
}

/** The middle one. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

// Process id and mark → whether that very process still lives, and its end. A process id alone can be anybody's by now.

import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { runProgram } from './run-program';

/** Milliseconds for a process to end by itself before it is made to. */
const GRACE = 5_000;
const LOOK_EVERY = 50;

/** A process whose command line carries the mark. */
export interface Marked {
  readonly pid: number;
  readonly mark: string;
}

/** Whether the process lives. One that ended and was not collected by its parent does not: it has no command line. */
export async function lives({ pid, mark }: Marked): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false; // There is none, or it is another user's.
  }
  return (await commandLine(pid)).includes(mark);
}

async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  if (process.platform !== 'win32') return (await runProgram('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).out;
  const query = `(Get-CimInstance Win32_Process -Filter "ProcessId=${pid}").CommandLine`;
  return (await runProgram('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', query])).out;
}

/** Ends it, if it is still that process. Resolves when it is gone; rejects if it will not go. */
export async function endProcess(marked: Marked): Promise<void> {
  if (!(await lives(marked))) return;
  process.kill(marked.pid, 'SIGTERM');
  if (await isGoneWithin(GRACE, marked)) return;
  process.kill(marked.pid, 'SIGKILL');
  if (await isGoneWithin(GRACE, marked)) return;
  throw new Error(`process ${marked.pid} cannot be ended`);
}

async function isGoneWithin(milliseconds: number, marked: Marked): Promise<boolean> {
  for (const until = Date.now() + milliseconds; Date.now() < until; await sleep(LOOK_EVERY)) {
    if (!(await lives(marked))) return true;
  }
  return false;
}

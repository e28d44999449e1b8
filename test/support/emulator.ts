// An emulator of a test's own: the project's, or plain moto behind the same front door. Ended by the test.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ensureInstalled } from '../../lib/sandbox/install';
import { ENGINE } from '../../lib/sandbox/paths';

export interface TestEmulator {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

interface Kind {
  /** None of our additions and repairs: moto as it is. */
  readonly plain?: boolean;
  readonly declarations?: readonly string[];
}

/** Starts one on a free port, and resolves when it answers. */
export async function startEmulator({ plain = false, declarations = [] }: Kind = {}): Promise<TestEmulator> {
  const { python } = await ensureInstalled();
  const words = ['-m', 'emulator', '--port', '0', ...(plain ? ['--plain'] : []), ...declarations];
  const child = spawn(python, words, {
    env: { ...process.env, PYTHONPATH: ENGINE },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let complaints = '';
  child.stderr.on('data', (text: Buffer) => {
    complaints = (complaints + text.toString()).slice(-4000);
  });
  const stop = async (): Promise<void> => {
    child.kill();
    await ended;
  };
  for await (const line of createInterface(child.stdout)) {
    return { endpoint: (JSON.parse(line) as { ready: string }).ready, stop };
  }
  throw new Error(`the emulator did not start: ${complaints}`);
}

// The tests' own Python environment: the sandbox's packages, and the AWS CLI, cfn-lint and pytest beside them.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled } from '../../lib/sandbox/install';
import { ROOT } from './cli';

const REQUIREMENTS = join(ROOT, 'test', 'emulator', 'requirements.txt');

export interface Said {
  readonly code: number | null;
  readonly text: string;
}

/** Runs a Python module of the tests' environment, which is made on first use, and kept in the cache. */
export async function runPython(
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  onText: (text: string) => void = () => {},
): Promise<Said> {
  const { python } = await ensureInstalled({ requirements: REQUIREMENTS });
  return new Promise((resolve, reject) => {
    const child = spawn(python, words, {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        onText(chunk.toString());
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, text }));
  });
}

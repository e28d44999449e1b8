// A sandbox for tests: its own home below the system's temporary directory, never a learner's, gone at the end.

import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StartedSandbox, type StartOptions, startSandbox, stopSandbox } from '../../lib/sandbox/sandbox';

/** Milliseconds for a `beforeAll` that may have to install the emulator first. */
export const INSTALL_TIMEOUT = 300_000;

const LABS = join(__dirname, '..', '..', 'labs');
const HOME = /^worklab-test-(\d+)-/;

/** Every lab's emulator.py, as a learner's sandbox has them. */
export const allDeclarations = (): string[] =>
  readdirSync(LABS)
    .sort()
    .map((lab) => join(LABS, lab, 'emulator.py'))
    .filter((file) => existsSync(file));

/** A home that no sandbox was started in. What test processes that were killed left behind is removed first. */
export async function testHome(): Promise<string> {
  for (const name of readdirSync(tmpdir())) {
    const owner = HOME.exec(name)?.[1];
    if (owner !== undefined && !isAlive(Number(owner))) await removeTestHome(join(tmpdir(), name));
  }
  return mkdtempSync(join(tmpdir(), `worklab-test-${process.pid}-`));
}

/** Ends the home's sandbox and removes it. */
export async function removeTestHome(home: string): Promise<void> {
  await stopSandbox(home);
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}

export interface TestSandbox extends StartedSandbox {
  readonly home: string;
  /** Ends it and removes its home. */
  readonly stop: () => Promise<void>;
}

/** Starts a sandbox of the test's own, by default with every lab's declarations. `stop` it in an `afterAll`. */
export async function startTestSandbox(options: Partial<Omit<StartOptions, 'home'>> = {}): Promise<TestSandbox> {
  const home = await testHome();
  const sandbox = await startSandbox({ declarations: allDeclarations(), ...options, home });
  return { ...sandbox, home, stop: () => removeTestHome(home) };
}

/** One sandbox for the whole test file, started before its first test; the function gives it to each test. */
export function sandboxForThisFile(options: Partial<Omit<StartOptions, 'home'>> = {}): () => TestSandbox {
  let sandbox: TestSandbox | undefined;
  beforeAll(async () => {
    sandbox = await startTestSandbox(options);
  }, INSTALL_TIMEOUT);
  afterAll(() => sandbox?.stop());
  return () => {
    if (sandbox === undefined) throw new Error('the sandbox of this test file is not started');
    return sandbox;
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

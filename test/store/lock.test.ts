// One command at a time, whoever was killed while it held the lock, or just before it could say that it does.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePrivate, runDirectory } from '../../lib/store/home';
import { exclusively } from '../../lib/store/lock';

const RUN = 'abcde2';
let home: string;
let directory: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'worklab-lock-'));
  directory = makePrivate(runDirectory(home, RUN));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const act = async (): Promise<string> => 'done';

/** The lock as a process leaves it that was killed so many seconds ago. */
function killed(seconds: number): void {
  mkdirSync(`${directory}.lock`); // what proper-lockfile makes; taken by itself it would go on renewing it
  const then = Date.now() / 1000 - seconds;
  utimesSync(`${directory}.lock`, then, then);
}
const aDeadProcess = (): string => String(spawnSync(process.execPath, ['-e', '']).pid);

test('a second command is refused while a living one holds it, and not after', async () => {
  await exclusively(home, RUN, async () => {
    await expect(exclusively(home, RUN, act)).rejects.toMatchObject({ code: 'destroy/busy' });
  });
  await expect(exclusively(home, RUN, act)).resolves.toBe('done');
});

test('a command that failed lets go of it', async () => {
  const failing = async (): Promise<never> => {
    throw new Error('no');
  };
  await expect(exclusively(home, RUN, failing)).rejects.toThrow('no');
  expect(existsSync(join(directory, 'holder'))).toBe(false);
  await expect(exclusively(home, RUN, act)).resolves.toBe('done');
});

test('one that was killed with the lock is not waited for beyond the least', async () => {
  writeFileSync(join(directory, 'holder'), aDeadProcess());
  killed(1.5);
  await expect(exclusively(home, RUN, act)).resolves.toBe('done');
});

test('one that was killed before it could say who it is: the lock is waited for until it is stale, and never refused', async () => {
  await exclusively(home, RUN, act); // an earlier command of this very process
  killed(9.5);
  await expect(exclusively(home, RUN, act)).resolves.toBe('done');
});

test('what is wrong with the folder is not told as another command', async () => {
  rmSync(directory, { recursive: true });
  writeFileSync(directory, 'a file');
  await expect(exclusively(home, RUN, act)).rejects.not.toMatchObject({ code: 'destroy/busy' });
});

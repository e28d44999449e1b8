import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDirectory } from '../../lib/store/home';
import { knownRuns, openJournal } from '../../lib/store/journal';
import { exclusively } from '../../lib/store/lock';
import { forgetSshKey, privateKeyFile, sshKey } from '../../lib/store/ssh-key';
import { validatedTemplates } from '../../lib/store/validated-templates';
import { ROOT } from '../support/cli';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'worklab-store-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const RUN = 'abcde2';
const ownerOnly = (path: string): number => statSync(path).mode & 0o077;

test('a line that a killed process left half written loses nothing but itself', () => {
  const journal = openJournal(home, RUN);
  journal.append({ event: 'destroying' });
  appendFileSync(join(runDirectory(home, RUN), 'journal.jsonl'), '{"at":"2026-11-22T10:00:00Z","event":"rem');

  openJournal(home, RUN).append({ event: 'owned', ids: ['vol-1'] });

  expect(
    openJournal(home, RUN)
      .lines()
      .map(({ event }) => event),
  ).toEqual(['destroying', 'owned']);
});

test('lines of several processes at once hang on each other, whole, one after the other', async () => {
  const script = `
    require('tsx/cjs');
    const { openJournal } = require(${JSON.stringify(join(__dirname, '../../lib/store/journal.ts'))});
    const journal = openJournal(${JSON.stringify(home)}, '${RUN}');
    for (let i = 0; i < 20; i++) journal.append({ event: 'owned', ids: [process.argv[1] + i, 'x'.repeat(5000)] });
  `;
  const processes = ['a', 'b', 'c'].map((name) => spawn(process.execPath, ['-e', script, name], { cwd: ROOT }));
  await Promise.all(processes.map((child) => new Promise((resolve) => child.once('exit', resolve))));

  const journal = openJournal(home, RUN);
  expect(journal.lines()).toHaveLength(60);
  expect(journal.chain()).toMatchObject({ hashes: { length: 60 } });
  expect(journal.chain().brokenAt).toBeUndefined();
});

test('a process that was killed while it wrote holds the others up for no longer than it takes to see', () => {
  const journal = openJournal(home, RUN);
  journal.append({ event: 'destroying' });
  const held = join(runDirectory(home, RUN), 'journal.jsonl.lock');
  writeFileSync(held, '');
  utimesSync(held, new Date(0), new Date(0));

  journal.append({ event: 'destroying' });

  expect(journal.lines()).toHaveLength(2);
});

const onPosix = process.platform === 'win32' ? test.skip : test;
onPosix('the journal and the key are readable by their owner alone', async () => {
  openJournal(home, RUN).append({ event: 'destroying' });
  const { privateKeyFile: key } = await sshKey(home, RUN);

  expect(ownerOnly(join(runDirectory(home, RUN), 'journal.jsonl'))).toBe(0);
  expect(ownerOnly(runDirectory(home, RUN))).toBe(0);
  expect(ownerOnly(key)).toBe(0);
});

test('a folder without a beginning is no run', () => {
  openJournal(home, RUN).append({ event: 'destroying' });

  expect(knownRuns(home)).toEqual([]);
});

test('the key stays the same for its run, and is gone when it is forgotten', async () => {
  const first = await sshKey(home, RUN);
  const second = await sshKey(home, RUN);
  forgetSshKey(home, RUN);

  expect(first.publicKey).toMatch(/^ssh-ed25519 \S+ worklab-abcde2$/);
  expect(second).toEqual(first);
  expect(() => statSync(privateKeyFile(home, RUN))).toThrow('ENOENT');
});

test('a second command that would change the run is refused while the first does', async () => {
  await exclusively(home, RUN, async () => {
    await expect(exclusively(home, RUN, async () => 1)).rejects.toMatchObject({ code: 'destroy/busy', exitCode: 7 });
  });

  await expect(exclusively(home, RUN, async () => 2)).resolves.toBe(2);
});

test('what was validated under other rules, or cannot be read, was not validated', () => {
  validatedTemplates(home, '1').add(['a']);

  expect(validatedTemplates(home, '1').has('a')).toBe(true);
  expect(validatedTemplates(home, '2').has('a')).toBe(false);

  appendFileSync(join(home, 'validated-templates.json'), 'x');
  expect(validatedTemplates(home, '1').has('a')).toBe(false);
});

test('the lock of a process that was killed is taken over', async () => {
  const script = `
    require('tsx/cjs');
    const { exclusively } = require(${JSON.stringify(join(__dirname, '../../lib/store/lock.ts'))});
    void exclusively(${JSON.stringify(home)}, '${RUN}', () => new Promise((resolve) => { console.log('held'); setTimeout(resolve, 60000); }));
  `;
  const child = spawn(process.execPath, ['-e', script], { cwd: ROOT });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  await expect(exclusively(home, RUN, async () => 1)).rejects.toMatchObject({ code: 'destroy/busy' });
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));

  await expect(exclusively(home, RUN, async () => 2)).resolves.toBe(2);
});

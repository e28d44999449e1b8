import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readWorklog, worklogFilesIn } from '../../lib/store/read-worklog';

const folder = mkdtempSync(join(tmpdir(), 'worklab-read-'));
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
afterAll(() => rmSync(folder, { recursive: true }));

describe('reading a worklog', () => {
  test.each([
    ['UTF-8', 'Tuần 4'],
    ['UTF-8 with a byte order mark', '\ufeffTuần 4'],
  ])('%s', async (name, text) => {
    await expect(readWorklog(file(`${name}.md`, text))).resolves.toContain('Tuần 4');
  });

  test('UTF-16 of both kinds, with a byte order mark', async () => {
    const little = Buffer.from('\ufeffTuần 4', 'utf16le');

    await expect(readWorklog(file('le.md', little))).resolves.toContain('Tuần 4');
    await expect(readWorklog(file('be.md', Buffer.from(little).swap16()))).resolves.toContain('Tuần 4');
  });

  test('what cannot be read is said by its code, with the path and a next step', async () => {
    const large = file('large.md', '');
    truncateSync(large, 50 * 1024 * 1024 + 1);

    for (const [path, code] of [
      [join(folder, 'missing.md'), 'worklog/not-found'],
      [join(file('plain.md', 'x'), 'under.md'), 'worklog/not-found'],
      [folder, 'worklog/is-a-directory'],
      [file('nul.md', 'a\0b'), 'worklog/not-text'],
      [file('latin.md', Uint8Array.of(0x63, 0xe9, 0x20)), 'worklog/not-text'],
      [large, 'worklog/too-large'],
      [`${folder}/a\0b`, 'worklog/unreadable'],
    ]) {
      await expect(readWorklog(path ?? '')).rejects.toMatchObject({ code, exitCode: 3, fix: expect.any(String) });
    }
  });
});

describe('finding worklogs', () => {
  test('takes *.md at any depth, sorted, and leaves out node_modules and dot folders', () => {
    const root = join(folder, 'site');
    for (const path of [
      'b/week-2.md',
      'b/notes.txt',
      'a/week-1.MD',
      'node_modules/x/readme.md',
      '.git/y.md',
      'week-0.md',
    ]) {
      mkdirSync(join(root, path, '..'), { recursive: true });
      writeFileSync(join(root, path), '');
    }
    if (process.platform !== 'win32') symlinkSync(root, join(root, 'loop'));

    expect(worklogFilesIn(root)).toEqual(['a/week-1.MD', 'b/week-2.md', 'week-0.md'].map((path) => join(root, path)));
  });

  test('a folder that is not there is an error', () => {
    expect(() => worklogFilesIn(join(folder, 'nowhere'))).toThrow(
      expect.objectContaining({ code: 'worklog/not-found' }),
    );
  });
});

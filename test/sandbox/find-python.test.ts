// Which Python is taken, and what is said where there is none.

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPython } from '../../lib/sandbox/find-python';

const directory = mkdtempSync(join(tmpdir(), 'worklab-python-'));
const empty = mkdtempSync(join(tmpdir(), 'worklab-empty-'));
afterAll(() => [directory, empty].forEach((made) => void rmSync(made, { recursive: true })));

const onUnix = process.platform === 'win32' ? test.skip : test;

/** A program that answers as a Python of this kind would. */
function python(name: string, answer: object): string {
  const file = join(directory, name);
  const whole = { executable: file, tag: 'cpython-3', cpython: true, venv: true, ...answer };
  writeFileSync(file, `#!/bin/sh\necho '${JSON.stringify(whole)}'\n`);
  chmodSync(file, 0o755);
  return file;
}

test('the Python of this machine is found, by its real path', async () => {
  const { executable, version, tag } = await findPython();

  expect(executable).toMatch(/python/);
  expect(version[0]).toBe(3);
  expect(version[1]).toBeGreaterThanOrEqual(10);
  expect(tag).toContain(`cpython-${version.join('.')}`);
});

test('with nothing on the PATH the error names what to install on each platform', async () => {
  const environment = { ...process.env, PATH: empty, WORKLAB_PYTHON: '' };

  await expect(findPython({ environment, platform: 'linux' })).rejects.toMatchObject({
    code: 'sandbox/no-python',
    message: expect.stringContaining('no Python is on the PATH'),
    fix: expect.stringContaining('python3-venv'),
  });
  await expect(findPython({ environment, platform: 'darwin' })).rejects.toMatchObject({
    fix: expect.stringContaining('brew install python'),
  });
  await expect(findPython({ environment, platform: 'win32' })).rejects.toMatchObject({
    fix: expect.stringContaining('winget install'),
  });
});

test('WORKLAB_PYTHON is the only one that is tried', async () => {
  const environment = { ...process.env, WORKLAB_PYTHON: process.execPath };

  await expect(findPython({ environment })).rejects.toMatchObject({
    code: 'sandbox/no-python',
    message: expect.stringContaining(process.execPath),
  });
});

onUnix('a Python that is too old is told by its version', async () => {
  const WORKLAB_PYTHON = python('old', { version: [3, 9] });

  await expect(findPython({ environment: { WORKLAB_PYTHON } })).rejects.toThrow('is 3.9, and the sandbox needs 3.10');
});

onUnix("Debian's Python without its venv package is told apart from no Python", async () => {
  const WORKLAB_PYTHON = python('bare', { version: [3, 11], venv: false });

  await expect(findPython({ environment: { WORKLAB_PYTHON } })).rejects.toThrow('cannot make virtual environments');
});

onUnix('one that the pinned packages have wheels for goes before a newer one', async () => {
  python('python3', { version: [3, 99] });
  const older = python('python3.12', { version: [3, 12] });

  const found = await findPython({ environment: { PATH: directory } });

  expect(found).toMatchObject({ executable: older, wheels: true });
  rmSync(older);
  expect(await findPython({ environment: { PATH: directory } })).toMatchObject({
    version: [3, 99],
    wheels: false,
  });
});

// What makes a sandbox another one: its code, its packages, the declarations. Not where the checkout lies.

import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprintOf } from '../../lib/sandbox/fingerprint';

let root: string;
let one: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'worklab-fingerprint-'));
  one = join(root, 'one');
  mkdirSync(join(one, 'emulator', 'cfn'), { recursive: true });
  for (const file of ['emulator/__main__.py', 'emulator/cfn/types.py', 'requirements.txt', 'emulator.py']) {
    writeFileSync(join(one, file), `# ${file}\n`);
  }
});
afterEach(() => rmSync(root, { recursive: true }));

const of = (checkout: string): Promise<string> => fingerprintOf(checkout, [join(checkout, 'emulator.py')]);

test.each(['emulator/cfn/types.py', 'requirements.txt', 'emulator.py'])('a change of %s changes it', async (file) => {
  const before = await of(one);

  appendFileSync(join(one, file), '#\n');

  expect(await of(one)).not.toBe(before);
});

test('a new file of the code and a new declaration change it, what Python compiles does not', async () => {
  const before = await of(one);

  mkdirSync(join(one, 'emulator', '__pycache__'));
  writeFileSync(join(one, 'emulator', '__pycache__', 'types.pyc'), 'compiled');
  expect(await of(one)).toBe(before);
  expect(await fingerprintOf(one, [])).not.toBe(before);
  writeFileSync(join(one, 'emulator', 'new.py'), '');
  expect(await of(one)).not.toBe(before);
});

test('a part beside a declaration, which the launcher runs with it, changes it', async () => {
  const before = await of(one);

  writeFileSync(join(one, 'emulator_types.py'), '# types\n');

  expect(await of(one)).not.toBe(before);
});

test('two checkouts of the same state have the same', async () => {
  const other = join(root, 'other', 'one');
  cpSync(one, other, { recursive: true });

  expect(await of(other)).toBe(await of(one));
});

// The Python tests of the sandbox's engine, as one test of this suite: what pytest says is what fails.

import { delimiter } from 'node:path';
import { runPython } from '../support/python';

test('pytest passes over the engine and the labs’ declarations', async () => {
  // The fixtures are a plug-in, so that a lab's own tests, in the lab's folder, have them too.
  const plugins = ['-p', 'no:cacheprovider', '--noconftest', '-p', 'conftest'];
  const { code, text } = await runPython(['-m', 'pytest', '-q', ...plugins, 'test/emulator', 'labs'], {
    PYTHONPATH: ['lib/sandbox', 'test/emulator'].join(delimiter),
  });

  if (code !== 0) throw new Error(text.slice(-8000));
  expect(text).toMatch(/\d+ passed/);
}, 1_800_000);

// The Python tests of the sandbox's engine, as one test of this suite: what pytest says is what fails.

import { runPython } from '../support/python';

test('pytest passes over the engine and the labs’ declarations', async () => {
  const { code, text } = await runPython(['-m', 'pytest', '-q', '-p', 'no:cacheprovider', 'test/emulator'], {
    PYTHONPATH: 'lib/sandbox',
  });

  if (code !== 0) throw new Error(text.slice(-8000));
  expect(text).toMatch(/\d+ passed/);
}, 900_000);

// moto's own test suite through the sandbox, with the tests' Python environment: npm run moto-suite [-- folder ...]

import { delimiter } from 'node:path';
import { runPython } from '../support/python';

async function main(folders: readonly string[]): Promise<void> {
  const PYTHONPATH = ['lib/sandbox', 'test/emulator'].join(delimiter);
  const { code } = await runPython(['test/emulator/moto_suite.py', ...folders], { PYTHONPATH }, (text) =>
    process.stdout.write(text),
  );
  process.exitCode = code ?? 1;
}

void main(process.argv.slice(2));

// The worklab process: argv, signals, exit code. The only file that touches them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { processIo } from '../lib/cli/io';
import { main } from '../lib/cli/main';

const INTERRUPTED = 130;

const root = join(__dirname, '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

let onInterrupt = (): void => {};
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    onInterrupt();
    process.exit(INTERRUPTED);
  });
}

void main({
  argv: process.argv.slice(2),
  io: processIo(),
  root,
  version,
  onInterrupt: (act) => {
    onInterrupt = act;
  },
}).then((code) => {
  process.exitCode = code;
});

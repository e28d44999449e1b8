// A command of its own process: starts the sandbox of a home, says so in one line of JSON, and ends (or stays, if told to).

import { startSandbox } from '../../lib/sandbox/sandbox';

const [home = '', stay] = process.argv.slice(2);

startSandbox({ home, declarations: [] }).then(
  (sandbox) => {
    process.stdout.write(`${JSON.stringify(sandbox)}\n`);
    if (stay === 'stay') setInterval(() => {}, 1_000);
  },
  (error: unknown) => {
    process.stderr.write(`${error}\n`);
    process.exitCode = 1;
  },
);

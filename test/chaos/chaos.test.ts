// The short form of the chaos run: twenty schedules. The long one is npm run chaos.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../support/cli';

test('twenty schedules of faults and kills end proven, none falsely, nothing of others touched', async () => {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(ROOT, 'test', 'chaos', 'chaos.ts'), '--schedules', '20', '--json'],
    {
      cwd: ROOT,
      env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let out = '';
  child.stdout.on('data', (text: Buffer) => {
    out += text.toString();
  });
  const code = await new Promise((resolve) => child.once('close', resolve));

  const said = JSON.parse(out) as Record<string, unknown>;
  expect(said).toMatchObject({ schedules: 20, falseCleans: 0, foreignTouched: 0, unfinished: 0, wrong: [] });
  expect(said.faultsInjected).toBeGreaterThan(0);
  expect(said.kills).toBeGreaterThan(0);
  expect(code).toBe(0);
}, 1_800_000);

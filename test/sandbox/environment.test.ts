// The exports: what a learner's shell knows after it has read them.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentExports, type Shell } from '../../lib/sandbox/sandbox';

const ENDPOINT = 'http://127.0.0.1:4566';
const THEIRS = {
  AWS_PROFILE: 'work',
  AWS_SESSION_TOKEN: 'theirs',
  AWS_ACCESS_KEY_ID: 'theirs',
  AWS_PAGER: 'less',
  AWS_ENDPOINT_URL_S3: 'https://s3.example.com',
};

const SAID = {
  AWS_ENDPOINT_URL: ENDPOINT,
  AWS_ACCESS_KEY_ID: 'worklab',
  AWS_SECRET_ACCESS_KEY: 'worklab',
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
};

const SHELLS: { shell: Shell; file: string; run: (file: string) => [string, string[]]; on: readonly string[] }[] = [
  { shell: 'sh', file: 'a.sh', run: (file) => ['sh', ['-c', `. '${file}'; env`]], on: ['linux', 'darwin'] },
  { shell: 'cmd', file: 'a.cmd', run: (file) => ['cmd.exe', ['/d', '/c', `call ${file} & set`]], on: ['win32'] },
  {
    shell: 'powershell',
    file: 'a.ps1',
    run: (file) => [
      'powershell.exe',
      ['-NoProfile', '-ExecutionPolicy', 'Bypass', '-Command', `. '${file}'; cmd /c set`],
    ],
    on: ['win32'],
  },
];

test.each(SHELLS.filter(({ on }) => on.includes(process.platform)))(
  'a $shell that reads them talks to the sandbox with made-up keys, whatever it knew before',
  ({ shell, file, run }) => {
    const directory = mkdtempSync(join(tmpdir(), 'worklab-env-'));
    const path = join(directory, file);
    writeFileSync(path, environmentExports(ENDPOINT, shell, THEIRS));
    const [command, args] = run(path);

    const printed = execFileSync(command, args, { env: { ...process.env, ...THEIRS }, encoding: 'utf8' });
    rmSync(directory, { recursive: true });
    const known = Object.fromEntries(printed.split(/\r?\n/).map((line) => line.split(/=(.*)/s).slice(0, 2)));

    expect(known).toMatchObject(SAID);
    expect(known.AWS_PAGER ?? '').toBe('');
    for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_ENDPOINT_URL_S3'])
      expect(known).not.toHaveProperty(name);
  },
);

test('each shell has its own way to set and to forget a variable', () => {
  const lines = (shell: Shell): string[] => environmentExports(ENDPOINT, shell).split('\n');

  expect(lines('sh')).toEqual(
    expect.arrayContaining(['export AWS_ENDPOINT_URL=http://127.0.0.1:4566', 'export AWS_PAGER=', 'unset AWS_PROFILE']),
  );
  expect(lines('powershell')).toEqual(
    expect.arrayContaining([
      "$env:AWS_ENDPOINT_URL = 'http://127.0.0.1:4566'",
      'Remove-Item -ErrorAction SilentlyContinue Env:AWS_PROFILE',
    ]),
  );
  expect(lines('cmd')).toEqual(
    expect.arrayContaining(['set AWS_ENDPOINT_URL=http://127.0.0.1:4566', 'set AWS_PAGER=', 'set AWS_PROFILE=']),
  );
});

test('the endpoint ends without a slash', () => {
  expect(environmentExports(`${ENDPOINT}/`, 'sh')).toContain(`AWS_ENDPOINT_URL=${ENDPOINT}\n`);
});

test('where the environment names a proxy, the loopback goes past it and what went past it still does', () => {
  const proxied = { HTTP_PROXY: 'http://proxy.example.com:3128', NO_PROXY: 'intra.example.com,$(reboot)' };

  expect(environmentExports(ENDPOINT, 'sh', proxied)).toContain(
    'export NO_PROXY=intra.example.com,127.0.0.1,localhost\n',
  );
  expect(environmentExports(ENDPOINT, 'sh', { ...proxied, NO_PROXY: '*' })).not.toContain('NO_PROXY');
  expect(environmentExports(ENDPOINT, 'sh')).not.toContain('NO_PROXY');
});

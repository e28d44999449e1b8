// A way in: the program has its secret in its environment, its tunnel is open before it starts and closed afterwards.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, shellWords } from '../../lib/connect/connect';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'worklab-connect-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const node = (script: string, ...args: readonly string[]) => ({
  program: process.execPath,
  args: ['-e', script, ...args],
});
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** Listens, and says in a file who it is and what it was given. */
const LISTEN = `
  require('node:fs').writeFileSync(process.argv[2], JSON.stringify({ pid: process.pid, key: process.env.AWS_ACCESS_KEY_ID, profile: process.env.AWS_PROFILE }));
  require('node:net').createServer((socket) => socket.end()).listen(Number(process.argv[1]), '127.0.0.1');
`;
/** Ends with 0 when the port answers and the password is there, with another code otherwise. */
const ASK = `
  if (process.env.THE_PASSWORD !== 'secret') process.exit(3);
  require('node:net').connect(Number(process.argv[1]), '127.0.0.1').on('connect', () => process.exit(7)).on('error', () => process.exit(4));
`;
const isThere = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('the exit code of the program is ours, and its environment has what it was given', async () => {
  const script = "process.exit(process.env.THE_PASSWORD === 'secret' ? 5 : 1)";
  expect(await connect({ ...node(script), env: { THE_PASSWORD: 'secret' } })).toBe(5);
});

test('a tunnel is open before the program starts, has the credentials of the run, and is closed afterwards', async () => {
  const port = await freePort();
  const file = join(folder, 'tunnel.json');
  const tunnel = { ...node(LISTEN, `${port}`, file), port };
  const way = { ...node(ASK, `${port}`), env: { THE_PASSWORD: 'secret' }, tunnel };

  const code = await connect(way, { AWS_ACCESS_KEY_ID: 'AKIA', AWS_PROFILE: '' });

  const { pid, key, profile } = JSON.parse(readFileSync(file, 'utf8'));
  expect({ code, key, profile }).toEqual({ code: 7, key: 'AKIA', profile: undefined });
  for (let look = 0; look < 50 && isThere(pid); look++) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(isThere(pid)).toBe(false);
});

test('a tunnel that ends at once says why, and the program is not started', async () => {
  const tunnel = { ...node("console.error('no such target'); process.exit(255)"), port: await freePort() };
  await expect(connect({ ...node('process.exit(0)'), tunnel })).rejects.toThrow(/ended with 255: no such target/);
});

test('what is printed is the command, never the environment', () => {
  const shown = shellWords({
    program: 'mysql',
    args: ['--user=learner', 'a b'],
    env: { MYSQL_PWD: 'secret' },
  } as never);
  expect(shown).toBe("mysql --user=learner 'a b'");
});

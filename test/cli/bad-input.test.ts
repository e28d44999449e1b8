// What a person can get wrong: each gets one clear error with a stable code, a place, a fix, and its exit code.

import { closeSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, worklab } from '../support/cli';

const SAMPLE = join('labs', 'weeks', 'week-04.md');

interface Refused {
  readonly error: { readonly code: string; readonly what: string; readonly where?: string; readonly fix: string };
}

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'worklab-bad-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const refused = (words: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
  worklab<Refused>([...words, '--json'], { home, environment });
const file = (name: string, content: string | Buffer): string => {
  const path = join(home, name);
  writeFileSync(path, content);
  return path;
};

test('a file that is not there', async () => {
  const { code, json } = await refused(['plan', join(home, 'week-4.md')]);

  expect([code, json.error.code]).toEqual([3, 'worklog/not-found']);
  expect(json.error.what + json.error.where).toContain('week-4.md');
});

test('a directory where one worklog is wanted', async () => {
  mkdirSync(join(home, 'folder'));

  expect(await refused(['deploy', join(home, 'folder')])).toMatchObject({
    code: 3,
    json: { error: { code: 'worklog/is-a-directory' } },
  });
});

test('a file that is no text', async () => {
  const path = file('photo.md', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 255, 254]));

  expect(await refused(['plan', path])).toMatchObject({ code: 3, json: { error: { code: 'worklog/not-text' } } });
});

test('a file over 50 MB is refused before it is read', async () => {
  const path = join(home, 'huge.md');
  const handle = openSync(path, 'w');
  ftruncateSync(handle, 51 * 1024 * 1024);
  closeSync(handle);

  expect(await refused(['plan', path])).toMatchObject({ code: 3, json: { error: { code: 'worklog/too-large' } } });
});

test('a page without practice is an empty manifest, and nothing to plan', async () => {
  const path = file('notes.md', '# Notes\n\nI read about clouds.\n');

  const manifest = await worklab<{ manifests: { days: { sections: unknown[] }[] }[] }>(['manifest', path, '--json'], {
    home,
  });
  expect(manifest.code).toBe(0);
  expect(manifest.json.manifests[0]?.days.flatMap(({ sections }) => sections)).toEqual([]);
  expect(await refused(['plan', path])).toMatchObject({
    code: 3,
    json: { error: { code: 'worklog/no-practice', where: path } },
  });
});

test('a lab that does not exist, with the one that was probably meant', async () => {
  const { code, json } = await refused(['plan', SAMPLE, '--only', 'ecw']);

  expect([code, json.error.code]).toEqual([2, 'usage/unknown-lab']);
  expect(json.error.fix).toContain('"ec2"');
});

test('a run that does not exist', async () => {
  expect(await refused(['destroy', 'zzzzz9', '--yes'])).toMatchObject({
    code: 2,
    json: { error: { code: 'usage/unknown-run' } },
  });
  expect(await refused(['check'])).toMatchObject({ code: 2, json: { error: { code: 'usage/no-run' } } });
});

test('an address range where one address is wanted', async () => {
  expect(await refused(['deploy', SAMPLE, '--my-ip', '203.0.113.0/24'])).toMatchObject({
    code: 2,
    json: { error: { code: 'usage/invalid' } },
  });
});

test('a real account together with an emulator', async () => {
  const words = ['deploy', SAMPLE, '--profile', 'sandbox', '--endpoint-url', 'http://127.0.0.1:5000'];

  expect(await refused(words)).toMatchObject({ code: 2, json: { error: { code: 'usage/target-conflict' } } });
});

test('a word that is no command, and an option that is none', async () => {
  expect(await refused(['deplyo', SAMPLE])).toMatchObject({
    code: 2,
    json: { error: { code: 'usage/invalid', what: expect.stringContaining('deploy') } },
  });
  expect(await refused(['plan', SAMPLE, '--onyl', 'ec2'])).toMatchObject({
    code: 2,
    json: { error: { what: expect.stringContaining('--only') } },
  });
});

test('a port that another program listens on', async () => {
  const other = createSocket().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;

  const outcome = await refused(['sandbox', 'start', '--port', String(port)]);
  other.close();

  expect(outcome).toMatchObject({ code: 2, json: { error: { code: 'sandbox/port-in-use' } } });
  expect(outcome.json.error.what).toContain(String(port));
});

test('no Python, said with what to install', async () => {
  const environment = { PATH: home, XDG_CACHE_HOME: join(home, 'cache') };

  const { code, json } = await refused(['deploy', SAMPLE, '--only', 'ec2'], environment);

  expect([code, json.error.code]).toEqual([2, 'sandbox/no-python']);
  expect(json.error.fix).toMatch(/python/i);
});

describe('a real account', () => {
  let sts: Server;
  let environment: NodeJS.ProcessEnv;
  const answer = {
    status: 403,
    code: 'ExpiredToken',
    message: 'The security token included in the request is expired',
  };
  beforeAll(async () => {
    sts = createServer((_request, response) => {
      const { status, code, message } = answer;
      response.writeHead(status, { 'content-type': 'text/xml' });
      response.end(
        `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
      );
    });
    sts.listen(0, '127.0.0.1');
    await new Promise((resolve) => sts.once('listening', resolve));
    environment = {
      AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${(sts.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'not-a-secret-of-anybody',
      AWS_SESSION_TOKEN: 'expired-long-ago',
      AWS_EC2_METADATA_DISABLED: 'true',
      HOME: ROOT,
    };
  });
  afterAll(() => sts.close());

  test('with credentials that have expired', async () => {
    const { code, json, out, err } = await refused(['deploy', SAMPLE, '--only', 'ec2', '--target', 'aws'], environment);

    expect([code, json.error.code]).toEqual([4, 'account/expired-credentials']);
    expect(out + err).not.toContain('not-a-secret-of-anybody');
  });

  test('without credentials', async () => {
    const nothing = {
      AWS_EC2_METADATA_DISABLED: 'true',
      HOME: home,
      AWS_SHARED_CREDENTIALS_FILE: join(home, 'none'),
      AWS_CONFIG_FILE: join(home, 'none'),
    };

    expect(await refused(['deploy', SAMPLE, '--only', 'ec2', '--target', 'aws'], nothing)).toMatchObject({
      code: 4,
      json: { error: { code: 'account/no-credentials' } },
    });
  });
});

test('without --json the same error is one line and its fix, on standard error', async () => {
  const { code, out, err } = await worklab(['plan', join(home, 'none.md')], { home });

  expect(code).toBe(3);
  expect(out).toBe('');
  expect(err).toMatch(/^error worklog\/not-found: .*none\.md.*\n {2}fix: .+\n$/);
});

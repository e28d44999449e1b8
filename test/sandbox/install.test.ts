// The installation: made once, never half. Real environments, without packages so that no network is needed.

import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureInstalled } from '../../lib/sandbox/install';
import { cacheDirectory, interpreterOf } from '../../lib/sandbox/paths';
import { withoutCredentials } from '../../lib/sandbox/run-program';

const cache = mkdtempSync(join(tmpdir(), 'worklab-cache-'));
const requirements = join(cache, 'requirements.txt');
const environment = { ...process.env, PIP_NO_INDEX: '1', PIP_RETRIES: '0' };

beforeEach(() => writeFileSync(requirements, '# none\n'));
afterAll(() => rmSync(cache, { recursive: true, maxRetries: 5 }));

const made = (): string[] => readdirSync(cache).filter((name) => name.startsWith('sandbox-'));

test('two at once make one environment, the third finds it, and a broken one is made anew', async () => {
  const options = { cache, requirements, environment };
  const steps: string[] = [];

  const both = await Promise.all([ensureInstalled(options), ensureInstalled(options)]);
  const third = await ensureInstalled({ ...options, onProgress: ({ step }) => steps.push(step) });

  expect(both[0].fresh).toBe(!both[1].fresh);
  expect(third).toEqual({ python: both[0].python, fresh: false });
  expect(steps).toEqual([]);
  expect(made()).toHaveLength(1);

  // What an interrupted installation leaves, and an environment whose Python was removed since.
  const [name = ''] = made();
  renameSync(join(cache, name), join(cache, `${name}.unfinished-1-abc`));
  mkdirSync(dirname(third.python), { recursive: true });
  symlinkSync(join(cache, 'no-such-python'), third.python);
  expect(await ensureInstalled(options)).toEqual({ python: third.python, fresh: true });
  expect(made()).toEqual([name]);
}, 120_000);

test('an installation that fails says what pip said, without passwords, and leaves nothing', async () => {
  const before = made();
  writeFileSync(requirements, `six==1.17.0 --hash=sha256:${'0'.repeat(64)}\n`);
  const PIP_FIND_LINKS = 'http://jane:s3cret@127.0.0.1:9/simple/';

  const error: unknown = await ensureInstalled({
    cache,
    requirements,
    environment: { ...environment, PIP_FIND_LINKS },
  }).catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({ code: 'sandbox/install-failed', message: expect.stringContaining('six==1.17.0') });
  expect(String(error)).not.toContain('s3cret');
  expect(made()).toEqual(before);
}, 60_000);

test('no user name or password of a URL stays in what is shown', () => {
  const text = 'Looking in http://jane:p@ss@index.example.com/simple, https://token@index.example.com and x@y';

  expect(withoutCredentials(text)).toBe(
    'Looking in http://***@index.example.com/simple, https://***@index.example.com and x@y',
  );
});

test('it lies in the cache directory of the platform', () => {
  const at = (platform: NodeJS.Platform, environment_: NodeJS.ProcessEnv): string =>
    cacheDirectory({ platform, environment: environment_ });

  expect(at('linux', { XDG_CACHE_HOME: '/var/cache/me' })).toBe(join('/var/cache/me', 'worklab'));
  expect(at('linux', { XDG_CACHE_HOME: 'relative' })).toMatch(/\.cache.worklab$/);
  expect(at('darwin', {})).toMatch(/Library.Caches.worklab$/);
  expect(at('win32', { LOCALAPPDATA: 'C:\\Users\\me\\AppData\\Local' })).toBe(
    join('C:\\Users\\me\\AppData\\Local', 'worklab'),
  );
  expect(interpreterOf('x', 'win32')).toBe(join('x', 'Scripts', 'python.exe'));
});

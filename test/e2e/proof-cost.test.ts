// What a proof costs: calls by kind, region and page, never one for each thing of others.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Calls, totalOf } from '../../lib/core/residue';
import { ROOT, worklab } from '../support/cli';
import { makeStrangers } from '../support/strangers';

jest.setTimeout(240_000);
const WORKLOG = join(ROOT, 'labs', 'weeks', 'week-04.md');
/** Of eight kinds in turn; the smallest page among them holds 50 (log groups). */
const STRANGERS = 480;
const SMALLEST_PAGE = 10;

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'worklab-cost-'));
});
afterEach(async () => {
  await worklab(['sandbox', 'stop'], { home });
  rmSync(home, { recursive: true, force: true });
});

test('480 things of others cost pages, not calls of their own; in all a tenth of what the best-known sweeper asks', async () => {
  const run = <Document>(...words: string[]) => worklab<Document>([...words, '--json'], { home });
  const { endpoint } = (await run<{ endpoint: string }>('sandbox', 'start')).json;
  await run('deploy', WORKLOG, '--only', 'ec2,iam', '--starter');
  const calls = async (): Promise<Calls> => (await run<{ calls: Calls }>('prove')).json.calls;

  const alone = await calls();
  await makeStrangers(endpoint, STRANGERS);
  const among = await calls();

  expect(totalOf(among)).toBeGreaterThan(totalOf(alone)); // they are there: the lists have more pages
  expect(totalOf(among) - totalOf(alone)).toBeLessThanOrEqual(STRANGERS / SMALLEST_PAGE);
  for (const [call, times] of Object.entries(among)) {
    expect([call, times - (alone[call] ?? 0) < STRANGERS / 8]).toEqual([call, true]);
  }
  expect(totalOf(alone)).toBeLessThanOrEqual(136);
});

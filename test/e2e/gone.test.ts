// A run whose ground has shifted: its lab's folder is gone, its stack was deleted by hand, somebody else destroys it too.

import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import type { Proof } from '../../lib/core/residue';
import { ROOT, worklab } from '../support/cli';
import { clientConfig } from '../support/client-config';
import { inProcess } from '../support/in-process';

const WORKLOG = join(ROOT, 'labs', 'weeks', 'week-04.md');
jest.setTimeout(240_000);

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'worklab-gone-'));
});
afterEach(async () => {
  await worklab(['sandbox', 'stop'], { home });
  rmSync(home, { recursive: true, force: true });
});

interface Destroyed {
  readonly proven: boolean;
  readonly proofs: readonly Proof[];
}
const run = <Document>(...words: string[]) => worklab<Document>([...words, '--json'], { home });

/** A checkout with this lab alone. */
function checkoutWith(lab: string): string {
  const root = join(home, 'checkout');
  mkdirSync(root);
  for (const shared of ['lib', 'node_modules']) symlinkSync(join(ROOT, shared), join(root, shared));
  cpSync(join(ROOT, 'labs', lab), join(root, 'labs', lab), { recursive: true });
  return root;
}

test('without the lab’s folder everything that can be found goes, what only it knew is told, and nothing is proven', async () => {
  const { json } = await run<{ run: string }>('deploy', WORKLOG, '--only', 'ec2');

  const blind = await inProcess<Destroyed>(['destroy', json.run, '--yes'], { home, root: checkoutWith('network') });
  const whole = await run<Destroyed>('destroy', json.run, '--yes');

  expect(blind).toMatchObject({ code: 7, json: { proven: false } });
  expect(blind.json.proofs.filter(({ status }) => status !== 'clean')).toEqual([
    expect.objectContaining({
      kind: 'lab:ec2',
      status: 'unknown',
      reason: expect.stringContaining('bring the folder back'),
    }),
  ]);
  expect(whole).toMatchObject({ code: 0, json: { proven: true, removed: [] } });
});

test('a stack deleted by hand, and two destroys at once: one does the job, the other says that it is being done', async () => {
  const { endpoint } = (await run<{ endpoint: string }>('sandbox', 'start')).json;
  const { json } = await run<{ run: string }>('deploy', WORKLOG, '--only', 'ec2');
  const client = new CloudFormationClient(clientConfig(endpoint));
  await client.send(new DeleteStackCommand({ StackName: `worklab-${json.run}-ec2` }));

  const both = await Promise.all([
    run<Destroyed>('destroy', json.run, '--yes'),
    run<Destroyed>('destroy', json.run, '--yes'),
  ]);
  const after = await run<Destroyed>('destroy', json.run, '--yes');

  const codes = both.map(({ code }) => code);
  expect(codes).toContain(0);
  for (const { code, json: said } of both) {
    expect(said).toMatchObject(code === 0 ? { proven: true } : { error: { code: 'destroy/busy' } });
  }
  expect(after).toMatchObject({ code: 0, json: { proven: true } });
});

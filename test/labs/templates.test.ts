// Every template of every lab, in both forms, under the rules of CDK's validation and of cfn-lint, and ours.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SynthesizedStack } from '../../lib/core/assembly';
import { type Form, scopeOf } from '../../lib/core/run';
import { inOrder } from '../../lib/plan/order';
import { discoverLabs } from '../../lib/registry/discover';
import { synthesize } from '../../lib/synth/synthesize';
import { ROOT } from '../support/cli';
import { runPython } from '../support/python';

const labs = discoverLabs(join(ROOT, 'labs'));
const FORMS: readonly Form[] = ['full', 'starter'];
const nothingIsKnown = { has: () => false, add: () => {} };
/** Two Python environments may have to be made first. */
jest.setTimeout(300_000);

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'worklab-templates-'));
});
afterEach(() => rmSync(outdir, { recursive: true, force: true }));

const all = (form: Form): Promise<SynthesizedStack[]> =>
  synthesize(
    {
      labs,
      order: inOrder(labs.keys(), labs),
      scope: scopeOf('sample'),
      form,
      region: 'us-east-1',
      expires: '2026-11-22T14:00:00.000Z',
      allowed: new Set([...labs.values()].flatMap(({ exercises }) => exercises.map(({ id }) => id))),
      outdir: join(outdir, 'assembly'),
    },
    nothingIsKnown,
  );

test.each(FORMS)("CDK's validation finds nothing in the %s form, and no bootstrap is named", async (form) => {
  const stacks = await all(form);
  const manifest = readFileSync(join(outdir, 'assembly', 'manifest.json'), 'utf8');

  expect(stacks.length).toBeGreaterThan(0);
  expect(manifest).not.toMatch(
    /assumeRoleArn|cloudFormationExecutionRoleArn|requiresBootstrapStackVersion|cdk-hnb659fds/,
  );
  expect(manifest).not.toMatch(/cdk:asset"/);
  for (const { name, template } of stacks) {
    const types = Object.values(template.Resources ?? {}).map(({ Type }) => Type);
    expect([
      name,
      types.filter((type) => /^(?:AWS::Lambda::|Custom::|AWS::CloudFormation::CustomResource)/.test(type)),
    ]).toEqual([name, []]);
    expect([name, Object.keys(template.Parameters ?? {}).filter((key) => /Bootstrap|Asset/i.test(key))]).toEqual([
      name,
      [],
    ]);
  }
});

/** cfn-lint has no `python -m`; this is what its program does. */
const CFN_LINT = [
  '-c',
  'import sys; from cfnlint import runner; sys.exit(runner.main())',
  '--non-zero-exit-code',
  'error',
];

test.each(FORMS)('cfn-lint finds no error in the %s form', async (form) => {
  await all(form);
  const templates = readdirSync(join(outdir, 'assembly')).filter((file) => file.endsWith('.template.json'));

  const { code, text } = await runPython([...CFN_LINT, ...templates.map((file) => join(outdir, 'assembly', file))]);

  expect({ code, errors: text.split('\n').filter((line) => /^E\d/.test(line)) }).toEqual({ code: 0, errors: [] });
});

test('cfn-lint does find an error that is there', async () => {
  const file = join(outdir, 'wrong.template.json');
  writeFileSync(file, JSON.stringify({ Resources: { Volume: { Type: 'AWS::EC2::Volume', Properties: { Sise: 1 } } } }));

  const { code, text } = await runPython([...CFN_LINT, file]);

  expect(code).not.toBe(0);
  expect(text).toContain('Sise');
});

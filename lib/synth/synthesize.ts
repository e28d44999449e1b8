// Plan → cloud assembly on the disk. Each template is validated once: what passed is remembered by its hash.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SynthesizedStack, Template } from '../core/assembly';
import { messageOf, WorklabError } from '../core/errors';
import { type BuildOptions, buildApp } from './build-app';

/** Remembers which templates have passed CloudFormation's rules. */
export interface ValidatedTemplates {
  readonly has: (hash: string) => boolean;
  readonly add: (hashes: readonly string[]) => void;
}

type SynthesizeOptions = Omit<BuildOptions, 'validate'> & { readonly outdir: string };

/** Writes the assembly to `outdir`. Throws deploy/invalid-template with CloudFormation's findings. */
export async function synthesize(
  options: SynthesizeOptions,
  validated: ValidatedTemplates,
): Promise<SynthesizedStack[]> {
  const stacks = (await buildApp({ ...options, validate: false })).synth().stacks.map((artifact) => ({
    name: artifact.stackName,
    lab: artifact.tags['worklab:lab'] ?? '',
    region: artifact.environment.region,
    text: readFileSync(artifact.templateFullPath, 'utf8'),
  }));
  const hashes = stacks.map(({ text, region }) => hashOf(text, options.scope.run, region));
  if (!hashes.every((hash) => validated.has(hash))) {
    await validate(options);
    validated.add(hashes);
  }
  return stacks.map(({ text, ...stack }) => ({ ...stack, template: JSON.parse(text) as Template }));
}

/** The version of CloudFormation's rules that aws-cdk-lib brings. Does not load the library. */
export const rulesVersion = (): string => (require('aws-cdk-lib/package.json') as { version: string }).version;

async function validate(options: SynthesizeOptions): Promise<void> {
  const outdir = join(options.outdir, '..', 'validation');
  const app = await buildApp({ ...options, outdir, validate: true });
  try {
    app.synth();
  } catch (cause) {
    throw new WorklabError('deploy/invalid-template', {
      what: `CloudFormation would refuse a template: ${messageOf(cause)}`,
      fix: "correct the lab's stack.ts; nothing was deployed",
      cause,
    });
  }
}

// The run's id is in every name, and no rule depends on it: without it the hash is the same for every run.
const hashOf = (text: string, run: string, region: string): string =>
  createHash('sha256')
    .update(`${region}\n${text.replaceAll(run, '<run>')}`)
    .digest('hex');

// Lab → the templates of its stacks, as the tests look at them: one app for each form, without an account.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Form } from '../../lib/core/run';
import { scopeOf } from '../../lib/core/run';
import type { Lab } from '../../lib/kit';
import { buildApp } from '../../lib/synth/build-app';

export interface TemplateJson {
  readonly Parameters?: Readonly<Record<string, { readonly Type: string; readonly Default?: unknown }>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Synthesized {
  /** By stack name without the run: "ec2", or "backup-copy". */
  readonly templates: Readonly<Record<string, TemplateJson>>;
  /** Types of everything else in the assembly, for example "cdk:asset-manifest". */
  readonly artifacts: readonly string[];
  /** Context that CDK would have to look up in the account. */
  readonly missing: readonly unknown[];
}

interface Options {
  readonly run?: string;
  readonly account?: string;
  /** Ids of guarded exercises that are let in. */
  readonly allowed?: ReadonlySet<string>;
}

/** Synthesizes a lab's stacks alone; what it needs of other labs is read at deployment. */
export async function synthesizeLab(id: string, lab: Lab, form: Form, options: Options = {}): Promise<Synthesized> {
  const { run = 'abc123', account, allowed = new Set<string>() } = options;
  const outdir = mkdtempSync(join(tmpdir(), 'worklab-synth-'));
  try {
    const app = await buildApp({
      labs: new Map([[id, { ...lab, needs: [] }]]),
      order: [id],
      scope: scopeOf(run),
      form,
      region: 'us-east-1',
      expires: '2026-11-22T16:00:00.000Z',
      allowed,
      outdir,
      validate: false,
      ...(account === undefined ? {} : { account }),
    });
    const assembly = app.synth();
    return {
      templates: Object.fromEntries(
        assembly.stacks.map((stack) => [
          stack.stackName.slice(`${scopeOf(run).prefix}-`.length),
          JSON.parse(readFileSync(stack.templateFullPath, 'utf8')) as TemplateJson,
        ]),
      ),
      artifacts: Object.values(assembly.manifest.artifacts ?? {}).map(({ type }) => type),
      missing: assembly.manifest.missing ?? [],
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

// The CDK process named in cdk.json: the sample week, or another worklog, as an app that plain `cdk` commands can use.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { parseWith } from '../lib/cli/options';
import { RUN_ID, scopeOf } from '../lib/core/run';
import { makePlan } from '../lib/plan/plan';
import { refuseUnknownExercises } from '../lib/plan/unknown-exercise';
import { discoverLabs, servicesOf } from '../lib/registry/discover';
import { buildApp } from '../lib/synth/build-app';
import { parseWorklog } from '../lib/worklog/parse';

const FAR_AWAY = '9999-12-31T00:00:00.000Z';

async function main(): Promise<void> {
  const context = new App({ autoSynth: false }).node;
  const file = String(context.tryGetContext('worklog') ?? 'labs/weeks/week-04.md');
  const run = String(context.tryGetContext('run') ?? 'sample');
  if (!RUN_ID.test(run)) throw new Error(`-c run=${run}: a run is a small letter and five small letters or digits`);
  const region = process.env.CDK_DEFAULT_REGION ?? 'us-east-1';
  const labs = discoverLabs(join(__dirname, '..', 'labs'));
  const manifest = parseWorklog(readFileSync(file, 'utf8'), { file, labs: servicesOf(labs) });
  const { labs: order } = makePlan(manifest, { labs, target: 'aws', region });
  const allowed = new Set(parseWith(context.tryGetContext('with')));
  refuseUnknownExercises(labs, allowed);
  const form = context.tryGetContext('starter') === undefined ? 'full' : 'starter';
  const app = await buildApp({
    labs,
    order,
    scope: scopeOf(run),
    form,
    region,
    expires: FAR_AWAY,
    allowed,
    validate: true,
  });
  app.synth();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});

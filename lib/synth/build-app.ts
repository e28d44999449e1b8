// Plan → cdk.App: one stack per entry of each lab's list, in the labs' order, marked as the run's.

import { App } from 'aws-cdk-lib';
import type { Form, RunScope } from '../core/run';
import { stackName } from '../core/stack-name';
import type { LabStack } from '../kit/stack';
import type { Labs } from '../registry/discover';

export interface BuildOptions {
  readonly labs: Labs;
  /** Ids of the labs to build, each after what it needs. */
  readonly order: readonly string[];
  readonly scope: RunScope;
  readonly form: Form;
  readonly region: string;
  readonly account?: string;
  /** ISO 8601; every stack says when its run ends. */
  readonly expires: string;
  readonly allowed: ReadonlySet<string>;
  readonly outdir?: string;
  /** CloudFormation's own rules over every template: seconds and hundreds of megabytes. */
  readonly validate: boolean;
}

/** The app of a run. Loads the stacks' code of the labs in `order`, no other. */
export async function buildApp(options: BuildOptions): Promise<App> {
  const app = new App({
    analyticsReporting: false,
    ...(options.validate ? {} : { builtinCloudFormationValidation: false }),
    ...(options.outdir === undefined ? {} : { outdir: options.outdir }),
    context: { '@aws-cdk/core:validateAgainstDefaultRules': true },
  });
  const built = new Map<string, LabStack[]>();
  for (const id of options.order) {
    const stacks = await buildLab(app, id, options);
    const needs = options.labs.get(id)?.needs ?? [];
    for (const stack of stacks)
      for (const need of needs.flatMap((lab) => built.get(lab) ?? [])) stack.addStackDependency(need);
    built.set(id, stacks);
  }
  return app;
}

async function buildLab(app: App, id: string, options: BuildOptions): Promise<LabStack[]> {
  const { scope, form, region, account, allowed, expires } = options;
  const stacks: LabStack[] = [];
  for (const definition of options.labs.get(id)?.stacks ?? []) {
    const Stack = await definition.load();
    const name = stackName(id, definition.id);
    const made = new Stack(app, name, {
      scope,
      lab: id,
      form,
      allowed,
      stackName: `${scope.prefix}-${name}`,
      env: { region: definition.region ?? region, ...(account === undefined ? {} : { account }) },
      tags: { [scope.tag.key]: scope.tag.value, 'worklab:lab': id, 'worklab:expires': expires },
    });
    stacks.push(made);
  }
  return stacks;
}

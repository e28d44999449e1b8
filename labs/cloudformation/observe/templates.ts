// What stacks were made from, and what their templates ask for and make known.

import {
  GetTemplateCommand,
  GetTemplateSummaryCommand,
  paginateListExports,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { type Aws, collect, items, type RunScope } from '../../../lib/kit';
import { cloudFormation, learners, type Stack, stacksOfRun } from './stacks';

export interface Deployed {
  readonly name: string;
  readonly status: string;
  /** What its template is written in. */
  readonly format: 'JSON' | 'YAML';
  /** Resources that stand. */
  readonly resources: number;
}

export async function deployed(aws: Aws, scope: RunScope): Promise<Deployed[]> {
  const found: Deployed[] = [];
  for (const stack of learners(await stacksOfRun(aws, scope))) {
    // A stack in review has no template yet.
    if (stack.status === 'REVIEW_IN_PROGRESS') continue;
    const asked = new GetTemplateCommand({ StackName: stack.id, TemplateStage: 'Original' });
    const { TemplateBody = '' } = await cloudFormation(aws).send(asked);
    found.push({
      name: stack.name,
      status: stack.status,
      format: formatOf(TemplateBody),
      resources: await standing(aws, stack),
    });
  }
  return found;
}

export function formatOf(body: string): Deployed['format'] {
  try {
    JSON.parse(body);
    return 'JSON';
  } catch {
    return 'YAML';
  }
}

async function standing(aws: Aws, { id }: Stack): Promise<number> {
  const pages = paginateListStackResources({ client: cloudFormation(aws) }, { StackName: id });
  const all = await collect(items(pages, (page) => page.StackResourceSummaries));
  return all.filter(({ ResourceStatus = '' }) => /^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(ResourceStatus)).length;
}

export interface Interface {
  readonly name: string;
  readonly status: string;
  readonly parameters: readonly { readonly name: string; readonly limited: boolean; readonly hidden: boolean }[];
  readonly outputs: readonly string[];
  /** Exports that other stacks can import now. */
  readonly exports: readonly string[];
}

/** The learner's stacks and this lab's own: what each asks, and what it tells. */
export async function interfaces(aws: Aws, scope: RunScope): Promise<Interface[]> {
  const all = await stacksOfRun(aws, scope);
  const exported = await collect(
    items(paginateListExports({ client: cloudFormation(aws) }, {}), (page) => page.Exports),
  );
  const found: Interface[] = [];
  for (const stack of [...learners(all), ...all.filter(({ lab }) => lab === OWN_LAB)]) {
    if (stack.status === 'REVIEW_IN_PROGRESS') continue;
    found.push({
      name: stack.name,
      status: stack.status,
      parameters: await parametersOf(aws, stack),
      outputs: stack.outputs.map(({ key }) => key),
      exports: exported.flatMap(({ ExportingStackId, Name }) => (ExportingStackId === stack.id ? (Name ?? []) : [])),
    });
  }
  return found;
}

const OWN_LAB = 'cloudformation';

async function parametersOf(aws: Aws, { id }: Stack): Promise<Interface['parameters']> {
  const { Parameters = [] } = await cloudFormation(aws).send(new GetTemplateSummaryCommand({ StackName: id }));
  return Parameters.map(({ ParameterKey = '', NoEcho = false, ParameterConstraints }) => ({
    name: ParameterKey,
    limited: (ParameterConstraints?.AllowedValues ?? []).length > 0,
    hidden: NoEcho,
  }));
}

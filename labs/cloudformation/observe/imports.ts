// Exports of the learner's stacks, and the stacks that import them.

import {
  CloudFormationServiceException,
  paginateListExports,
  paginateListImports,
} from '@aws-sdk/client-cloudformation';
import { type Aws, collect, items, type RunScope } from '../../../lib/kit';
import { cloudFormation, learners, stacksOfRun } from './stacks';

export interface Shared {
  readonly name: string;
  readonly exporter: string;
  readonly importers: readonly string[];
}

export async function shared(aws: Aws, scope: RunScope): Promise<Shared[]> {
  const mine = new Map(learners(await stacksOfRun(aws, scope)).map(({ id, name }) => [id, name]));
  const pages = paginateListExports({ client: cloudFormation(aws) }, {});
  const found: Shared[] = [];
  for await (const { ExportingStackId = '', Name: name = '' } of items(pages, (page) => page.Exports)) {
    const exporter = mine.get(ExportingStackId);
    if (exporter !== undefined) found.push({ name, exporter, importers: await importersOf(aws, name) });
  }
  return found;
}

/** An export that nobody imports is answered with an error. */
async function importersOf(aws: Aws, ExportName: string): Promise<string[]> {
  try {
    const pages = paginateListImports({ client: cloudFormation(aws) }, { ExportName });
    return await collect(items(pages, (page) => page.Imports));
  } catch (error) {
    if (error instanceof CloudFormationServiceException && /not imported/.test(error.message)) return [];
    throw error;
  }
}

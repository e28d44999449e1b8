// SSM parameters under the run's name, tag or stacks: the values that the run's stacks publish for each other, and a learner's.

import {
  DeleteParameterCommand,
  type ParameterStringFilter,
  paginateDescribeParameters,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { items, type Sweeper, type SweepScope, unlessGone } from '../../kit';

/** So many values does a filter take (API reference, ParameterStringFilter, 2026-11-25). */
const VALUES_AT_ONCE = 50;

export const parameters: Sweeper = {
  kind: 'ssm:parameter',

  // The list carries no tags, so the service filters. A parameter may answer to two filters.
  async *list(aws, scope) {
    const names = new Set<string>();
    for (const filter of filtersFor(scope)) {
      const pages = paginateDescribeParameters({ client: aws.client(SSMClient) }, { ParameterFilters: [filter] });
      for await (const { Name } of items(pages, (page) => page.Parameters)) if (Name !== undefined) names.add(Name);
    }
    for (const id of names) yield { kind: 'ssm:parameter', id };
  },

  remove: (aws, { id: Name }) =>
    unlessGone(['ParameterNotFound'], () => aws.client(SSMClient).send(new DeleteParameterCommand({ Name }))),
};

/** By the beginnings of names, by the tag, and by the paths that the run owns beside its own: a path begins with a slash. */
function filtersFor({ prefix, tag, owned }: SweepScope): ParameterStringFilter[] {
  const others = [...owned].filter((id) => /^\/[\w./-]+$/.test(id) && !id.startsWith(`/${prefix}/`));
  const filters = [
    { Key: 'Name', Option: 'BeginsWith', Values: [`/${prefix}/`, `${prefix}-`] },
    { Key: `tag:${tag.key}`, Option: 'Equals', Values: [tag.value] },
  ];
  for (let at = 0; at < others.length; at += VALUES_AT_ONCE) {
    filters.push({ Key: 'Name', Option: 'Equals', Values: others.slice(at, at + VALUES_AT_ONCE) });
  }
  return filters;
}

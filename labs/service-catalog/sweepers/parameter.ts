// SSM parameters under the name or tag of the run: where the stacks of the versions say who they are.

import { DeleteParameterCommand, paginateDescribeParameters, SSMClient } from '@aws-sdk/client-ssm';
import { items, type Sweeper, unlessGone } from '../../../lib/kit';

export const parameters: Sweeper = {
  kind: 'ssm:parameter',

  // The list carries no tags, so the service filters: once by the beginnings of names, once by the tag.
  async *list(aws, { prefix, tag }) {
    const client = aws.client(SSMClient);
    const names = new Set<string>();
    for (const filter of [
      { Key: 'Name', Option: 'BeginsWith', Values: [`/${prefix}/`, `${prefix}-`] },
      { Key: `tag:${tag.key}`, Option: 'Equals', Values: [tag.value] },
    ]) {
      const pages = paginateDescribeParameters({ client }, { ParameterFilters: [filter] });
      for await (const { Name } of items(pages, (page) => page.Parameters)) if (Name !== undefined) names.add(Name);
    }
    for (const id of names) yield { kind: 'ssm:parameter', id };
  },

  remove: (aws, { id }) =>
    unlessGone(['ParameterNotFound'], () => aws.client(SSMClient).send(new DeleteParameterCommand({ Name: id }))),
};

// Parameters of the run in us-east-1: the external id, where its stack did not take it away.

import { DeleteParameterCommand, paginateDescribeParameters, SSMClient } from '@aws-sdk/client-ssm';
import { isMarked, items, type Sweeper, unlessGone } from '../../../lib/kit';
import { HOME } from '../facts';

export const parameters: Sweeper = {
  kind: 'ssm:parameter',
  regions: [HOME],

  async *list(aws, scope) {
    const pages = paginateDescribeParameters({ client: aws.client(SSMClient) }, {});
    for await (const { Name: id } of items(pages, (page) => page.Parameters)) {
      if (id !== undefined && (isMarked(scope, { names: [id] }) || scope.owned.has(id)))
        yield { kind: 'ssm:parameter', id };
    }
  },

  remove: (aws, { id: Name }) =>
    unlessGone(['ParameterNotFound'], () => aws.client(SSMClient).send(new DeleteParameterCommand({ Name }))),
};

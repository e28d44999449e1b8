// What a run can leave behind in Access Analyzer. Trails, parameters, buckets and whatever else is here are swept for every lab.

import { AccessAnalyzerClient, DeleteAnalyzerCommand, paginateListAnalyzers } from '@aws-sdk/client-accessanalyzer';
import { isMarked, items, type Sweeper, unlessGone } from '../../lib/kit';

/** CloudFormation knows an analyzer by its ARN. */
const analyzers: Sweeper = {
  kind: 'access-analyzer:analyzer',

  async *list(aws, scope) {
    const pages = paginateListAnalyzers({ client: aws.client(AccessAnalyzerClient) }, {});
    for await (const { arn: id, name, tags = {} } of items(pages, (page) => page.analyzers)) {
      const marks = { names: [name], tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
      if (id !== undefined && (isMarked(scope, marks) || scope.owned.has(id))) {
        yield { kind: 'access-analyzer:analyzer', id };
      }
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['ResourceNotFoundException'], () =>
      aws.client(AccessAnalyzerClient).send(new DeleteAnalyzerCommand({ analyzerName: id.split('/').at(-1) })),
    ),
};

export const sweepers: readonly Sweeper[] = [analyzers];

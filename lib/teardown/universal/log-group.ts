// Log groups named after the run, wherever in the name: "/aws/rds/instance/worklab-<run>-db/error".

import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs';
import { isMarked, items, type Sweeper, unlessGone } from '../../kit';

/** A service that still writes makes its group anew: it is looked for twice. */
export const logGroups: Sweeper = {
  kind: 'logs:log-group',
  late: true,

  async *list(aws, scope) {
    const pages = paginateDescribeLogGroups({ client: aws.client(CloudWatchLogsClient) }, {});
    for await (const { logGroupName: id } of items(pages, (page) => page.logGroups)) {
      if (id === undefined) continue;
      if (scope.owned.has(id) || isMarked(scope, { names: [id, ...id.split('/')] }))
        yield { kind: 'logs:log-group', id };
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['ResourceNotFoundException'], () =>
      aws.client(CloudWatchLogsClient).send(new DeleteLogGroupCommand({ logGroupName: id })),
    ),
};

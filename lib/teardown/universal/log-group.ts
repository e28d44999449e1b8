// Log groups named after the run or a thing of its, wherever in the name: "/aws/rds/instance/worklab-<run>-db/error".

import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs';
import { isMarked, items, type Sweeper, unlessGone } from '../../kit';
import { knownAs } from './owned';

/** A service that still writes makes its group anew: it is looked for twice. */
export const logGroups: Sweeper = {
  kind: 'logs:log-group',
  late: true,

  async *list(aws, scope) {
    const known = knownAs(scope);
    const pages = paginateDescribeLogGroups({ client: aws.client(CloudWatchLogsClient) }, {});
    for await (const { logGroupName: id } of items(pages, (page) => page.logGroups)) {
      if (id === undefined) continue;
      const isOfRun = scope.owned.has(id) || isMarked(scope, { names: [id, ...id.split('/')] });
      if (isOfRun || writersOf(id).some((writer) => known.has(writer))) yield { kind: 'logs:log-group', id };
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['ResourceNotFoundException'], () =>
      aws.client(CloudWatchLogsClient).send(new DeleteLogGroupCommand({ logGroupName: id })),
    ),
};

/** A service names a group after who writes: "/aws/storagegateway/sgw-1", "/aws/rds/instance/orders/error". */
const writersOf = (name: string): string[] => (name.startsWith('/aws/') ? name.split('/').slice(3) : []);

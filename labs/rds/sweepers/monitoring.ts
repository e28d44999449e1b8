// Where enhanced monitoring writes, for every database of the account: no run's own. A database's logs are swept for every lab.

import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs';
import { items, type Sweeper, unlessGone } from '../../../lib/kit';

const OF_ALL = 'RDSOSMetrics';

export const monitoringLogs: Sweeper = {
  kind: 'logs:log-group',
  after: ['rds:db'],

  async *list(aws, { since }) {
    const pages = paginateDescribeLogGroups(
      { client: aws.client(CloudWatchLogsClient) },
      { logGroupNamePrefix: OF_ALL },
    );
    for await (const { logGroupName: id, creationTime = 0 } of items(pages, (page) => page.logGroups)) {
      if (id === OF_ALL && creationTime >= new Date(since).getTime()) {
        yield { kind: 'logs:log-group', id, why: 'made during the run, for every database of the account' };
      }
    }
  },

  remove: (aws, { id: logGroupName }) =>
    unlessGone(['ResourceNotFoundException'], () =>
      aws.client(CloudWatchLogsClient).send(new DeleteLogGroupCommand({ logGroupName })),
    ),
};

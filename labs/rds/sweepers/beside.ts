// What stays beside a database that is gone: alarms, a dashboard, its logs, the topic.

import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DeleteDashboardsCommand,
  type DescribeAlarmsCommandOutput,
  ListTagsForResourceCommand,
  type MetricAlarm,
  paginateDescribeAlarms,
  paginateListDashboards,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs';
import * as SNS from '@aws-sdk/client-sns';
import { DeleteTopicCommand, paginateListTopics, SNSClient } from '@aws-sdk/client-sns';
import { type Aws, isMarked, items, type Sweeper, type SweepScope, unlessGone } from '../../../lib/kit';
import { nameOf, standing } from './databases';

export const alarms: Sweeper = {
  kind: 'cloudwatch:alarm',

  async *list(aws, scope) {
    const query = { AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const] };
    const pages = paginateDescribeAlarms({ client: aws.client(CloudWatchClient) }, query);
    for await (const alarm of items(pages, alarmsOf)) {
      const { AlarmName: id, AlarmArn, Dimensions = [] } = alarm;
      if (id === undefined) continue;
      const watchesOwned = Dimensions.some(({ Value = '' }) => scope.owned.has(Value));
      if (isMarked(scope, { names: [id] }) || watchesOwned || (await isTagged(aws, scope, AlarmArn))) {
        yield { kind: 'cloudwatch:alarm', id };
      }
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['ResourceNotFound'], () =>
      aws.client(CloudWatchClient).send(new DeleteAlarmsCommand({ AlarmNames: [id] })),
    ),
};

const alarmsOf = ({ MetricAlarms, CompositeAlarms = [] }: DescribeAlarmsCommandOutput): MetricAlarm[] | undefined =>
  MetricAlarms && [...MetricAlarms, ...CompositeAlarms];

/** The list of alarms carries no tags: each alarm that nothing else tells of is asked. */
async function isTagged(aws: Aws, scope: SweepScope, ResourceARN: string | undefined): Promise<boolean> {
  let tagged = false;
  await unlessGone(['ResourceNotFoundException'], async () => {
    const { Tags } = await aws.client(CloudWatchClient).send(new ListTagsForResourceCommand({ ResourceARN }));
    tagged = isMarked(scope, { tags: Tags });
  });
  return tagged;
}

export const dashboards: Sweeper = {
  kind: 'cloudwatch:dashboard',

  async *list(aws, scope) {
    const pages = paginateListDashboards({ client: aws.client(CloudWatchClient) }, {});
    for await (const { DashboardName: id } of items(pages, (page) => page.DashboardEntries)) {
      if (id !== undefined && (isMarked(scope, { names: [id] }) || scope.owned.has(id))) {
        yield { kind: 'cloudwatch:dashboard', id };
      }
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['ResourceNotFound', 'DashboardNotFoundError'], () =>
      aws.client(CloudWatchClient).send(new DeleteDashboardsCommand({ DashboardNames: [id] })),
    ),
};

const OF_DATABASES = '/aws/rds/instance/';
/** Where enhanced monitoring writes, for every database of the account. */
const OF_ALL = 'RDSOSMetrics';

export const logGroups: Sweeper = {
  kind: 'logs:log-group',
  // A database that stands goes on writing, and one that is being deleted writes its last lines: their groups come after.
  after: ['rds:db'],

  async *list(aws, scope) {
    const there = await standing(aws);
    const pages = paginateDescribeLogGroups({ client: aws.client(CloudWatchLogsClient) }, {});
    for await (const { logGroupName: id = '', creationTime = 0 } of items(pages, (page) => page.logGroups)) {
      const database = id.startsWith(OF_DATABASES) ? (id.slice(OF_DATABASES.length).split('/')[0] ?? '') : '';
      if (there.has(database)) continue;
      if (isMarked(scope, { names: [id, database] }) || scope.owned.has(database) || scope.owned.has(id)) {
        yield { kind: 'logs:log-group', id };
      } else if (id === OF_ALL && creationTime >= new Date(scope.since).getTime()) {
        yield { kind: 'logs:log-group', id, why: 'made during the run, for every database of the account' };
      }
    }
  },

  remove: (aws, { id: logGroupName }) =>
    unlessGone(['ResourceNotFoundException'], () =>
      aws.client(CloudWatchLogsClient).send(new DeleteLogGroupCommand({ logGroupName })),
    ),
};

export const topics: Sweeper = {
  kind: 'sns:topic',
  after: ['rds:es', 'cloudwatch:alarm'],

  async *list(aws, scope) {
    const client = aws.client(SNSClient);
    for await (const { TopicArn: id } of items(paginateListTopics({ client }, {}), (page) => page.Topics)) {
      if (id === undefined) continue;
      const known = isMarked(scope, { names: [nameOf(id)] }) || scope.owned.has(id);
      if (known || (await hasTag(client, scope, id))) yield { kind: 'sns:topic', id };
    }
  },

  remove: (aws, { id: TopicArn }) =>
    unlessGone(['NotFound', 'NotFoundException'], () =>
      aws.client(SNSClient).send(new DeleteTopicCommand({ TopicArn })),
    ),
};

async function hasTag(client: SNSClient, scope: SweepScope, ResourceArn: string): Promise<boolean> {
  let tagged = false;
  await unlessGone(['ResourceNotFoundException', 'ResourceNotFound'], async () => {
    const { Tags } = await client.send(new SNS.ListTagsForResourceCommand({ ResourceArn }));
    tagged = isMarked(scope, { tags: Tags });
  });
  return tagged;
}

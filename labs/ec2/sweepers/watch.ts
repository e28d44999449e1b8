// CloudWatch alarms and dashboards: they stay when what they watch is gone.

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
import { type Aws, isMarked, items, type Sweeper, type SweepScope, unlessGone } from '../../../lib/kit';

export const alarms: Sweeper = {
  kind: 'cloudwatch:alarm',

  async *list(aws, scope) {
    const query = { AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const] };
    const pages = paginateDescribeAlarms({ client: aws.client(CloudWatchClient) }, query);
    for await (const alarm of items(pages, alarmsOf)) {
      const { AlarmName: id, AlarmArn } = alarm;
      if (id === undefined) continue;
      const isOfRun =
        isMarked(scope, { names: [id] }) || watchesOwned(alarm, scope) || (await isTagged(aws, scope, AlarmArn));
      if (isOfRun) yield { kind: 'cloudwatch:alarm', id };
    }
  },

  // Deleting several alarms deletes none if one is missing; deleting one that is missing is an error.
  remove: (aws, { id }) =>
    unlessGone(['ResourceNotFound'], () =>
      aws.client(CloudWatchClient).send(new DeleteAlarmsCommand({ AlarmNames: [id] })),
    ),
};

const alarmsOf = ({ MetricAlarms, CompositeAlarms = [] }: DescribeAlarmsCommandOutput): MetricAlarm[] | undefined =>
  MetricAlarms && [...MetricAlarms, ...CompositeAlarms];

const watchesOwned = ({ Dimensions = [], Metrics = [] }: MetricAlarm, { owned }: SweepScope): boolean =>
  [...Dimensions, ...Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric?.Dimensions ?? [])].some(({ Value = '' }) =>
    owned.has(Value),
  );

/** The list of alarms carries no tags: each alarm that nothing else tells of is asked. */
async function isTagged(aws: Aws, scope: SweepScope, arn: string | undefined): Promise<boolean> {
  let tags: readonly { Key?: string | undefined; Value?: string | undefined }[] = [];
  await unlessGone(['ResourceNotFoundException'], async () => {
    const answer = await aws.client(CloudWatchClient).send(new ListTagsForResourceCommand({ ResourceARN: arn }));
    tags = answer.Tags ?? [];
  });
  return isMarked(scope, { tags });
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

// CloudWatch alarms and dashboards: they stay when what they watch is gone.

import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DeleteDashboardsCommand,
  type DescribeAlarmsCommandOutput,
  type MetricAlarm,
  paginateDescribeAlarms,
  paginateListDashboards,
} from '@aws-sdk/client-cloudwatch';
import { isMarked, items, type Sweeper, taggedArns, unlessGone } from '../../kit';
import { knownAs } from './owned';

/** The run's by name, by tag, or by watching what is the run's. */
export const alarms: Sweeper = {
  kind: 'cloudwatch:alarm',

  async *list(aws, scope) {
    const tagged = await taggedArns(aws, scope, 'cloudwatch');
    const known = knownAs(scope);
    const query = { AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const] };
    const pages = paginateDescribeAlarms({ client: aws.client(CloudWatchClient) }, query);
    for await (const alarm of items(pages, alarmsOf)) {
      const { AlarmName: id, AlarmArn = '' } = alarm;
      if (id === undefined) continue;
      const isOfRun = isMarked(scope, { names: [id] }) || scope.owned.has(id) || tagged.has(AlarmArn);
      if (isOfRun || watches(alarm, known)) yield { kind: 'cloudwatch:alarm', id };
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

const watches = ({ Dimensions = [], Metrics = [] }: MetricAlarm, known: ReadonlySet<string>): boolean =>
  [...Dimensions, ...Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric?.Dimensions ?? [])].some(({ Value = '' }) =>
    known.has(Value),
  );

export const dashboards: Sweeper = {
  kind: 'cloudwatch:dashboard',
  regions: ['us-east-1'],

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

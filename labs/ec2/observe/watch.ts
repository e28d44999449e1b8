// What watches the run's machines: alarms on their metrics, and dashboards that show them.

import {
  CloudWatchClient,
  GetDashboardCommand,
  paginateDescribeAlarms,
  paginateListDashboards,
} from '@aws-sdk/client-cloudwatch';
import { type Aws, isMarked, items, type RunScope } from '../../../lib/kit';
import { machines } from './machines';

export interface Alarm {
  readonly name: string;
  readonly metric: string;
  readonly machine: string;
}

export interface Dashboard {
  readonly name: string;
  /** Machines of the run that it names. */
  readonly shows: readonly string[];
}

export interface Watch {
  readonly machines: readonly string[];
  readonly alarms: readonly Alarm[];
  readonly dashboards: readonly Dashboard[];
}

export async function watch(aws: Aws, scope: RunScope): Promise<Watch> {
  const ids = (await machines(aws, scope)).map(({ id }) => id);
  const client = aws.client(CloudWatchClient);
  const alarms: Alarm[] = [];
  for await (const { AlarmName, MetricName, Namespace, Dimensions = [] } of items(
    paginateDescribeAlarms({ client }, { AlarmTypes: ['MetricAlarm'] }),
    (page) => page.MetricAlarms,
  )) {
    const machine = Dimensions.find(({ Name }) => Name === 'InstanceId')?.Value ?? '';
    if (Namespace === 'AWS/EC2' && ids.includes(machine)) {
      alarms.push({ name: AlarmName ?? '', metric: MetricName ?? '', machine });
    }
  }
  const dashboards: Dashboard[] = [];
  for await (const { DashboardName: name = '' } of items(
    paginateListDashboards({ client }, {}),
    (page) => page.DashboardEntries,
  )) {
    if (!isMarked(scope, { names: [name] })) continue;
    const { DashboardBody = '' } = await client.send(new GetDashboardCommand({ DashboardName: name }));
    dashboards.push({ name, shows: ids.filter((id) => DashboardBody.includes(id)) });
  }
  return { machines: ids, alarms, dashboards };
}

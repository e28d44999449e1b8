// Alarms and dashboards that look at the run's gateways.

import {
  CloudWatchClient,
  GetDashboardCommand,
  paginateDescribeAlarms,
  paginateListDashboards,
} from '@aws-sdk/client-cloudwatch';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';
import { type Gateway, gateways } from './gateways';

export interface Alarm {
  readonly name: string;
  readonly metric: string;
  /** What counts when there is no data: a gateway that is off sends none. */
  readonly missingData: string;
}

export interface Watch {
  readonly gateways: readonly Gateway[];
  /** On metrics of Storage Gateway, of a gateway of the run. */
  readonly alarms: readonly Alarm[];
  /** Of the run, and with a metric of Storage Gateway in them. */
  readonly dashboards: readonly string[];
}

const NAMESPACE = 'AWS/StorageGateway';

export async function watch(aws: Aws, scope: RunScope): Promise<Watch> {
  const own = await gateways(aws, scope);
  const client = aws.client(CloudWatchClient);
  const ids = new Set(own.flatMap(({ id, name }) => [id, name]));
  const alarms = await collect(items(paginateDescribeAlarms({ client }, {}), (page) => page.MetricAlarms));
  return {
    gateways: own,
    alarms: alarms
      .filter(({ Namespace }) => Namespace === NAMESPACE)
      .filter(({ Dimensions = [] }) => Dimensions.some(({ Value = '' }) => ids.has(Value)))
      .map(({ AlarmName = '', MetricName = '', TreatMissingData = 'missing' }) => ({
        name: AlarmName,
        metric: MetricName,
        missingData: TreatMissingData,
      })),
    dashboards: await dashboards(client, scope),
  };
}

async function dashboards(client: CloudWatchClient, scope: RunScope): Promise<string[]> {
  const all = await collect(items(paginateListDashboards({ client }, {}), (page) => page.DashboardEntries));
  const shown: string[] = [];
  for (const DashboardName of all.flatMap((entry) => entry.DashboardName ?? [])) {
    if (!isMarked(scope, { names: [DashboardName] })) continue;
    const { DashboardBody = '' } = await client.send(new GetDashboardCommand({ DashboardName }));
    if (DashboardBody.includes(NAMESPACE)) shown.push(DashboardName);
  }
  return shown;
}

// What watches the run's databases: alarms on their metrics, logs that are exported, events that are told.

import { CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { paginateDescribeEventSubscriptions, RDSClient } from '@aws-sdk/client-rds';
import { type Aws, collect, items, type RunScope } from '../../../lib/kit';
import { type Database, databases } from './databases';

export interface Alarm {
  readonly name: string;
  readonly metric: string;
  /** Somebody is told when it goes off. */
  readonly tells: boolean;
}

export interface Subscription {
  readonly name: string;
  readonly enabled: boolean;
  /** RDS's own word: "topic-not-exist", "no-permission" where nobody can be told. */
  readonly status: string;
  /** Empty: all of them. */
  readonly categories: readonly string[];
}

export interface Watched extends Database {
  readonly alarms: readonly Alarm[];
  readonly subscriptions: readonly Subscription[];
}

export async function watched(aws: Aws, scope: RunScope): Promise<Watched[]> {
  const all = await databases(aws, scope);
  const client = aws.client(CloudWatchClient);
  const alarms = await collect(
    items(paginateDescribeAlarms({ client }, { AlarmTypes: ['MetricAlarm'] }), (page) => page.MetricAlarms),
  );
  const pages = paginateDescribeEventSubscriptions({ client: aws.client(RDSClient) }, {});
  const subscriptions = await collect(items(pages, (page) => page.EventSubscriptionsList));
  return all.map((database) => ({
    ...database,
    alarms: alarms
      .filter(
        ({ Namespace, Dimensions = [] }) =>
          Namespace === 'AWS/RDS' &&
          Dimensions.some(({ Name, Value }) => Name === 'DBInstanceIdentifier' && Value === database.id),
      )
      .map(({ AlarmName = '', MetricName = '', AlarmActions = [], ActionsEnabled }) => ({
        name: AlarmName,
        metric: MetricName,
        tells: AlarmActions.length > 0 && ActionsEnabled !== false,
      })),
    // One without a source type, or without ids, is about every source.
    subscriptions: subscriptions
      .filter(
        ({ SourceType, SourceIdsList = [] }) =>
          (SourceType === undefined || SourceType === 'db-instance') &&
          (SourceIdsList.length === 0 || SourceIdsList.includes(database.id)),
      )
      .map(({ CustSubscriptionId = '', Enabled = false, Status = 'unknown', EventCategoriesList = [] }) => ({
        name: CustSubscriptionId,
        enabled: Enabled,
        status: Status,
        categories: EventCategoriesList,
      })),
  }));
}

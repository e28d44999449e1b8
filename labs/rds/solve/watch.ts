// The exercise on watching → alarms, exported logs, an event subscription.

import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateEventSubscriptionCommand,
  ModifyEventSubscriptionCommand,
  paginateDescribeEventSubscriptions,
  RDSClient,
} from '@aws-sdk/client-rds';
import { type Aws, collect, items, meets, type RunScope } from '../../../lib/kit';
import { WATCHED } from '../demands/upkeep';
import { ALARMS, EVENTS, LOGS } from '../facts';
import { watched } from '../observe/watch';
import { modify, mysql } from './database';
import { tags, topicArn } from './ground';
import { tune } from './setup';

const FIVE_MINUTES = 300;

export async function watch(aws: Aws, scope: RunScope): Promise<void> {
  const { id, logs } = await mysql(aws, scope);
  const own = (await watched(aws, scope)).find((database) => database.id === id);
  if (own === undefined || meets(own, WATCHED)) return;
  const topic = await topicArn(aws, scope);
  const told = own.alarms.filter(({ tells }) => tells).map(({ metric }) => metric);
  for (const alarm of ALARMS.filter(({ metric }) => !told.includes(metric)))
    await putAlarm(aws, scope, alarm, id, topic);
  const missing = LOGS.filter((log) => !logs.includes(log));
  if (missing.includes('audit')) await tune(aws, scope); // there is no audit log without the option that writes it
  const change = { CloudwatchLogsExportConfiguration: { EnableLogTypes: missing } };
  await modify(aws, scope, id, change, 'exporting its logs', (database) =>
    LOGS.every((log) => database.logs.includes(log)),
  );
  await subscribe(aws, scope, id, topic);
}

async function putAlarm(
  aws: Aws,
  scope: RunScope,
  { metric, name, threshold, comparison }: (typeof ALARMS)[number],
  database: string,
  topic: string,
): Promise<void> {
  await aws.client(CloudWatchClient).send(
    new PutMetricAlarmCommand({
      AlarmName: `${scope.prefix}-${name}`,
      Namespace: 'AWS/RDS',
      MetricName: metric,
      Dimensions: [{ Name: 'DBInstanceIdentifier', Value: database }],
      Statistic: 'Average',
      Period: FIVE_MINUTES,
      EvaluationPeriods: 2,
      Threshold: threshold,
      ComparisonOperator: comparison,
      AlarmActions: [topic],
      Tags: tags(scope),
    }),
  );
}

async function subscribe(aws: Aws, scope: RunScope, database: string, SnsTopicArn: string): Promise<void> {
  const client = aws.client(RDSClient);
  const SubscriptionName = `${scope.prefix}-database`;
  const pages = paginateDescribeEventSubscriptions({ client }, {});
  const all = await collect(items(pages, (page) => page.EventSubscriptionsList));
  const wanted = { SubscriptionName, SnsTopicArn, EventCategories: [...EVENTS], Enabled: true };
  if (all.some(({ CustSubscriptionId }) => CustSubscriptionId === SubscriptionName)) {
    await client.send(new ModifyEventSubscriptionCommand({ ...wanted, SourceType: 'db-instance' }));
    return;
  }
  await client.send(
    new CreateEventSubscriptionCommand({
      ...wanted,
      SourceType: 'db-instance',
      SourceIds: [database],
      Tags: tags(scope),
    }),
  );
}

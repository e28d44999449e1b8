// Exercises on health → an alarm, a health check on it, a pair of records that the check decides between, an alarm on the check.

import { CloudWatchClient, PutMetricAlarmCommand, type PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import {
  CreateHealthCheckCommand,
  paginateListHealthChecks,
  Route53Client,
  UpdateHealthCheckCommand,
} from '@aws-sdk/client-route-53';
import { type Aws, collect, items, meets, type RunScope } from '../../../lib/kit';
import { FAILING_OVER } from '../demands';
import { ADDRESS, HOME, SITE_DOWN } from '../facts';
import { dnsAlarms, failovers } from '../observe/health';
import { mark, publicZone, record, upsert } from './zone';

const MINUTE = 60;

export async function failOver(aws: Aws, scope: RunScope): Promise<void> {
  const pairs = await failovers(aws, scope);
  if (pairs.some((pair) => meets(pair, FAILING_OVER))) return;
  const { id, name } = await publicZone(aws, scope);
  const HealthCheckId = await healthCheck(aws, scope);
  await upsert(aws, id, [
    record(`site.${name}`, 'A', ADDRESS.primary, { SetIdentifier: 'primary', Failover: 'PRIMARY', HealthCheckId }),
    record(`site.${name}`, 'A', ADDRESS.secondary, { SetIdentifier: 'secondary', Failover: 'SECONDARY' }),
  ]);
}

/** The health check on the alarm of the run, switched on; made where it is not there. */
async function healthCheck(aws: Aws, scope: RunScope): Promise<string> {
  const client = aws.client(Route53Client);
  const Name = `${scope.prefix}-site-down`;
  await siteDown(aws, scope, Name);
  const all = await collect(items(paginateListHealthChecks({ client }, {}), (page) => page.HealthChecks));
  const one = all.find(({ HealthCheckConfig }) => HealthCheckConfig?.AlarmIdentifier?.Name === Name);
  if (one?.Id !== undefined) {
    if (one.HealthCheckConfig?.Disabled === true) {
      await client.send(new UpdateHealthCheckCommand({ HealthCheckId: one.Id, Disabled: false }));
    }
    return one.Id;
  }
  const { HealthCheck } = await client.send(
    new CreateHealthCheckCommand({
      // The same reference again would be the same check: one that was deleted needs another.
      CallerReference: `${scope.prefix}-${Date.now()}`,
      HealthCheckConfig: {
        Type: 'CLOUDWATCH_METRIC',
        AlarmIdentifier: { Region: HOME, Name },
        InsufficientDataHealthStatus: 'Healthy',
      },
    }),
  );
  const id = HealthCheck?.Id ?? '';
  await mark(aws, scope, 'healthcheck', id, 'site');
  return id;
}

const siteDown = (aws: Aws, scope: RunScope, AlarmName: string) =>
  putAlarm(aws, scope, {
    AlarmName,
    Namespace: SITE_DOWN.namespace,
    MetricName: SITE_DOWN.metric,
    Dimensions: [{ Name: 'Run', Value: scope.run }],
    Statistic: 'Maximum',
    Threshold: 0,
    ComparisonOperator: 'GreaterThanThreshold',
  });

const putAlarm = (
  aws: Aws,
  { tag }: RunScope,
  alarm: Omit<PutMetricAlarmCommandInput, 'EvaluationPeriods' | 'Period' | 'Tags'>,
) =>
  aws.client(CloudWatchClient, HOME).send(
    new PutMetricAlarmCommand({
      ...alarm,
      Period: MINUTE,
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
      Tags: [{ Key: tag.key, Value: tag.value }],
    }),
  );

export async function watchDns(aws: Aws, scope: RunScope): Promise<void> {
  if ((await dnsAlarms(aws, scope)).some(({ watches }) => watches !== undefined)) return;
  await failOver(aws, scope);
  const check = (await failovers(aws, scope)).find((pair) => pair.check !== undefined)?.check;
  await putAlarm(aws, scope, {
    AlarmName: `${scope.prefix}-site-unhealthy`,
    Namespace: 'AWS/Route53',
    MetricName: 'HealthCheckStatus',
    Dimensions: [{ Name: 'HealthCheckId', Value: check?.id ?? '' }],
    Statistic: 'Minimum',
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
  });
}

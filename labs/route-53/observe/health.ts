// Pairs of records that stand in for each other, the health checks that decide, and the alarms on Route 53's own metrics.

import { CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { type HealthCheck, paginateListHealthChecks, Route53Client } from '@aws-sdk/client-route-53';
import { type Aws, collect, items, type RunScope } from '../../../lib/kit';
import { HOME } from '../facts';
import type { Answer } from './answers';
import { type DnsRecord, quietZones, zones } from './zones';

export interface Check {
  readonly id: string;
  /** HTTP, TCP, CALCULATED, CLOUDWATCH_METRIC … */
  readonly type: string;
  readonly disabled: boolean;
  readonly inverted: boolean;
  /** False where the alarm that it watches is gone. */
  readonly watches: boolean;
}

export interface FailoverPair {
  readonly name: string;
  readonly primary?: DnsRecord | undefined;
  readonly secondary?: DnsRecord | undefined;
  /** The health check of the primary, where it has one that exists. */
  readonly check?: Check | undefined;
  readonly answer?: Answer | undefined;
}

export async function failovers(aws: Aws, scope: RunScope): Promise<readonly FailoverPair[]> {
  const client = aws.client(Route53Client);
  const [all, checks] = await Promise.all([
    zones(aws, scope),
    collect(items(paginateListHealthChecks({ client }, {}), (page) => page.HealthChecks)),
  ]);
  const pairs: FailoverPair[] = [];
  for (const { records, answers } of all.filter(({ isPrivate }) => !isPrivate)) {
    const failing = records.filter(({ failover }) => failover !== undefined);
    for (const key of new Set(failing.map(({ name, type }) => `${name} ${type}`))) {
      const both = failing.filter(({ name, type }) => `${name} ${type}` === key);
      const primary = both.find(({ failover }) => failover === 'PRIMARY');
      const one = checks.find(({ Id }) => Id !== undefined && Id === primary?.healthCheck);
      pairs.push({
        name: both[0]?.name ?? '',
        primary,
        secondary: both.find(({ failover }) => failover === 'SECONDARY'),
        check: one && (await checkOf(aws, one)),
        answer: answers.find(({ name, type }) => `${name} ${type}` === key),
      });
    }
  }
  return pairs;
}

async function checkOf(aws: Aws, { Id: id = '', HealthCheckConfig }: HealthCheck): Promise<Check> {
  const { Type = 'HTTP', Disabled = false, Inverted = false, AlarmIdentifier } = HealthCheckConfig ?? {};
  const watches = AlarmIdentifier === undefined || (await alarmExists(aws, AlarmIdentifier));
  return { id, type: Type, disabled: Disabled, inverted: Inverted, watches };
}

async function alarmExists(
  aws: Aws,
  { Region, Name }: { Region?: string | undefined; Name?: string | undefined },
): Promise<boolean> {
  const client = aws.client(CloudWatchClient, Region);
  const pages = paginateDescribeAlarms({ client }, { AlarmNames: [Name ?? ''], AlarmTypes: ['MetricAlarm'] });
  return (await collect(items(pages, (page) => page.MetricAlarms))).length > 0;
}

export interface DnsAlarm {
  readonly name: string;
  readonly metric: string;
  /** The zone or the health check of the run that it watches; undefined where that is nobody's of the run. */
  readonly watches?: string | undefined;
}

/** Alarms on the namespace AWS/Route53, which exists in Virginia alone. */
export async function dnsAlarms(aws: Aws, scope: RunScope): Promise<readonly DnsAlarm[]> {
  const own = await quietZones(aws, scope);
  const ids = new Set(
    own.flatMap(({ id, records }) => [id, ...records.flatMap(({ healthCheck }) => healthCheck ?? [])]),
  );
  const client = aws.client(CloudWatchClient, HOME);
  const found: DnsAlarm[] = [];
  const pages = paginateDescribeAlarms({ client }, { AlarmTypes: ['MetricAlarm'] });
  for await (const { AlarmName: name = '', MetricName, Namespace, Dimensions = [] } of items(
    pages,
    (page) => page.MetricAlarms,
  )) {
    const watches = Dimensions.map(({ Value = '' }) => Value).find((value) => ids.has(value));
    const named = name.startsWith(`${scope.prefix}-`);
    if (Namespace === 'AWS/Route53' && (named || watches !== undefined)) {
      found.push({ name, metric: MetricName ?? '', watches });
    }
  }
  return found;
}

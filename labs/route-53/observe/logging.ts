// Where the queries of the run's public zones are logged: the configuration, the log group, and the leave to write into it.

import {
  CloudWatchLogsClient,
  DescribeResourcePoliciesCommand,
  type DescribeResourcePoliciesCommandOutput,
  paginateDescribeLogGroups,
  paginateDescribeLogStreams,
} from '@aws-sdk/client-cloudwatch-logs';
import { paginateListQueryLoggingConfigs, Route53Client } from '@aws-sdk/client-route-53';
import { type Aws, collect, items, type RunScope } from '../../../lib/kit';
import { HOME, LOGGER_ACTIONS, QUERY_LOGGER } from '../facts';
import { lets } from '../policies';
import { bareId, zoneIds } from './zones';

export interface LoggedZone {
  readonly name: string;
  /** The name of the log group that the configuration names; undefined where there is no configuration. */
  readonly group?: string | undefined;
  /** Undefined where the log group is gone, or keeps what it has for ever. */
  readonly retentionDays?: number | undefined;
  readonly groupExists: boolean;
  readonly mayWrite: boolean;
  /** Whether anything has arrived. */
  readonly hasStreams: boolean;
}

const UNLOGGED = { groupExists: false, mayWrite: false, hasStreams: false };

export async function loggedZones(aws: Aws, scope: RunScope): Promise<readonly LoggedZone[]> {
  const client = aws.client(Route53Client);
  const open = (await zoneIds(aws, scope)).filter(({ isPrivate }) => !isPrivate);
  const configs = await collect(
    items(paginateListQueryLoggingConfigs({ client }, {}), (page) => page.QueryLoggingConfigs),
  );
  const policies = await policyDocuments(aws);
  const found: LoggedZone[] = [];
  for (const { id, name } of open) {
    const arn = configs.find(({ HostedZoneId = '' }) => bareId(HostedZoneId) === id)?.CloudWatchLogsLogGroupArn;
    found.push(arn === undefined ? { name, ...UNLOGGED } : { name, ...(await groupOf(aws, arn, policies)) });
  }
  return found;
}

async function groupOf(aws: Aws, arn: string, policies: readonly string[]): Promise<Omit<LoggedZone, 'name'>> {
  const plain = arn.replace(/:\*$/, '');
  const group = plain.split(':log-group:')[1] ?? '';
  const client = aws.client(CloudWatchLogsClient, HOME);
  const groups = paginateDescribeLogGroups({ client }, { logGroupNamePrefix: group });
  const one = (await collect(items(groups, (page) => page.logGroups))).find(
    ({ logGroupName }) => logGroupName === group,
  );
  const mayWrite = policies.some((document) => lets(document, QUERY_LOGGER, LOGGER_ACTIONS, `${plain}:*`));
  if (one === undefined) return { ...UNLOGGED, group, mayWrite };
  const streams = paginateDescribeLogStreams({ client }, { logGroupName: group });
  const hasStreams = (await collect(items(streams, (page) => page.logStreams))).length > 0;
  return { group, groupExists: true, retentionDays: one.retentionInDays, mayWrite, hasStreams };
}

/** The SDK has no paginator for it. */
export async function* resourcePolicyPages(
  aws: Aws,
  region: string,
): AsyncGenerator<DescribeResourcePoliciesCommandOutput> {
  let nextToken: string | undefined;
  do {
    const command = new DescribeResourcePoliciesCommand(nextToken === undefined ? {} : { nextToken });
    const page: DescribeResourcePoliciesCommandOutput = await aws.client(CloudWatchLogsClient, region).send(command);
    yield page;
    nextToken = page.nextToken;
  } while (nextToken !== undefined && nextToken !== '');
}

async function policyDocuments(aws: Aws): Promise<readonly string[]> {
  const all = await collect(items(resourcePolicyPages(aws, HOME), (page) => page.resourcePolicies));
  return all.map(({ policyDocument = '' }) => policyDocument);
}

// The run's agents, and the shares that are reached through them.

import { DescribeLocationNfsCommand, DescribeLocationSmbCommand, paginateListAgents } from '@aws-sdk/client-datasync';
import { type Aws, items, type RunScope } from '../../../lib/kit';
import { datasync, isOfRun } from './belonging';
import { locationUris } from './tasks';

export interface Agent {
  readonly arn: string;
  readonly name: string;
  /** ONLINE or OFFLINE. */
  readonly status: string;
  /** URIs of the shares that it is to read or write. */
  readonly shares: readonly string[];
}

export async function agents(aws: Aws, scope: RunScope): Promise<Agent[]> {
  const shares = await sharesByAgent(aws);
  const found: Agent[] = [];
  for await (const { AgentArn: arn = '', Name, Status } of items(
    paginateListAgents(datasync(aws), {}),
    (page) => page.Agents,
  )) {
    if (await isOfRun(aws, scope, arn, Name)) {
      found.push({ arn, name: Name ?? arn, status: Status ?? 'unknown', shares: shares.get(arn) ?? [] });
    }
  }
  return found;
}

async function sharesByAgent(aws: Aws): Promise<Map<string, string[]>> {
  const { client } = datasync(aws);
  const shares = new Map<string, string[]>();
  for (const [LocationArn, uri] of await locationUris(aws)) {
    const arns = uri.startsWith('nfs:')
      ? ((await client.send(new DescribeLocationNfsCommand({ LocationArn }))).OnPremConfig?.AgentArns ?? [])
      : uri.startsWith('smb:')
        ? ((await client.send(new DescribeLocationSmbCommand({ LocationArn }))).AgentArns ?? [])
        : [];
    for (const arn of arns) shares.set(arn, [...(shares.get(arn) ?? []), uri]);
  }
  return shares;
}

// Traffic policies of the run: what the latest version says, how many versions there are, and the records that follow them.

import { GetTrafficPolicyCommand, Route53Client } from '@aws-sdk/client-route-53';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';
import { trafficPolicyInstancePages, trafficPolicyPages, trafficPolicyVersionPages } from './pages';

export interface TrafficPolicy {
  readonly id: string;
  readonly name: string;
  readonly versions: readonly number[];
  readonly latest: number;
  /** The document of the latest version, as text. */
  readonly document: string;
  /** Records that follow a version of it: each costs by the month. */
  readonly records: readonly string[];
}

/** Traffic policies have no tags: they are the run's by their name. */
export async function trafficPolicies(aws: Aws, scope: RunScope): Promise<readonly TrafficPolicy[]> {
  const instances = await collect(items(trafficPolicyInstancePages(aws), (page) => page.list));
  const found: TrafficPolicy[] = [];
  for await (const { Id: id = '', Name: name = '', LatestVersion: latest = 0 } of items(
    trafficPolicyPages(aws),
    (page) => page.list,
  )) {
    if (!isMarked(scope, { names: [name] })) continue;
    const versions = await collect(items(trafficPolicyVersionPages(aws, id), (page) => page.list));
    const { TrafficPolicy } = await aws
      .client(Route53Client)
      .send(new GetTrafficPolicyCommand({ Id: id, Version: latest }));
    found.push({
      id,
      name,
      latest,
      versions: versions.flatMap(({ Version }) => Version ?? []),
      document: TrafficPolicy?.Document ?? '',
      records: instances.filter(({ TrafficPolicyId }) => TrafficPolicyId === id).map(({ Name = '' }) => Name),
    });
  }
  return found;
}

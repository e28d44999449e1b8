// The exercise on traffic policies → a policy of two versions. No record follows it: one costs $50 a month.

import { CreateTrafficPolicyCommand, CreateTrafficPolicyVersionCommand, Route53Client } from '@aws-sdk/client-route-53';
import { type Aws, meets, type RunScope } from '../../../lib/kit';
import { STEERED } from '../demands-beside';
import { trafficDocument } from '../facts';
import { trafficPolicies } from '../observe/traffic';

export async function steerTraffic(aws: Aws, scope: RunScope): Promise<void> {
  const client = aws.client(Route53Client);
  const seen = await trafficPolicies(aws, scope);
  if (seen.some((policy) => meets(policy, STEERED))) return;
  const Name = `${scope.prefix}-share`;
  const there = seen.find(({ name }) => name === Name)?.id;
  const Id = there ?? (await first(client, Name));
  const Comment = 'As many questions to the one as to the other';
  await client.send(new CreateTrafficPolicyVersionCommand({ Id, Document: trafficDocument(50), Comment }));
}

async function first(client: Route53Client, Name: string): Promise<string> {
  const Comment = 'One of ten questions to the canary';
  const answer = await client.send(new CreateTrafficPolicyCommand({ Name, Document: trafficDocument(90), Comment }));
  return answer.TrafficPolicy?.Id ?? '';
}

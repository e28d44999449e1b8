// Who watches IAM: trails, rules on its events, and what CloudTrail's own history shows. All of it is told in us-east-1.

import {
  CloudTrailClient,
  DescribeTrailsCommand,
  type Event,
  GetTrailStatusCommand,
  type LookupAttributeKey,
  LookupEventsCommand,
  paginateLookupEvents,
} from '@aws-sdk/client-cloudtrail';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { type Aws, collect, isMarked, items, MissingList, onePage, type RunScope } from '../../../lib/kit';
import { HOME } from '../facts';
import { rulePages, targetPages } from './rules';

export interface Trail {
  readonly name: string;
  readonly logging: boolean;
  /** Does it get the events of services that have no region of their own? */
  readonly global: boolean;
  readonly validated: boolean;
}

export interface Rule {
  readonly name: string;
  readonly enabled: boolean;
  /** The sources that its pattern names. */
  readonly sources: readonly string[];
  readonly targets: readonly string[];
}

export interface Watch {
  readonly trails: readonly Trail[];
  readonly rules: readonly Rule[];
  /** Is there an event of IAM in CloudTrail's history of ninety days? */
  readonly seen: boolean;
}

export async function watch(aws: Aws, scope: RunScope): Promise<Watch> {
  return { trails: await trails(aws, scope), rules: await rules(aws, scope), seen: await anySeen(aws) };
}

/** One event is enough: the rest of the history is not read. */
async function anySeen(aws: Aws): Promise<boolean> {
  const LookupAttributes = [{ AttributeKey: 'EventSource', AttributeValue: 'iam.amazonaws.com' } as const];
  const asked = new LookupEventsCommand({ LookupAttributes, MaxResults: 1 });
  const { Events } = await aws.client(CloudTrailClient, HOME).send(asked);
  if (Events === undefined) throw new MissingList('the answer of CloudTrail lacks its events');
  return Events.length > 0;
}

async function trails(aws: Aws, scope: RunScope): Promise<Trail[]> {
  const client = aws.client(CloudTrailClient, HOME);
  const answer = client.send(new DescribeTrailsCommand({ includeShadowTrails: false }));
  const found: Trail[] = [];
  for await (const { Name: name = '', TrailARN, ...trail } of items(onePage(answer), (page) => page.trailList)) {
    if (!isMarked(scope, { names: [name] })) continue;
    const { IsLogging } = await client.send(new GetTrailStatusCommand({ Name: TrailARN ?? name }));
    found.push({
      name,
      logging: IsLogging === true,
      global: trail.IncludeGlobalServiceEvents === true,
      validated: trail.LogFileValidationEnabled === true,
    });
  }
  return found;
}

async function rules(aws: Aws, scope: RunScope): Promise<Rule[]> {
  const client = aws.client(EventBridgeClient, HOME);
  const found: Rule[] = [];
  for await (const { Name: name = '', State, EventPattern } of items(rulePages(client), (page) => page.Rules)) {
    if (!isMarked(scope, { names: [name] })) continue;
    const targets = await collect(items(targetPages(client, name), (page) => page.Targets));
    found.push({
      name,
      enabled: State === 'ENABLED',
      sources: sourcesOf(EventPattern),
      targets: targets.map(({ Arn = '' }) => Arn),
    });
  }
  return found;
}

function sourcesOf(pattern: string | undefined): string[] {
  const { source } = JSON.parse(pattern ?? '{}') as { source?: unknown };
  return Array.isArray(source) ? source.map(String) : [];
}

/** What CloudTrail's history says of one operation, newest first: the parameters of its calls that succeeded. */
export async function calls(
  aws: Aws,
  operation: string,
): Promise<{ readonly at: string; readonly parameters: unknown }[]> {
  const AttributeKey: LookupAttributeKey = 'EventName';
  const pages = paginateLookupEvents(
    { client: aws.client(CloudTrailClient, HOME) },
    { LookupAttributes: [{ AttributeKey, AttributeValue: operation }] },
  );
  const events = await collect(items(pages, (page) => page.Events));
  return events.flatMap(succeeded);
}

function succeeded({ CloudTrailEvent, EventTime }: Event): { readonly at: string; readonly parameters: unknown }[] {
  const { errorCode, requestParameters } = JSON.parse(CloudTrailEvent ?? '{}') as Record<string, unknown>;
  return errorCode === undefined ? [{ at: EventTime?.toISOString() ?? '', parameters: requestParameters }] : [];
}

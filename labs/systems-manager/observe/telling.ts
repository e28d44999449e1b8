// The run's rules on what Systems Manager does, and where they lead.

import {
  EventBridgeClient,
  ListRulesCommand,
  type ListRulesResponse,
  ListTargetsByRuleCommand,
  type ListTargetsByRuleResponse,
  type Rule,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { type Aws, collect, isMarked, items, pagesOf, type RunScope } from '../../../lib/kit';

export interface Telling {
  readonly name: string;
  readonly enabled: boolean;
  readonly sources: readonly string[];
  readonly kinds: readonly string[];
  /** ARNs. */
  readonly targets: readonly string[];
}

export async function tellings(aws: Aws, scope: RunScope): Promise<Telling[]> {
  const own = (await rules(aws)).filter(({ Name }) => isMarked(scope, { names: [Name] }));
  return Promise.all(own.map((rule) => plain(aws, rule)));
}

/** EventBridge's lists have no paginator in the SDK. */
function rules(aws: Aws): Promise<Rule[]> {
  const client = aws.client(EventBridgeClient);
  const pages = pagesOf<ListRulesResponse>((last) => client.send(new ListRulesCommand({ NextToken: last?.NextToken })));
  return collect(items(pages, (page) => page.Rules));
}

async function plain(aws: Aws, { Name = '', State, EventPattern = '{}' }: Rule): Promise<Telling> {
  const pattern = JSON.parse(EventPattern) as Record<string, string[] | undefined>;
  const Targets = await targetsOf(aws, Name);
  return {
    name: Name,
    enabled: State === 'ENABLED',
    sources: pattern.source ?? [],
    kinds: pattern['detail-type'] ?? [],
    targets: Targets.flatMap(({ Arn }) => Arn ?? []),
  };
}

function targetsOf(aws: Aws, Rule: string): Promise<Target[]> {
  const client = aws.client(EventBridgeClient);
  const pages = pagesOf<ListTargetsByRuleResponse>((last) =>
    client.send(new ListTargetsByRuleCommand({ Rule, NextToken: last?.NextToken })),
  );
  return collect(items(pages, (page) => page.Targets));
}

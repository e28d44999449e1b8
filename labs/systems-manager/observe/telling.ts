// The run's rules on what Systems Manager does, and where they lead.

import { EventBridgeClient, ListRulesCommand, ListTargetsByRuleCommand, type Rule } from '@aws-sdk/client-eventbridge';
import { type Aws, isMarked, MissingList, type RunScope } from '../../../lib/kit';

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
export async function rules(aws: Aws): Promise<Rule[]> {
  const found: Rule[] = [];
  let NextToken: string | undefined;
  do {
    const page = await aws.client(EventBridgeClient).send(new ListRulesCommand({ NextToken }));
    if (page.Rules === undefined) throw new MissingList('the answer lacks the list of rules');
    found.push(...page.Rules);
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

async function plain(aws: Aws, { Name = '', State, EventPattern = '{}' }: Rule): Promise<Telling> {
  const pattern = JSON.parse(EventPattern) as Record<string, string[] | undefined>;
  const { Targets = [] } = await aws.client(EventBridgeClient).send(new ListTargetsByRuleCommand({ Rule: Name }));
  return {
    name: Name,
    enabled: State === 'ENABLED',
    sources: pattern.source ?? [],
    kinds: pattern['detail-type'] ?? [],
    targets: Targets.flatMap(({ Arn }) => Arn ?? []),
  };
}

// EventBridge's rules and their targets, page by page: its SDK has no paginators.

import {
  type EventBridgeClient,
  ListRulesCommand,
  type ListRulesResponse,
  ListTargetsByRuleCommand,
  type ListTargetsByRuleResponse,
} from '@aws-sdk/client-eventbridge';

interface Paged {
  readonly NextToken?: string | undefined;
}

async function* pages<Page extends Paged>(ask: (token: Paged) => Promise<Page>): AsyncGenerator<Page> {
  let token: string | undefined;
  do {
    const page = await ask(token === undefined ? {} : { NextToken: token });
    yield page;
    token = page.NextToken;
  } while (token !== undefined && token !== '');
}

export const rulePages = (client: EventBridgeClient): AsyncGenerator<ListRulesResponse> =>
  pages((token) => client.send(new ListRulesCommand(token as object)));

export const targetPages = (client: EventBridgeClient, Rule: string): AsyncGenerator<ListTargetsByRuleResponse> =>
  pages((token) => client.send(new ListTargetsByRuleCommand({ Rule, ...(token as object) })));

// EventBridge's rules and their targets, page by page: its SDK has no paginators.

import {
  type EventBridgeClient,
  ListRulesCommand,
  type ListRulesResponse,
  ListTargetsByRuleCommand,
  type ListTargetsByRuleResponse,
} from '@aws-sdk/client-eventbridge';
import { pagesOf } from '../../../lib/kit';

export const rulePages = (client: EventBridgeClient): AsyncGenerator<ListRulesResponse> =>
  pagesOf((last) => client.send(new ListRulesCommand({ NextToken: last?.NextToken })));

export const targetPages = (client: EventBridgeClient, Rule: string): AsyncGenerator<ListTargetsByRuleResponse> =>
  pagesOf((last) => client.send(new ListTargetsByRuleCommand({ Rule, NextToken: last?.NextToken })));

// EventBridge's rules on the default bus: they stay when what they watch is gone, and start what they start.

import {
  DeleteRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  type ListRulesResponse,
  ListTargetsByRuleCommand,
  type ListTargetsByRuleResponse,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { type Aws, collect, isMarked, items, pagesOf, type Sweeper, taggedArns, unlessGone } from '../../kit';

/** Its SDK has no paginators. */
const rulesOf = (aws: Aws): AsyncGenerator<ListRulesResponse> =>
  pagesOf((last) => aws.client(EventBridgeClient).send(new ListRulesCommand({ NextToken: last?.NextToken })));

const targetsOf = (aws: Aws, Rule: string): AsyncGenerator<ListTargetsByRuleResponse> =>
  pagesOf((last) =>
    aws.client(EventBridgeClient).send(new ListTargetsByRuleCommand({ Rule, NextToken: last?.NextToken })),
  );

export const eventRules: Sweeper = {
  kind: 'events:rule',

  async *list(aws, scope) {
    const tagged = await taggedArns(aws, scope, 'events');
    for await (const { Name: id, Arn = '' } of items(rulesOf(aws), (page) => page.Rules)) {
      if (id === undefined) continue;
      const isOfRun = isMarked(scope, { names: [id] }) || scope.owned.has(id) || tagged.has(Arn);
      if (isOfRun) yield { kind: 'events:rule', id };
    }
  },

  // A rule goes when it has no targets any more.
  remove: (aws, { id: Name }) =>
    unlessGone(['ResourceNotFoundException'], async () => {
      const targets = await collect(items(targetsOf(aws, Name), (page) => page.Targets));
      const Ids = targets.flatMap(({ Id }) => Id ?? []);
      const client = aws.client(EventBridgeClient);
      if (Ids.length > 0) await client.send(new RemoveTargetsCommand({ Rule: Name, Ids }));
      await client.send(new DeleteRuleCommand({ Name }));
    }),
};

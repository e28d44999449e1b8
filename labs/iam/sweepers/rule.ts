// EventBridge's rules of the run in us-east-1, where IAM's events are.

import { DeleteRuleCommand, EventBridgeClient, RemoveTargetsCommand } from '@aws-sdk/client-eventbridge';
import { collect, isMarked, items, type Sweeper, unlessGone } from '../../../lib/kit';
import { HOME } from '../facts';
import { rulePages, targetPages } from '../observe/rules';

export const rules: Sweeper = {
  kind: 'events:rule',
  regions: [HOME],

  async *list(aws, scope) {
    const client = aws.client(EventBridgeClient);
    for await (const { Name: id } of items(rulePages(client), (page) => page.Rules)) {
      if (id !== undefined && (isMarked(scope, { names: [id] }) || scope.owned.has(id)))
        yield { kind: 'events:rule', id };
    }
  },

  remove: (aws, { id: Name }) =>
    unlessGone(['ResourceNotFoundException'], async () => {
      const client = aws.client(EventBridgeClient);
      const targets = await collect(items(targetPages(client, Name), (page) => page.Targets));
      const Ids = targets.flatMap(({ Id }) => Id ?? []);
      if (Ids.length > 0) await client.send(new RemoveTargetsCommand({ Rule: Name, Ids }));
      await client.send(new DeleteRuleCommand({ Name }));
    }),
};

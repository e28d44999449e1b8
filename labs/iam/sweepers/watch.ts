// Trails, rules and topics of the run in us-east-1. A trail goes before its bucket: it would write on.

import { CloudTrailClient, DeleteTrailCommand, DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail';
import { DeleteRuleCommand, EventBridgeClient, RemoveTargetsCommand } from '@aws-sdk/client-eventbridge';
import { DeleteTopicCommand, paginateListTopics, SNSClient } from '@aws-sdk/client-sns';
import { collect, isMarked, items, onePage, type Sweeper, unlessGone } from '../../../lib/kit';
import { HOME } from '../facts';
import { rulePages, targetPages } from '../observe/rules';

export const trails: Sweeper = {
  kind: 'cloudtrail:trail',
  regions: [HOME],

  async *list(aws, scope) {
    const asked = new DescribeTrailsCommand({ includeShadowTrails: false });
    const answer = aws.client(CloudTrailClient).send(asked);
    for await (const { Name: id } of items(onePage(answer), (page) => page.trailList)) {
      if (id !== undefined && (isMarked(scope, { names: [id] }) || scope.owned.has(id))) {
        yield { kind: 'cloudtrail:trail', id };
      }
    }
  },

  remove: (aws, { id: Name }) =>
    unlessGone(['TrailNotFoundException'], () => aws.client(CloudTrailClient).send(new DeleteTrailCommand({ Name }))),
};

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

export const topics: Sweeper = {
  kind: 'sns:topic',
  after: ['events:rule'],
  regions: [HOME],

  async *list(aws, scope) {
    const pages = paginateListTopics({ client: aws.client(SNSClient) }, {});
    for await (const { TopicArn: id } of items(pages, (page) => page.Topics)) {
      if (id !== undefined && (isMarked(scope, { names: [id.split(':').pop()] }) || scope.owned.has(id))) {
        yield { kind: 'sns:topic', id };
      }
    }
  },

  remove: (aws, { id: TopicArn }) =>
    unlessGone(['NotFoundException'], () => aws.client(SNSClient).send(new DeleteTopicCommand({ TopicArn }))),
};

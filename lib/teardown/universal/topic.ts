// SNS topics of the run, with their subscriptions, which go with them.

import { DeleteTopicCommand, paginateListTopics, SNSClient } from '@aws-sdk/client-sns';
import { isMarked, items, lastOf, type Sweeper, taggedArns, unlessGone } from '../../kit';

export const topics: Sweeper = {
  kind: 'sns:topic',

  async *list(aws, scope) {
    const tagged = await taggedArns(aws, scope, 'sns');
    const pages = paginateListTopics({ client: aws.client(SNSClient) }, {});
    for await (const { TopicArn: id } of items(pages, (page) => page.Topics)) {
      if (id === undefined) continue;
      const known = scope.owned.has(id) || tagged.has(id) || isMarked(scope, { names: [lastOf(id)] });
      if (known) yield { kind: 'sns:topic', id };
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['NotFoundException', 'NotFound'], () =>
      aws.client(SNSClient).send(new DeleteTopicCommand({ TopicArn: id })),
    ),
};

// CloudTrail's trails under the run's name or tag, where they are at home: the list names those of all regions.

import {
  CloudTrailClient,
  DeleteTrailCommand,
  paginateListTrails,
  StopLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import { isMarked, items, type Sweeper, taggedArns, unlessGone } from '../../kit';

/** Before the stacks, and so before the bucket is emptied: a trail goes on writing for some minutes after it is stopped. */
export const trails: Sweeper = {
  kind: 'cloudtrail:trail',
  beforeStacks: true,

  async *list(aws, scope) {
    const tagged = await taggedArns(aws, scope, 'cloudtrail');
    const pages = paginateListTrails({ client: aws.client(CloudTrailClient) }, {});
    for await (const { Name: id, TrailARN = '', HomeRegion } of items(pages, (page) => page.Trails)) {
      if (id === undefined || HomeRegion !== aws.region) continue;
      const known = scope.owned.has(id) || tagged.has(TrailARN) || isMarked(scope, { names: [id] });
      if (known) yield { kind: 'cloudtrail:trail', id };
    }
  },

  remove: (aws, { id: Name }) =>
    unlessGone(['TrailNotFoundException', 'TrailNotFound'], async () => {
      const client = aws.client(CloudTrailClient);
      await client.send(new StopLoggingCommand({ Name }));
      await client.send(new DeleteTrailCommand({ Name }));
    }),
};

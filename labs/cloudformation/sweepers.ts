// What a stack set can leave behind where nobody else looks: stacks of an instance that was let go, in another region.

import {
  CloudFormationClient,
  DeleteStackCommand,
  paginateDescribeStacks,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { isMarked, items, patience, type Sweeper } from '../../lib/kit';
import { OF_A_SET } from './facts';

/** The two regions of the lab's set: the run's own, and the one that `elsewhere` names. */
const REGIONS = ['us-east-1', 'us-west-2'];
const MINUTES = 60;

const stackInstances: Sweeper = {
  kind: 'cloudformation:stack-instance',
  after: ['cloudformation:stack-set'],
  regions: REGIONS,

  async *list(aws, scope) {
    const pages = paginateDescribeStacks({ client: aws.client(CloudFormationClient) }, {});
    for await (const { StackId: id = '', StackName: name = '', StackStatus, Tags } of items(
      pages,
      (page) => page.Stacks,
    )) {
      if (!name.startsWith(OF_A_SET) || StackStatus === 'DELETE_COMPLETE') continue;
      const marks = { tags: Tags, names: [name.slice(OF_A_SET.length)] };
      if (isMarked(scope, marks)) yield { kind: 'cloudformation:stack-instance', id };
    }
  },

  async remove(aws, { id }) {
    const client = aws.client(CloudFormationClient);
    await client.send(new DeleteStackCommand({ StackName: id }));
    await waitUntilStackDeleteComplete({ client, ...patience(aws, MINUTES * 60) }, { StackName: id });
  },
};

export const sweepers: readonly Sweeper[] = [stackInstances];

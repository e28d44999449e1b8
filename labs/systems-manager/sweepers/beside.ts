// Beside Systems Manager: instances in the run's network, and rules of EventBridge.

import {
  EC2Client,
  paginateDescribeInstances,
  TerminateInstancesCommand,
  waitUntilInstanceTerminated,
} from '@aws-sdk/client-ec2';
import {
  DeleteRuleCommand,
  EventBridgeClient,
  ListTargetsByRuleCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { type Aws, collect, isMarked, items, onePage, patience, type Sweeper, unlessGone } from '../../../lib/kit';
import { rules } from '../observe/telling';

export const instances: Sweeper = {
  kind: 'ec2:instance',
  // One that a learner launched in the lab's subnet would keep the stack from deleting it.
  beforeStacks: true,

  async *list(aws, scope) {
    const pages = paginateDescribeInstances({ client: aws.client(EC2Client) }, {});
    for await (const { Instances = [] } of items(pages, (page) => page.Reservations)) {
      for (const { InstanceId: id = '', State, Tags, SubnetId = '', VpcId = '' } of Instances) {
        // A terminated instance stays listed for about an hour; it is gone all the same.
        if (State?.Name === 'terminated') continue;
        const hangsOnRun = [id, SubnetId, VpcId].some((one) => scope.owned.has(one));
        if (hangsOnRun || isMarked(scope, { tags: Tags })) yield { kind: 'ec2:instance', id };
      }
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['InvalidInstanceID.NotFound'], async () => {
      const client = aws.client(EC2Client);
      const pages = paginateDescribeInstances({ client }, { InstanceIds: [id] });
      const reservations = await collect(items(pages, (page) => page.Reservations));
      // Another lab of the run may have seen to it.
      if (reservations[0]?.Instances?.[0]?.State?.Name === 'terminated') return;
      await client.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
      await waitUntilInstanceTerminated({ client, ...patience(aws, 600) }, { InstanceIds: [id] });
    }),
};

export const eventRules: Sweeper = {
  kind: 'events:rule',

  async *list(aws, scope) {
    for (const { Name: id = '' } of await rules(aws)) {
      if (isMarked(scope, { names: [id] })) yield { kind: 'events:rule', id };
    }
  },

  remove: (aws, { id: Name }) => unlessGone(['ResourceNotFoundException'], () => deleteRule(aws, Name)),
};

/** A rule goes when it has no targets any more. */
async function deleteRule(aws: Aws, Name: string): Promise<void> {
  const client = aws.client(EventBridgeClient);
  const answer = client.send(new ListTargetsByRuleCommand({ Rule: Name }));
  const targets = await collect(items(onePage(answer), (page) => page.Targets));
  const Ids = targets.flatMap(({ Id }) => Id ?? []);
  if (Ids.length > 0) await client.send(new RemoveTargetsCommand({ Rule: Name, Ids }));
  await client.send(new DeleteRuleCommand({ Name }));
}

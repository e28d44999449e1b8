// Instances of the run, and the ones that may be.

import {
  DescribeInstanceAttributeCommand,
  EC2Client,
  type Instance,
  ModifyInstanceAttributeCommand,
  paginateDescribeInstances,
  TerminateInstancesCommand,
  waitUntilInstanceTerminated,
} from '@aws-sdk/client-ec2';
import { isMarked, items, patience, type Residue, type Sweeper, type SweepScope, unlessGone } from '../../../lib/kit';

/** Tag keys of the kind's runs all begin so: a thing under another run's tag is not in doubt. */
export const isAnotherRuns = (
  { tag }: SweepScope,
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = [],
): boolean => tags.some(({ Key, Value }) => Key === tag.key && Value !== tag.value);

export const instances: Sweeper = {
  kind: 'ec2:instance',
  // A mounted volume can keep the stack's attachment "busy" for ever, and a protected instance refuses the stack.
  beforeStacks: true,

  async *list(aws, scope) {
    const pages = paginateDescribeInstances({ client: aws.client(EC2Client) }, {});
    for await (const { Instances = [] } of items(pages, (page) => page.Reservations)) {
      for (const instance of Instances) yield* residueOf(instance, scope);
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['InvalidInstanceID.NotFound'], async () => {
      const client = aws.client(EC2Client);
      await unprotect(client, id);
      await client.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
      await waitUntilInstanceTerminated({ client, ...patience(aws, 600) }, { InstanceIds: [id] });
    }),
};

// A terminated instance stays listed for about an hour; it is gone all the same.
function* residueOf(instance: Instance, scope: SweepScope): Generator<Residue> {
  const { InstanceId: id, State, Tags, LaunchTime } = instance;
  if (id === undefined || State?.Name === 'terminated') return;
  if (isOfRun(instance, scope)) yield { kind: 'ec2:instance', id };
  else if (!isAnotherRuns(scope, Tags) && LaunchTime !== undefined && LaunchTime >= new Date(scope.since)) {
    yield { kind: 'ec2:instance', id, why: 'launched during the run, outside its network and without its tag' };
  }
}

/** By its marks, or since it stands in the run's network, runs its image, or takes its key. */
const isOfRun = (instance: Instance, scope: SweepScope): boolean =>
  isMarked(scope, { tags: instance.Tags, names: [instance.KeyName] }) ||
  [instance.InstanceId, instance.SubnetId, instance.VpcId, instance.ImageId].some(
    (id) => id !== undefined && scope.owned.has(id),
  );

async function unprotect(client: EC2Client, InstanceId: string): Promise<void> {
  for (const [Attribute, member, off] of [
    ['disableApiTermination', 'DisableApiTermination', { DisableApiTermination: { Value: false } }],
    ['disableApiStop', 'DisableApiStop', { DisableApiStop: { Value: false } }],
  ] as const) {
    const { [member]: protection } = await client.send(new DescribeInstanceAttributeCommand({ InstanceId, Attribute }));
    if (protection?.Value === true) await client.send(new ModifyInstanceAttributeCommand({ InstanceId, ...off }));
  }
}

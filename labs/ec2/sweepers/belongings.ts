// Addresses, key pairs, launch templates and placement groups: what belongs to machines and outlives them.

import {
  DeleteKeyPairCommand,
  DeleteLaunchTemplateCommand,
  DeletePlacementGroupCommand,
  DescribeAddressesCommand,
  DescribeKeyPairsCommand,
  DescribePlacementGroupsCommand,
  DisassociateAddressCommand,
  EC2Client,
  paginateDescribeLaunchTemplates,
  ReleaseAddressCommand,
} from '@aws-sdk/client-ec2';
import {
  type Aws,
  isMarked,
  items,
  onePage,
  type Sweeper,
  type SweepScope,
  unlessGone,
  waitUntil,
} from '../../../lib/kit';

const owns = ({ owned }: SweepScope, ...ids: readonly (string | undefined)[]): boolean =>
  ids.some((id) => id !== undefined && owned.has(id));

const addressesOf = (aws: Aws, query: { PublicIps?: string[] } = {}) =>
  items(onePage(aws.client(EC2Client).send(new DescribeAddressesCommand(query))), (page) => page.Addresses);

/** Named by the address itself, as CloudFormation names it. Each costs by the hour, attached or not. */
export const addresses: Sweeper = {
  kind: 'ec2:elastic-ip',
  after: ['ec2:instance', 'ec2:natgateway'],

  async *list(aws, scope) {
    for await (const { PublicIp: id, AllocationId, InstanceId, NetworkInterfaceId, Tags } of addressesOf(aws)) {
      const isOfRun = isMarked(scope, { tags: Tags }) || owns(scope, id, AllocationId, InstanceId, NetworkInterfaceId);
      if (id !== undefined && isOfRun) yield { kind: 'ec2:elastic-ip', id };
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['InvalidAddress.NotFound', 'InvalidAllocationID.NotFound'], async () => {
      const client = aws.client(EC2Client);
      for await (const { AllocationId, AssociationId } of addressesOf(aws, { PublicIps: [id] })) {
        if (AssociationId !== undefined) {
          const disassociate = new DisassociateAddressCommand({ AssociationId });
          await unlessGone(['InvalidAssociationID.NotFound'], () => client.send(disassociate));
        }
        await client.send(new ReleaseAddressCommand({ AllocationId }));
      }
    }),
};

export const keyPairs: Sweeper = {
  kind: 'ec2:key-pair',

  async *list(aws, scope) {
    const answer = aws.client(EC2Client).send(new DescribeKeyPairsCommand({}));
    for await (const { KeyName: id, KeyPairId, Tags } of items(onePage(answer), (page) => page.KeyPairs)) {
      const isOfRun = isMarked(scope, { tags: Tags, names: [id] }) || owns(scope, id, KeyPairId);
      if (id !== undefined && isOfRun) yield { kind: 'ec2:key-pair', id };
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['InvalidKeyPair.NotFound'], () =>
      aws.client(EC2Client).send(new DeleteKeyPairCommand({ KeyName: id })),
    ),
};

export const launchTemplates: Sweeper = {
  kind: 'ec2:launch-template',

  async *list(aws, scope) {
    const pages = paginateDescribeLaunchTemplates({ client: aws.client(EC2Client) }, {});
    for await (const { LaunchTemplateId: id, LaunchTemplateName: name, Tags } of items(
      pages,
      (page) => page.LaunchTemplates,
    )) {
      const isOfRun = isMarked(scope, { tags: Tags, names: [name] }) || owns(scope, id);
      if (id !== undefined && isOfRun) yield { kind: 'ec2:launch-template', id };
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['InvalidLaunchTemplateId.NotFound'], () =>
      aws.client(EC2Client).send(new DeleteLaunchTemplateCommand({ LaunchTemplateId: id })),
    ),
};

async function* placementGroupsOf(aws: Aws) {
  const answer = aws.client(EC2Client).send(new DescribePlacementGroupsCommand({}));
  for await (const group of items(onePage(answer), (page) => page.PlacementGroups)) {
    if (group.State !== 'deleted') yield group;
  }
}

export const placementGroups: Sweeper = {
  kind: 'ec2:placement-group',
  after: ['ec2:instance'],

  async *list(aws, scope) {
    for await (const { GroupName: id, GroupId, Tags } of placementGroupsOf(aws)) {
      const isOfRun = isMarked(scope, { tags: Tags, names: [id] }) || owns(scope, id, GroupId);
      if (id !== undefined && isOfRun) yield { kind: 'ec2:placement-group', id };
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['InvalidPlacementGroup.Unknown'], async () => {
      await aws.client(EC2Client).send(new DeletePlacementGroupCommand({ GroupName: id }));
      await waitUntil(aws, { for: `placement group ${id} to be deleted`, seconds: 120 }, async () => {
        for await (const { GroupName } of placementGroupsOf(aws)) if (GroupName === id) return false;
        return true;
      });
    }),
};

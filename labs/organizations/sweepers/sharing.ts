// Resource shares, and the prefix lists that were in them: a list cannot go while another account uses it.

import { DeleteManagedPrefixListCommand, EC2Client, paginateDescribeManagedPrefixLists } from '@aws-sdk/client-ec2';
import { DeleteResourceShareCommand, paginateGetResourceShares, RAMClient } from '@aws-sdk/client-ram';
import { type Aws, collect, isMarked, items, type Sweeper, unlessGone, waitUntil } from '../../../lib/kit';

/** RAM goes on naming a deleted share for some hours. */
const GONE = ['DELETED', 'DELETING'];

const standing = async (aws: Aws) => {
  const pages = paginateGetResourceShares({ client: aws.client(RAMClient) }, { resourceOwner: 'SELF' });
  const all = await collect(items(pages, (page) => page.resourceShares));
  return all.filter(({ status = '' }) => !GONE.includes(status));
};

export const resourceShares: Sweeper = {
  kind: 'ram:resource-share',

  async *list(aws, scope) {
    for (const { resourceShareArn: id, name, tags = [] } of await standing(aws)) {
      const marks = { names: [name], tags: tags.map(({ key: Key, value: Value }) => ({ Key, Value })) };
      if (id !== undefined && (scope.owned.has(id) || isMarked(scope, marks))) yield { kind: 'ram:resource-share', id };
    }
  },

  async remove(aws, { id: resourceShareArn }) {
    await unlessGone(['UnknownResourceException', 'InvalidStateTransitionException'], () =>
      aws.client(RAMClient).send(new DeleteResourceShareCommand({ resourceShareArn })),
    );
    await waitUntil(aws, { for: `${resourceShareArn} to be gone`, seconds: 120 }, async () =>
      (await standing(aws)).every((share) => share.resourceShareArn !== resourceShareArn),
    );
  },
};

const lists = async (aws: Aws) => {
  const pages = paginateDescribeManagedPrefixLists({ client: aws.client(EC2Client) }, {});
  const all = await collect(items(pages, (page) => page.PrefixLists));
  return all.filter(({ OwnerId, State }) => OwnerId !== 'AWS' && State !== 'delete-complete');
};

export const prefixLists: Sweeper = {
  kind: 'ec2:prefix-list',
  after: ['ram:resource-share'],

  async *list(aws, scope) {
    for (const { PrefixListId: id, PrefixListName, Tags = [] } of await lists(aws)) {
      const ours = isMarked(scope, { tags: Tags, names: [PrefixListName] });
      if (id !== undefined && (ours || scope.owned.has(id))) yield { kind: 'ec2:prefix-list', id };
    }
  },

  async remove(aws, { id: PrefixListId }) {
    await unlessGone(['InvalidPrefixListID.NotFound', 'InvalidPrefixListId.NotFound'], () =>
      aws.client(EC2Client).send(new DeleteManagedPrefixListCommand({ PrefixListId })),
    );
    await waitUntil(aws, { for: `${PrefixListId} to be gone`, seconds: 120 }, async () =>
      (await lists(aws)).every((list) => list.PrefixListId !== PrefixListId),
    );
  },
};

// Access keys and MFA devices: made by hand, in no stack, and in the way of every user's deletion.

import {
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteVirtualMFADeviceCommand,
  paginateListAccessKeys,
  paginateListUsers,
  paginateListVirtualMFADevices,
} from '@aws-sdk/client-iam';
import { collect, items, type Sweeper, unlessGone } from '../../../lib/kit';
import { GONE, iam, isOurs } from './iam';

/** One entry for all keys of a user, under no key's id: what is found goes into the journal, and keys do not. */
export const accessKeys: Sweeper = {
  kind: 'iam:access-key',

  async *list(aws, scope) {
    for await (const { UserName, Path } of items(paginateListUsers(iam(aws), {}), (page) => page.Users)) {
      if (!isOurs(scope, UserName, Path)) continue;
      const keys = await collect(
        items(paginateListAccessKeys(iam(aws), { UserName }), (page) => page.AccessKeyMetadata),
      );
      if (keys.length > 0) yield { kind: 'iam:access-key', id: `access keys of ${UserName}`, parent: UserName };
    }
  },

  remove: (aws, { parent: UserName }) =>
    unlessGone(GONE, async () => {
      const { client } = iam(aws);
      for await (const { AccessKeyId } of items(
        paginateListAccessKeys({ client }, { UserName }),
        (page) => page.AccessKeyMetadata,
      )) {
        await unlessGone(GONE, () => client.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId })));
      }
    }),
};

/** Assigned or not: its serial number is an ARN that ends in its path and name. `parent` is the user that has it. */
export const mfaDevices: Sweeper = {
  kind: 'iam:mfa',

  async *list(aws, scope) {
    const pages = paginateListVirtualMFADevices(iam(aws), { AssignmentStatus: 'Any' });
    for await (const { SerialNumber, User } of items(pages, (page) => page.VirtualMFADevices)) {
      const path = SerialNumber?.slice(SerialNumber.indexOf('/'));
      if (!isOurs(scope, SerialNumber, path, path?.split('/').pop(), User?.UserName, User?.Path)) continue;
      yield {
        kind: 'iam:mfa',
        id: SerialNumber,
        ...(User?.UserName === undefined ? {} : { parent: User.UserName }),
      };
    }
  },

  async remove(aws, { id: SerialNumber, parent: UserName }) {
    const { client } = iam(aws);
    if (UserName !== undefined) {
      await unlessGone(GONE, () => client.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber })));
    }
    await unlessGone(GONE, () => client.send(new DeleteVirtualMFADeviceCommand({ SerialNumber })));
  },
};

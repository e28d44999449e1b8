// A managed prefix list, and the share that it is in.

import {
  CreateManagedPrefixListCommand,
  EC2Client,
  type ManagedPrefixList,
  paginateDescribeManagedPrefixLists,
} from '@aws-sdk/client-ec2';
import {
  AssociateResourceShareCommand,
  CreateResourceShareCommand,
  RAMClient,
  UpdateResourceShareCommand,
} from '@aws-sdk/client-ram';
import { type Aws, collect, isMarked, items, meets, type RunScope, waitUntil } from '../../../lib/kit';
import { SHARES } from '../demands';
import { shares } from '../observe/sharing';

export async function sharing(aws: Aws, scope: RunScope): Promise<void> {
  const own = await shares(aws, scope);
  if (own.some((share) => meets(share, SHARES))) return;
  const client = aws.client(RAMClient);
  const list = await prefixList(aws, scope);
  const [first] = own;
  if (first === undefined) {
    await client.send(
      new CreateResourceShareCommand({
        name: `${scope.prefix}-networks`,
        resourceArns: [list],
        allowExternalPrincipals: false,
        tags: [{ key: scope.tag.key, value: scope.tag.value }],
      }),
    );
  } else {
    const resourceShareArn = first.arn;
    if (!first.resources.some(({ arn }) => arn === list)) {
      await client.send(new AssociateResourceShareCommand({ resourceShareArn, resourceArns: [list] }));
    }
    await client.send(
      new UpdateResourceShareCommand({ resourceShareArn, name: first.name, allowExternalPrincipals: false }),
    );
  }
  await waitUntil(aws, { for: 'the share to hold the list', seconds: 120 }, async () =>
    (await shares(aws, scope)).some((share) => meets(share, SHARES)),
  );
}

const listsOf = (aws: Aws): Promise<ManagedPrefixList[]> =>
  collect(items(paginateDescribeManagedPrefixLists({ client: aws.client(EC2Client) }, {}), (page) => page.PrefixLists));

/** The ARN of the run's list, made where there is none. */
async function prefixList(aws: Aws, scope: RunScope): Promise<string> {
  const own = (one: ManagedPrefixList): boolean =>
    isMarked(scope, { ...(one.Tags ? { tags: one.Tags } : {}), names: [one.PrefixListName] });
  const found = (await listsOf(aws)).find(own);
  if (found?.PrefixListArn !== undefined) return found.PrefixListArn;
  const name = `${scope.prefix}-networks`;
  const tags = [{ Key: scope.tag.key, Value: scope.tag.value }];
  const made = await aws.client(EC2Client).send(
    new CreateManagedPrefixListCommand({
      PrefixListName: name,
      AddressFamily: 'IPv4',
      MaxEntries: 5,
      Entries: [{ Cidr: '10.44.0.0/16', Description: 'The network of the labs' }],
      TagSpecifications: [{ ResourceType: 'prefix-list', Tags: tags }],
    }),
  );
  await waitUntil(aws, { for: `${name} to be complete`, seconds: 60 }, async () =>
    (await listsOf(aws)).some((one) => own(one) && /complete$/.test(one.State ?? 'create-complete')),
  );
  return made.PrefixList?.PrefixListArn ?? '';
}

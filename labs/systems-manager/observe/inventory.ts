// What the run's machines have told about themselves: which types of entries, how many, and when. Not what they say.

import { paginateGetInventory, SSMClient } from '@aws-sdk/client-ssm';
import { type Aws, items, type RunScope } from '../../../lib/kit';
import { GATHER } from '../facts';
import { associations } from './associations';

/** What an agent gathers only when it is asked to; its instance information it sends in any case. */
const GATHERED = ['AWS:Application', 'AWS:AWSComponent'] as const;

export interface Inventory {
  readonly node: string;
  readonly online: boolean;
  readonly gathering: readonly { readonly schedule?: string | undefined; readonly status: string }[];
  readonly entries: readonly { readonly type: string; readonly count: number; readonly captured: string }[];
}

export async function inventory(aws: Aws, scope: RunScope): Promise<Inventory[]> {
  const found = await associations(aws, scope);
  return Promise.all(
    found.nodes.map(async ({ id, ping }) => ({
      node: id,
      online: ping === 'Online',
      gathering: found.associations
        .filter(({ node, document }) => node === id && document === GATHER)
        .map(({ schedule, status }) => ({ schedule, status })),
      entries: (await Promise.all(GATHERED.map((type) => entriesOf(aws, id, type)))).flat(),
    })),
  );
}

async function entriesOf(aws: Aws, id: string, type: string): Promise<Inventory['entries'][number][]> {
  const pages = paginateGetInventory(
    { client: aws.client(SSMClient) },
    {
      Filters: [{ Key: 'AWS:InstanceInformation.InstanceId', Values: [id], Type: 'Equal' }],
      ResultAttributes: [{ TypeName: type }],
    },
  );
  const found: Inventory['entries'][number][] = [];
  for await (const { Data = {} } of items(pages, (page) => page.Entities)) {
    const { Content = [], CaptureTime = '' } = Data[type] ?? {};
    if (Content.length > 0) found.push({ type, count: Content.length, captured: CaptureTime });
  }
  return found;
}

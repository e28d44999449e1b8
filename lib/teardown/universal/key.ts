// KMS keys under the run's alias, tag or ids. One that waits for its deletion is free, and told with its date.

import {
  DescribeKeyCommand,
  type KeyMetadata,
  KMSClient,
  NotFoundException,
  paginateListAliases,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { type Aws, isMarked, items, type Sweeper, type SweepScope, taggedArns } from '../../kit';

/** The shortest that KMS takes (API reference of ScheduleKeyDeletion, 2026-11-22). */
const DAYS = 7;
const KEY_ID = /^(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** KMS lists ids alone, so nothing is asked of a key that no alias, tag or stack names as the run's. */
export const keys: Sweeper = {
  kind: 'kms:key',

  async *list(aws, scope) {
    const named = [...(await aliased(aws, scope)), ...(await tagged(aws, scope)), ...ownedKeys(scope)];
    for (const id of new Set(named)) {
      const key = await describe(aws, id);
      if (key === undefined || key.KeyManager === 'AWS') continue;
      if (key.KeyState !== 'PendingDeletion') yield { kind: 'kms:key', id };
      else
        yield {
          kind: 'kms:key',
          id,
          why: `waits for its deletion on ${key.DeletionDate?.toISOString().slice(0, 10)}, free of charge`,
        };
    }
  },

  async remove(aws, { id }) {
    const key = await describe(aws, id);
    if (key === undefined || key.KeyState === 'PendingDeletion') return;
    await aws.client(KMSClient).send(new ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays: DAYS }));
  },
};

async function aliased(aws: Aws, scope: SweepScope): Promise<string[]> {
  const ids: string[] = [];
  const pages = paginateListAliases({ client: aws.client(KMSClient) }, {});
  for await (const { AliasName = '', TargetKeyId } of items(pages, (page) => page.Aliases)) {
    const isOfRun = scope.owned.has(AliasName) || isMarked(scope, { names: [AliasName.replace(/^alias\//, '')] });
    if (isOfRun && TargetKeyId !== undefined) ids.push(TargetKeyId);
  }
  return ids;
}

const tagged = async (aws: Aws, scope: SweepScope): Promise<string[]> =>
  [...(await taggedArns(aws, scope, 'kms'))].map(idIn);

const ownedKeys = ({ owned }: SweepScope): string[] => [...owned].map(idIn).filter((id) => KEY_ID.test(id));

const idIn = (text: string): string => text.replace(/^arn:aws[\w-]*:kms:.*:key\//, '');

async function describe(aws: Aws, id: string): Promise<KeyMetadata | undefined> {
  try {
    const { KeyMetadata: key } = await aws.client(KMSClient).send(new DescribeKeyCommand({ KeyId: id }));
    if (key === undefined) throw new Error(`the answer says nothing of key ${id}`);
    return key;
  } catch (error) {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
}

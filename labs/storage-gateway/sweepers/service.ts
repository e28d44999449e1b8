// What the sweepers of Storage Gateway share. Its errors have one name, so what is gone is told by looking, not by an error.

import { StorageGatewayClient } from '@aws-sdk/client-storage-gateway';
import { type Aws, type Residue, type Sweeper, type SweepScope, taggedArns, waitUntil } from '../../../lib/kit';

export const sgw = (aws: Aws): { readonly client: StorageGatewayClient } => ({
  client: aws.client(StorageGatewayClient),
});

export const owns = ({ owned }: SweepScope, ...ids: readonly (string | undefined)[]): boolean =>
  ids.some((id) => id !== undefined && owned.has(id));

interface Listing<Thing> {
  readonly kind: string;
  readonly after: readonly string[];
  /** All of the account, to the last page. */
  readonly pages: (aws: Aws) => AsyncIterable<Thing>;
  /** Its ARN; undefined for what is on its way out. */
  readonly idOf: (thing: Thing) => string | undefined;
  /** Beside what is the run's by its own ARN or tag. */
  readonly isOfRun: (scope: SweepScope, thing: Thing) => boolean;
  readonly remove: (aws: Aws, thing: Thing) => Promise<unknown>;
  /** Seconds until it is out of the list. */
  readonly patience: number;
}

/** A sweeper of a kind that is listed, deleted if it is listed, and waited for until it is listed no more. */
export function listedKind<Thing>({ kind, after, pages, idOf, isOfRun, remove, patience }: Listing<Thing>): Sweeper {
  const find = async (aws: Aws, id: string): Promise<Thing | undefined> => {
    for await (const thing of pages(aws)) if (idOf(thing) === id) return thing;
    return undefined;
  };
  return {
    kind,
    after,
    async *list(aws, scope): AsyncGenerator<Residue> {
      const tagged = await taggedArns(aws, scope, 'storagegateway');
      for await (const thing of pages(aws)) {
        const id = idOf(thing);
        if (id !== undefined && (owns(scope, id) || tagged.has(id) || isOfRun(scope, thing))) yield { kind, id };
      }
    },
    async remove(aws, { id }) {
      const thing = await find(aws, id);
      if (thing === undefined) return;
      try {
        await remove(aws, thing);
      } catch (error) {
        if ((await find(aws, id)) !== undefined) throw error;
      }
      const isGone = async (): Promise<boolean> => (await find(aws, id)) === undefined;
      await waitUntil(aws, { for: `${kind} ${id} to be deleted`, seconds: patience }, isGone);
    },
  };
}

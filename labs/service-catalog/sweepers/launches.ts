// Provisioned products: each is a stack of its own, which only its termination takes along. The launch role has to be there still.

import { randomUUID } from 'node:crypto';
import {
  DescribeRecordCommand,
  type ProvisionedProductAttribute,
  paginateSearchProvisionedProducts,
  ServiceCatalogClient,
  TerminateProvisionedProductCommand,
} from '@aws-sdk/client-service-catalog';
import { type Aws, collect, isMarked, items, type Sweeper, unlessGone, waitUntil } from '../../../lib/kit';
import { productViews } from './listings';

const WHOLE_ACCOUNT = { AccessLevelFilter: { Key: 'Account', Value: 'self' } } as const;

const standing = async (aws: Aws): Promise<ProvisionedProductAttribute[]> => {
  const pages = paginateSearchProvisionedProducts({ client: aws.client(ServiceCatalogClient) }, WHOLE_ACCOUNT);
  return collect(items(pages, (page) => page.ProvisionedProducts));
};

export const provisionedProducts: Sweeper = {
  kind: 'servicecatalog:stack',

  async *list(aws, scope) {
    const products = new Set((await productViews(aws, scope)).map(({ id }) => id));
    for (const { Id: id, Name, Tags = [], ProductId = '' } of await standing(aws)) {
      const ours =
        isMarked(scope, { names: [Name], tags: Tags }) || products.has(ProductId) || scope.owned.has(ProductId);
      if (id !== undefined && (ours || scope.owned.has(id))) yield { kind: 'servicecatalog:stack', id };
    }
  },

  // Never with IgnoreErrors: that forgets the product and leaves what it made.
  async remove(aws, { id }) {
    const client = aws.client(ServiceCatalogClient);
    await settled(aws, id);
    await unlessGone(['ResourceNotFoundException'], async () => {
      const asked = { ProvisionedProductId: id, TerminateToken: randomUUID() };
      const { RecordDetail } = await client.send(new TerminateProvisionedProductCommand(asked));
      await waitUntil(aws, { for: `${id} to be terminated`, seconds: 900 }, async () => {
        const answer = await client.send(new DescribeRecordCommand({ Id: RecordDetail?.RecordId }));
        const { Status, RecordErrors = [] } = answer.RecordDetail ?? {};
        if (Status === 'FAILED') throw new Error(RecordErrors[0]?.Description ?? `the termination of ${id} failed`);
        return Status === 'SUCCEEDED';
      });
    });
    await waitUntil(aws, { for: `${id} to be gone`, seconds: 120 }, async () =>
      (await standing(aws)).every(({ Id }) => Id !== id),
    );
  },
};

/** What changes cannot be terminated. */
const settled = (aws: Aws, id: string): Promise<void> =>
  waitUntil(aws, { for: `${id} to be at rest`, seconds: 900 }, async () =>
    (await standing(aws)).every(({ Id, Status }) => Id !== id || Status !== 'UNDER_CHANGE'),
  );

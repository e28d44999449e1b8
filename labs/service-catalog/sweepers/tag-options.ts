// TagOptions, which have neither tags nor a name: their key carries the run's. And what they are associated with.

import {
  DeleteTagOptionCommand,
  DescribePortfolioCommand,
  DescribeProductAsAdminCommand,
  DisassociateTagOptionFromResourceCommand,
  paginateListResourcesForTagOption,
  paginateListTagOptions,
  ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';
import { type Aws, collect, isMarked, items, type Sweeper, type SweepScope, unlessGone } from '../../../lib/kit';
import { portfoliosOf, productViews } from './listings';

const GONE = ['ResourceNotFoundException'];

async function own(aws: Aws, scope: SweepScope): Promise<string[]> {
  const pages = paginateListTagOptions({ client: aws.client(ServiceCatalogClient) }, {});
  const all = await collect(items(pages, (page) => page.TagOptionDetails));
  return all.flatMap(({ Id = '', Key }) => (isMarked(scope, { names: [Key] }) || scope.owned.has(Id) ? Id : []));
}

/** The run's TagOptions on whatever they are; and any TagOption on what is the run's. */
export const tagOptionAssociations: Sweeper = {
  kind: 'servicecatalog:tag-option-association',
  after: ['servicecatalog:stack'],

  async *list(aws, scope) {
    const client = aws.client(ServiceCatalogClient);
    const found = new Set<string>();
    for (const TagOptionId of await own(aws, scope)) {
      const pages = paginateListResourcesForTagOption({ client }, { TagOptionId });
      for await (const { Id } of items(pages, (page) => page.ResourceDetails)) found.add(`${TagOptionId}|${Id}`);
    }
    for (const { id: Id } of await portfoliosOf(aws, scope)) {
      const { TagOptions = [] } = await client.send(new DescribePortfolioCommand({ Id }));
      for (const option of TagOptions) found.add(`${option.Id}|${Id}`);
    }
    for (const { id: Id } of await productViews(aws, scope)) {
      const { TagOptions = [] } = await client.send(new DescribeProductAsAdminCommand({ Id }));
      for (const option of TagOptions) found.add(`${option.Id}|${Id}`);
    }
    for (const id of found) yield { kind: 'servicecatalog:tag-option-association', id };
  },

  async remove(aws, { id }) {
    const [TagOptionId, ResourceId] = id.split('|');
    await unlessGone(GONE, () =>
      aws.client(ServiceCatalogClient).send(new DisassociateTagOptionFromResourceCommand({ TagOptionId, ResourceId })),
    );
  },
};

export const tagOptions: Sweeper = {
  kind: 'servicecatalog:tag-option',
  after: ['servicecatalog:tag-option-association'],

  async *list(aws, scope) {
    for (const id of await own(aws, scope)) yield { kind: 'servicecatalog:tag-option', id };
  },

  async remove(aws, { id: Id }) {
    await unlessGone(GONE, () => aws.client(ServiceCatalogClient).send(new DeleteTagOptionCommand({ Id })));
  },
};

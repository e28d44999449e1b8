// The ARNs that carry the run's tag, of some types: one listing for all, where a service's own list shows no tags.

import { paginateGetResources, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { type Aws, items, type SweepScope } from '../../kit';

/**
 * Asking each thing for its tags would cost a call for every thing of everybody. `types` are the API's own ("kms:key").
 * It may lag behind by minutes and may name what is gone: who asks looks at the thing itself.
 */
export async function* taggedArns(aws: Aws, { tag }: SweepScope, ...types: readonly string[]): AsyncGenerator<string> {
  const client = aws.client(ResourceGroupsTaggingAPIClient);
  const filter = { TagFilters: [{ Key: tag.key, Values: [tag.value] }], ResourceTypeFilters: [...types] };
  const pages = paginateGetResources({ client }, filter);
  for await (const { ResourceARN } of items(pages, (page) => page.ResourceTagMappingList)) {
    if (ResourceARN !== undefined) yield ResourceARN;
  }
}

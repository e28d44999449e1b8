// What of Systems Manager carries the run's tag: its lists show no tags, the tagging API has one list of all.

import { paginateGetResources, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { type Aws, items, type SweepScope } from '../../../lib/kit';

/** Ids behind "arn:…:<type>/" of what is tagged as the run's. `type` as the tagging API calls it: "ssm:patchbaseline". */
export async function taggedIds(aws: Aws, { tag }: SweepScope, type: string): Promise<ReadonlySet<string>> {
  const pages = paginateGetResources(
    { client: aws.client(ResourceGroupsTaggingAPIClient) },
    { ResourceTypeFilters: [type], TagFilters: [{ Key: tag.key, Values: [tag.value] }] },
  );
  const ids = new Set<string>();
  for await (const { ResourceARN = '' } of items(pages, (page) => page.ResourceTagMappingList)) {
    ids.add(ResourceARN.slice(ResourceARN.indexOf('/') + 1));
  }
  return ids;
}

// The ARNs that carry the run's tag, of all or of one service: one listing for all, where a service's own list shows no tags.

import type { Aws } from './aws';
import { collect, items } from './items';
import type { SweepScope } from './sweeper';

/**
 * Asking each thing for its tags would cost a call for every thing of everybody; asking for everything of the run costs one
 * for all that ask within a look. `service` is what it is called in an ARN; without it, all.
 * It may lag behind by minutes and may name what is gone: who asks looks at the thing itself.
 * Of IAM it shows no users and roles, of the rest all (Services that support the Resource Groups Tagging API, 2026-11-25).
 */
export async function taggedArns(
  aws: Aws,
  { tag }: Pick<SweepScope, 'tag'>,
  service?: string,
): Promise<ReadonlySet<string>> {
  // Loaded when it is asked: the kit is what every command loads first.
  const { paginateGetResources, ResourceGroupsTaggingAPIClient } =
    require('@aws-sdk/client-resource-groups-tagging-api') as typeof import('@aws-sdk/client-resource-groups-tagging-api');
  const client = aws.client(ResourceGroupsTaggingAPIClient);
  const pages = paginateGetResources({ client }, { TagFilters: [{ Key: tag.key, Values: [tag.value] }] });
  const tagged = await collect(items(pages, (page) => page.ResourceTagMappingList));
  const arns = tagged.map(({ ResourceARN = '' }) => ResourceARN);
  return new Set(service === undefined ? arns : arns.filter((arn) => arn.split(':')[2] === service));
}

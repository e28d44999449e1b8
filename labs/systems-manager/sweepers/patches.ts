// Patch baselines, and the groups that they are registered for.

import {
  DeletePatchBaselineCommand,
  DeregisterPatchBaselineForPatchGroupCommand,
  GetPatchBaselineCommand,
  paginateDescribePatchBaselines,
  paginateDescribePatchGroups,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { type Aws, isMarked, items, type Sweeper, taggedArns, unlessGone } from '../../../lib/kit';
import { isTagged } from './marks';

const ssm = (aws: Aws): { readonly client: SSMClient } => ({ client: aws.client(SSMClient) });

/** Ids "<baseline>|<group>". A group that somebody registered by hand keeps the stack from deleting its baseline. */
export const patchGroups: Sweeper = {
  kind: 'ssm:patch-group',
  beforeStacks: true,

  async *list(aws, scope) {
    for await (const one of items(paginateDescribePatchGroups(ssm(aws), {}), (page) => page.Mappings)) {
      const { PatchGroup = '', BaselineIdentity: { BaselineId = '', BaselineName } = {} } = one;
      const isOfRun = scope.owned.has(BaselineId) || isMarked(scope, { names: [BaselineName] });
      if (!isOfRun) continue;
      // Of its own group the stack takes its baseline off by itself.
      if (PatchGroup === scope.prefix && scope.owned.has(BaselineId)) continue;
      yield { kind: 'ssm:patch-group', id: `${BaselineId}|${PatchGroup}` };
    }
  },

  remove: (aws, { id }) => {
    const [BaselineId = '', ...group] = id.split('|');
    return deregister(aws, BaselineId, group.join('|'));
  },
};

const deregister = (aws: Aws, BaselineId: string, PatchGroup: string): Promise<void> =>
  unlessGone(['InvalidResourceId', 'DoesNotExistException'], () =>
    ssm(aws).client.send(new DeregisterPatchBaselineForPatchGroupCommand({ BaselineId, PatchGroup })),
  );

export const baselines: Sweeper = {
  kind: 'ssm:patchbaseline',
  after: ['ssm:patch-group'],

  async *list(aws, scope) {
    const tagged = await taggedArns(aws, scope, 'ssm');
    const pages = paginateDescribePatchBaselines(ssm(aws), { Filters: [{ Key: 'OWNER', Values: ['Self'] }] });
    for await (const { BaselineId: id = '', BaselineName } of items(pages, (page) => page.BaselineIdentities)) {
      const isOfRun = isTagged(tagged, id) || scope.owned.has(id) || isMarked(scope, { names: [BaselineName] });
      if (isOfRun) yield { kind: 'ssm:patchbaseline', id };
    }
  },

  remove: (aws, { id: BaselineId }) =>
    unlessGone(['DoesNotExistException'], async () => {
      const { client } = ssm(aws);
      const { PatchGroups = [] } = await client.send(new GetPatchBaselineCommand({ BaselineId }));
      for (const group of PatchGroups) await deregister(aws, BaselineId, group);
      await client.send(new DeletePatchBaselineCommand({ BaselineId }));
    }),
};

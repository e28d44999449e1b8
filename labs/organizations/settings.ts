// What belongs to the organization and the bill rather than to the run: enabled types of policies, trusted services, the cost tag.

import { CostExplorerClient, UpdateCostAllocationTagsStatusCommand } from '@aws-sdk/client-cost-explorer';
import {
  DisableAWSServiceAccessCommand,
  DisablePolicyTypeCommand,
  EnablePolicyTypeCommand,
  type PolicyType,
  paginateListAWSServiceAccessForOrganization,
  paginateListPolicies,
  paginateListTargetsForPolicy,
} from '@aws-sdk/client-organizations';
import { type AccountSetting, type Aws, collect, items, type SettingValue, waitUntil } from '../../lib/kit';
import { costTag } from './observe/costs';
import { client, membership, root } from './observe/organization';

/** The tag that every run marks its things with. */
const RUN_TAG = 'worklab:run';

const isManagement = async (aws: Aws): Promise<boolean> => (await membership(aws)).standing === 'management';
const sorted = (texts: readonly string[]): string[] => [...texts].sort((one, other) => (one < other ? -1 : 1));
const textsOf = (was: SettingValue): string[] => (Array.isArray(was) ? was.map(String) : []);

/** `null`: no organization, or somebody else's. One that the run made is gone by then, and its types with it. */
const policyTypes: AccountSetting = {
  kind: 'organizations:policy-types',

  read: async (aws) => ((await isManagement(aws)) ? sorted((await root(aws)).types) : null),

  async restore(aws, was) {
    if (was === null || !(await isManagement(aws))) return;
    const { id: RootId, types } = await root(aws);
    for (const PolicyType of types.filter((type) => !textsOf(was).includes(type)) as PolicyType[]) {
      await refuseIfUsed(aws, PolicyType);
      await client(aws).send(new DisablePolicyTypeCommand({ RootId, PolicyType }));
    }
    for (const PolicyType of textsOf(was).filter((type) => !types.includes(type)) as PolicyType[]) {
      await client(aws).send(new EnablePolicyTypeCommand({ RootId, PolicyType }));
    }
    const before = sorted(textsOf(was)).join();
    await waitUntil(
      aws,
      { for: 'the types of policies to be as they were', seconds: 120 },
      async () => sorted((await root(aws)).types).join() === before,
    );
  },
};

/** Disabling a type detaches every policy of it, also those that somebody else attached meanwhile. */
async function refuseIfUsed(aws: Aws, Filter: PolicyType): Promise<void> {
  const paged = { client: client(aws) };
  for await (const { Id: PolicyId, Name, AwsManaged } of items(
    paginateListPolicies(paged, { Filter }),
    (page) => page.Policies,
  )) {
    if (AwsManaged) continue;
    const targets = await collect(items(paginateListTargetsForPolicy(paged, { PolicyId }), (page) => page.Targets));
    if (targets.length > 0) {
      throw new Error(
        `${Filter} stays enabled: the policy ${Name}, which is not the run's, is attached to ${targets.length} targets`,
      );
    }
  }
}

const trustedServices: AccountSetting = {
  kind: 'organizations:trusted-services',

  read: async (aws) => ((await isManagement(aws)) ? trusted(aws) : null),

  async restore(aws, was) {
    if (was === null || !(await isManagement(aws))) return;
    for (const ServicePrincipal of (await trusted(aws)).filter((name) => !textsOf(was).includes(name))) {
      await client(aws).send(new DisableAWSServiceAccessCommand({ ServicePrincipal }));
    }
  },
};

async function trusted(aws: Aws): Promise<string[]> {
  const pages = paginateListAWSServiceAccessForOrganization({ client: client(aws) }, {});
  const found = await collect(items(pages, (page) => page.EnabledServicePrincipals));
  return sorted(found.flatMap(({ ServicePrincipal }) => ServicePrincipal ?? []));
}

const costAllocationTag: AccountSetting = {
  kind: 'ce:cost-allocation-tag',

  read: async (aws) => (await costTag(aws, { tag: { key: RUN_TAG, value: '' } })).status === 'Active',

  async restore(aws, was) {
    const Status = was === true ? ('Active' as const) : ('Inactive' as const);
    await aws
      .client(CostExplorerClient)
      .send(new UpdateCostAllocationTagsStatusCommand({ CostAllocationTagsStatus: [{ TagKey: RUN_TAG, Status }] }));
  },
};

export const settings: readonly AccountSetting[] = [policyTypes, trustedServices, costAllocationTag];

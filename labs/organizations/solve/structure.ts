// The tree: an organization where the sandbox has none, and three units. No account is made, moved or closed.

import {
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  EnablePolicyTypeCommand,
  type PolicyType,
  TagResourceCommand,
} from '@aws-sdk/client-organizations';
import { type Aws, NotHere, type RunScope, waitUntil } from '../../../lib/kit';
import { client, membership, type Root, root, type Unit, units } from '../observe/organization';
import { NOT_MANAGEMENT } from '../standing';

export interface Hierarchy {
  readonly root: Root;
  /** The run's first unit, and those below it. */
  readonly workloads: string;
}

const tags = ({ tag }: RunScope) => [{ Key: tag.key, Value: tag.value }];

export async function hierarchy(aws: Aws, scope: RunScope): Promise<Hierarchy> {
  const top = await rootHere(aws, scope);
  const own = (await units(aws, scope, top.id)).filter(({ ours }) => ours);
  const first = own.find(({ parent }) => parent === top.id);
  const workloads = first?.id ?? (await createUnit(aws, scope, top.id, `${scope.prefix}-workloads`));
  for (const Name of ['prod', 'dev']) {
    if (!own.some(standsIn(workloads, Name))) await createUnit(aws, scope, workloads, Name);
  }
  return { root: top, workloads };
}

const standsIn =
  (parent: string, word: string) =>
  (unit: Unit): boolean =>
    unit.parent === parent && new RegExp(`(^|-)${word}`, 'i').test(unit.name);

async function createUnit(aws: Aws, scope: RunScope, ParentId: string, Name: string): Promise<string> {
  const made = await client(aws).send(new CreateOrganizationalUnitCommand({ ParentId, Name, Tags: tags(scope) }));
  return made.OrganizationalUnit?.Id ?? '';
}

/** The root of the organization, which is made in the sandbox alone. */
async function rootHere(aws: Aws, scope: RunScope): Promise<Root> {
  const { standing, features } = await membership(aws);
  if (standing === 'management' && features === 'ALL') return root(aws);
  if (standing !== 'none' || aws.target === 'aws') throw new NotHere(NOT_MANAGEMENT);
  await client(aws).send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const made = await root(aws);
  await client(aws).send(new TagResourceCommand({ ResourceId: made.id, Tags: tags(scope) }));
  return made;
}

/** Enables a type of policy in the root, and waits until it is. */
export async function enable(aws: Aws, { id: RootId, types }: Root, type: PolicyType): Promise<void> {
  if (types.includes(type)) return;
  await client(aws).send(new EnablePolicyTypeCommand({ RootId, PolicyType: type }));
  await waitUntil(aws, { for: `${type} to be enabled`, seconds: 120 }, async () =>
    (await root(aws)).types.includes(type),
  );
}

// The policies of the organization: those of one type that are the run's, where they hang, and what holds along a path to a unit.

import {
  DescribePolicyCommand,
  type PolicyType,
  paginateListPolicies,
  paginateListPoliciesForTarget,
  paginateListTargetsForPolicy,
} from '@aws-sdk/client-organizations';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';
import { client, type Organization, organization, tagsOf, type Unit } from './organization';

export interface Policy {
  readonly id: string;
  readonly name: string;
  readonly content: string;
  readonly ours: boolean;
}

export interface Attached extends Policy {
  /** Ids of roots, units and accounts. */
  readonly targets: readonly string[];
}

/** Everything that holds for an account in a unit: its own level last. */
export interface Path {
  readonly unit: string;
  readonly levels: readonly { readonly target: string; readonly policies: readonly Policy[] }[];
}

export interface Fence {
  readonly organization: Organization;
  readonly own: readonly Attached[];
  readonly paths: readonly Path[];
  /** Of the management account, which no SCP binds. */
  readonly account: string;
}

export interface Central {
  readonly organization: Organization;
  readonly tagPolicies: readonly Attached[];
  readonly backupPolicies: readonly Attached[];
}

const paged = (aws: Aws) => ({ client: client(aws) });

async function contentOf(aws: Aws, PolicyId: string): Promise<string> {
  const { Policy: found } = await client(aws).send(new DescribePolicyCommand({ PolicyId }));
  return found?.Content ?? '';
}

export async function ownPolicies(aws: Aws, scope: RunScope, Filter: PolicyType): Promise<Attached[]> {
  const own: Attached[] = [];
  for await (const one of items(paginateListPolicies(paged(aws), { Filter }), (page) => page.Policies)) {
    const { Id: id = '', Name: name = '' } = one;
    if (one.AwsManaged || !(isMarked(scope, { names: [name] }) || isMarked(scope, { tags: await tagsOf(aws, id) })))
      continue;
    const targets = await collect(
      items(paginateListTargetsForPolicy(paged(aws), { PolicyId: id }), (page) => page.Targets),
    );
    own.push({
      id,
      name,
      ours: true,
      content: await contentOf(aws, id),
      targets: targets.flatMap((at) => at.TargetId ?? []),
    });
  }
  return own;
}

async function pathTo(aws: Aws, unit: Unit, { root, units }: Organization, own: ReadonlySet<string>): Promise<Path> {
  const targets = [unit.id];
  for (let at = unit.parent; at !== root?.id; at = units.find(({ id }) => id === at)?.parent ?? root?.id ?? '') {
    targets.unshift(at);
  }
  const levels = [];
  for (const TargetId of [root?.id ?? '', ...targets]) {
    const pages = paginateListPoliciesForTarget(paged(aws), { TargetId, Filter: 'SERVICE_CONTROL_POLICY' });
    const policies: Policy[] = [];
    for await (const { Id: id = '', Name: name = '' } of items(pages, (page) => page.Policies)) {
      policies.push({ id, name, content: await contentOf(aws, id), ours: own.has(id) });
    }
    levels.push({ target: TargetId, policies });
  }
  return { unit: unit.name, levels };
}

export async function fence(aws: Aws, scope: RunScope): Promise<Fence> {
  const found = await organization(aws, scope);
  const { account } = aws;
  if (found.standing !== 'management') return { organization: found, own: [], paths: [], account };
  const own = await ownPolicies(aws, scope, 'SERVICE_CONTROL_POLICY');
  const ids = new Set(own.map(({ id }) => id));
  const mine = found.units.filter(({ ours }) => ours);
  const leaves = mine.filter(({ id }) => !mine.some(({ parent }) => parent === id));
  const paths: Path[] = [];
  for (const leaf of leaves) paths.push(await pathTo(aws, leaf, found, ids));
  return { organization: found, own, paths, account };
}

export async function central(aws: Aws, scope: RunScope): Promise<Central> {
  const found = await organization(aws, scope);
  if (found.standing !== 'management') return { organization: found, tagPolicies: [], backupPolicies: [] };
  return {
    organization: found,
    tagPolicies: await ownPolicies(aws, scope, 'TAG_POLICY'),
    backupPolicies: await ownPolicies(aws, scope, 'BACKUP_POLICY'),
  };
}

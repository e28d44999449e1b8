// The users, groups and roles that the run's portfolios name: whether they are there, and what they may do.

import {
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  paginateListAttachedGroupPolicies,
  paginateListAttachedRolePolicies,
  paginateListAttachedUserPolicies,
  paginateListRolePolicies,
} from '@aws-sdk/client-iam';
import { type Aws, collect, isMarked, items, type RunScope, unlessGone } from '../../../lib/kit';
import { type Portfolio, portfolios } from './portfolios';

export interface Entity {
  readonly arn: string;
  /** False for one that was deleted since: its association stays. */
  readonly there: boolean;
  /** Names of attached managed policies. */
  readonly attached: readonly string[];
}

export interface LaunchRole extends Entity {
  /** Service Catalog may be it. */
  readonly trusts: boolean;
  /** Actions that its inline policies allow. */
  readonly actions: readonly string[];
}

export interface Access {
  readonly portfolio: Portfolio;
  readonly entities: readonly (Entity & { /** Named as the run's. */ readonly ours: boolean })[];
}

export interface Launching {
  readonly portfolio: Portfolio;
  readonly role: LaunchRole | undefined;
}

const GONE = ['NoSuchEntity', 'NoSuchEntityException'];
const lastOf = (arn: string): string => arn.split('/').at(-1) ?? '';
const kindOf = (arn: string): string => arn.split(':')[5]?.split('/')[0] ?? '';

export async function access(aws: Aws, scope: RunScope): Promise<Access[]> {
  const all = await portfolios(aws, scope);
  return Promise.all(
    all.map(async (portfolio) => {
      const named = portfolio.principals.filter(({ type }) => type === 'IAM');
      const seen = named.map(async ({ arn }) => ({
        ...(await entity(aws, arn)),
        ours: isMarked(scope, { names: [lastOf(arn)] }),
      }));
      return { portfolio, entities: await Promise.all(seen) };
    }),
  );
}

export async function launching(aws: Aws, scope: RunScope): Promise<Launching[]> {
  const all = await portfolios(aws, scope);
  return Promise.all(all.map(async (portfolio) => ({ portfolio, role: await launchRole(aws, portfolio) })));
}

async function launchRole(aws: Aws, { constraints }: Portfolio): Promise<LaunchRole | undefined> {
  const { RoleArn, LocalRoleName } = constraints.find(({ type }) => type === 'LAUNCH')?.parameters ?? {};
  const name = typeof RoleArn === 'string' ? lastOf(RoleArn) : LocalRoleName;
  if (typeof name !== 'string') return undefined;
  const arn = typeof RoleArn === 'string' ? RoleArn : `arn:aws:iam::${aws.account}:role/${name}`;
  return roleOf(aws, arn, name);
}

async function roleOf(aws: Aws, arn: string, RoleName: string): Promise<LaunchRole> {
  const client = aws.client(IAMClient);
  let found: LaunchRole = { arn, there: false, attached: [], trusts: false, actions: [] };
  await unlessGone(GONE, async () => {
    const { Role } = await client.send(new GetRoleCommand({ RoleName }));
    const names = await collect(items(paginateListRolePolicies({ client }, { RoleName }), (page) => page.PolicyNames));
    const texts = await Promise.all(
      names.map(
        async (PolicyName) =>
          (await client.send(new GetRolePolicyCommand({ RoleName, PolicyName }))).PolicyDocument ?? '',
      ),
    );
    found = {
      ...(await entity(aws, arn)),
      trusts: allowed(Role?.AssumeRolePolicyDocument ?? '').some(({ text }) => text.includes('servicecatalog.')),
      actions: texts.flatMap(allowed).flatMap(({ actions }) => actions),
    };
  });
  return found;
}

/** The statements of a policy that allow something: their actions, and the whole text. */
function allowed(document: string): { readonly actions: readonly string[]; readonly text: string }[] {
  if (document === '') return [];
  const { Statement } = JSON.parse(decodeURIComponent(document)) as { Statement: Statement | Statement[] };
  return [Statement]
    .flat()
    .filter(({ Effect }) => Effect === 'Allow')
    .map((one) => ({ actions: [one.Action ?? []].flat(), text: JSON.stringify(one) }));
}

interface Statement {
  readonly Effect: string;
  readonly Action?: string | string[];
}

async function entity(aws: Aws, arn: string): Promise<Entity> {
  const client = aws.client(IAMClient);
  const name = lastOf(arn);
  let found: Entity = { arn, there: false, attached: [] };
  await unlessGone(GONE, async () => {
    const pages = {
      user: () => paginateListAttachedUserPolicies({ client }, { UserName: name }),
      group: () => paginateListAttachedGroupPolicies({ client }, { GroupName: name }),
      role: () => paginateListAttachedRolePolicies({ client }, { RoleName: name }),
    }[kindOf(arn)];
    if (pages === undefined) return;
    const policies = await collect(items(pages(), (page) => page.AttachedPolicies));
    found = { arn, there: true, attached: policies.flatMap(({ PolicyName }) => PolicyName ?? []) };
  });
  return found;
}

// The run's roles that Storage Gateway may take on: who may, and what they then may do with which bucket.

import {
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  paginateListRolePolicies,
  paginateListRoles,
} from '@aws-sdk/client-iam';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';
import { type Grant, listed, type Statement, statementsOf } from '../policies';

export interface Role {
  readonly name: string;
  readonly arn: string;
  /** Storage Gateway may take it on. */
  readonly trusted: boolean;
  /** Only on behalf of one account (or gateway). */
  readonly guarded: boolean;
  /** What its inline policies allow. */
  readonly grants: readonly Grant[];
}

export async function roles(aws: Aws, scope: RunScope): Promise<Role[]> {
  const client = aws.client(IAMClient);
  const all = await collect(items(paginateListRoles({ client }, {}), (page) => page.Roles));
  const own = all.filter(({ RoleName, Path }) => isMarked(scope, { names: [RoleName, Path] }));
  const found = await Promise.all(own.map(({ RoleName = '' }) => roleOf(client, RoleName)));
  return found.filter(({ trusted }) => trusted);
}

async function roleOf(client: IAMClient, RoleName: string): Promise<Role> {
  const { Role: role } = await client.send(new GetRoleCommand({ RoleName }));
  const trust = statementsOf(role?.AssumeRolePolicyDocument).filter(({ Effect }) => Effect === 'Allow');
  const ofService = trust.filter(({ Principal }) => trusts(Principal));
  return {
    name: RoleName,
    arn: role?.Arn ?? '',
    trusted: ofService.length > 0,
    guarded: ofService.every(({ Condition = {} }) =>
      Object.values(Condition)
        .flatMap((keys) => Object.keys(keys))
        .some((key) => /^aws:Source(?:Account|Arn)$/i.test(key)),
    ),
    grants: await grantsOf(client, RoleName),
  };
}

const trusts = (principal: Statement['Principal']): boolean =>
  typeof principal === 'object' && listed(principal.Service).includes('storagegateway.amazonaws.com');

async function grantsOf(client: IAMClient, RoleName: string): Promise<Grant[]> {
  const names = await collect(items(paginateListRolePolicies({ client }, { RoleName }), (page) => page.PolicyNames));
  const answers = await Promise.all(
    names.map((PolicyName) => client.send(new GetRolePolicyCommand({ RoleName, PolicyName }))),
  );
  return answers
    .flatMap(({ PolicyDocument }) => statementsOf(PolicyDocument))
    .filter(({ Effect }) => Effect === 'Allow')
    .map(({ Action, Resource }) => ({ actions: listed(Action), resources: listed(Resource) }));
}

// Roles under the run's name or path: whom they trust, what they may do, and the identity providers that some of them trust.

import {
  GetOpenIDConnectProviderCommand,
  GetRoleCommand,
  IAMClient,
  ListOpenIDConnectProvidersCommand,
  ListSAMLProvidersCommand,
  paginateListAttachedRolePolicies,
  paginateListInstanceProfilesForRole,
  paginateListRolePolicies,
  paginateListRoles,
} from '@aws-sdk/client-iam';
import { type Aws, collect, isMarked, items, onePage, type RunScope } from '../../../lib/kit';
import { type Statement, statementsOf } from '../policies';

export interface Role {
  readonly name: string;
  readonly boundary?: string | undefined;
  /** Seconds. */
  readonly longestSession: number;
  readonly trust: readonly Statement[];
  /** ARNs of attached policies, names of inline ones, names of instance profiles with it. */
  readonly attached: readonly string[];
  readonly inline: readonly string[];
  readonly profiles: readonly string[];
}

export async function roles(aws: Aws, scope: RunScope): Promise<Role[]> {
  const client = { client: aws.client(IAMClient) };
  const found: Role[] = [];
  for await (const { RoleName: name = '', Path } of items(paginateListRoles(client, {}), (page) => page.Roles)) {
    if (!isMarked(scope, { names: [name, Path] })) continue;
    const of = { RoleName: name };
    const { Role } = await client.client.send(new GetRoleCommand(of));
    const attached = await collect(
      items(paginateListAttachedRolePolicies(client, of), (page) => page.AttachedPolicies),
    );
    const profiles = await collect(
      items(paginateListInstanceProfilesForRole(client, of), (page) => page.InstanceProfiles),
    );
    found.push({
      name,
      boundary: Role?.PermissionsBoundary?.PermissionsBoundaryArn,
      longestSession: Role?.MaxSessionDuration ?? 3600,
      trust: statementsOf(Role?.AssumeRolePolicyDocument),
      attached: attached.map(({ PolicyArn = '' }) => PolicyArn),
      inline: await collect(items(paginateListRolePolicies(client, of), (page) => page.PolicyNames)),
      profiles: profiles.map(({ InstanceProfileName = '' }) => InstanceProfileName),
    });
  }
  return found;
}

export interface Federation {
  readonly roles: readonly Role[];
  /** ARNs of the account's SAML providers. */
  readonly saml: readonly string[];
  /** The account's OpenID Connect providers that a role of the run trusts: ARN, issuer without scheme, audiences. */
  readonly oidc: readonly { readonly arn: string; readonly issuer: string; readonly audiences: readonly string[] }[];
}

export async function federation(aws: Aws, scope: RunScope): Promise<Federation> {
  const client = aws.client(IAMClient);
  const own = await roles(aws, scope);
  const named = new Set(own.flatMap(({ trust }) => trust.flatMap(({ principals }) => principals.Federated ?? [])));
  const saml = await collect(
    items(onePage(client.send(new ListSAMLProvidersCommand({}))), (page) => page.SAMLProviderList),
  );
  const all = await collect(
    items(onePage(client.send(new ListOpenIDConnectProvidersCommand({}))), (page) => page.OpenIDConnectProviderList),
  );
  const oidc = [];
  for (const { Arn: arn = '' } of all.filter(({ Arn = '' }) => named.has(Arn))) {
    const { Url = '', ClientIDList = [] } = await client.send(
      new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }),
    );
    oidc.push({ arn, issuer: Url.replace(/^https:\/\//, ''), audiences: ClientIDList });
  }
  return { roles: own, saml: saml.map(({ Arn = '' }) => Arn), oidc };
}

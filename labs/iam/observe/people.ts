// Users and groups under the run's name or path, with what hangs on each. Their lists carry no tags.

import {
  GetLoginProfileCommand,
  GetUserCommand,
  IAMClient,
  paginateGetGroup,
  paginateListAccessKeys,
  paginateListAttachedGroupPolicies,
  paginateListAttachedUserPolicies,
  paginateListGroupPolicies,
  paginateListGroups,
  paginateListMFADevices,
  paginateListUserPolicies,
  paginateListUsers,
} from '@aws-sdk/client-iam';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';

export interface Key {
  readonly id: string;
  readonly active: boolean;
  /** ISO 8601. */
  readonly created: string;
}

export interface User {
  readonly name: string;
  readonly arn: string;
  /** ARN of the permissions boundary. */
  readonly boundary?: string | undefined;
  /** Names of the policies on the user itself, inline and attached. */
  readonly policies: readonly string[];
  readonly hasPassword: boolean;
  readonly keys: readonly Key[];
  /** Serial numbers of the MFA devices that are enabled. */
  readonly devices: readonly string[];
}

export interface Group {
  readonly name: string;
  /** Users of the run that are in it. */
  readonly members: readonly User[];
  /** Attached managed policies: names and ARNs. */
  readonly attached: readonly { readonly name: string; readonly arn: string }[];
  readonly inline: readonly string[];
}

const iam = (aws: Aws): { readonly client: IAMClient } => ({ client: aws.client(IAMClient) });

export async function users(aws: Aws, scope: RunScope): Promise<User[]> {
  const found: User[] = [];
  for await (const { UserName: name = '', Path } of items(paginateListUsers(iam(aws), {}), (page) => page.Users)) {
    if (isMarked(scope, { names: [name, Path] })) found.push(await userOf(aws, name));
  }
  return found;
}

async function userOf(aws: Aws, name: string): Promise<User> {
  const of = { UserName: name };
  const client = iam(aws);
  const { User } = await client.client.send(new GetUserCommand(of));
  const attached = await collect(items(paginateListAttachedUserPolicies(client, of), (page) => page.AttachedPolicies));
  const inline = await collect(items(paginateListUserPolicies(client, of), (page) => page.PolicyNames));
  const keys = await collect(items(paginateListAccessKeys(client, of), (page) => page.AccessKeyMetadata));
  const devices = await collect(items(paginateListMFADevices(client, of), (page) => page.MFADevices));
  return {
    name,
    arn: User?.Arn ?? '',
    boundary: User?.PermissionsBoundary?.PermissionsBoundaryArn,
    policies: [...inline, ...attached.map(({ PolicyName = '' }) => PolicyName)],
    hasPassword: await hasPassword(aws, name),
    keys: keys.map(({ AccessKeyId: id = '', Status, CreateDate }) => ({
      id,
      active: Status === 'Active',
      created: CreateDate?.toISOString() ?? '',
    })),
    devices: devices.map(({ SerialNumber = '' }) => SerialNumber),
  };
}

async function hasPassword(aws: Aws, UserName: string): Promise<boolean> {
  try {
    await iam(aws).client.send(new GetLoginProfileCommand({ UserName }));
    return true;
  } catch (error) {
    if (error instanceof Error && /^NoSuchEntity/.test(error.name)) return false;
    throw error;
  }
}

export async function groups(aws: Aws, scope: RunScope): Promise<Group[]> {
  const known = await users(aws, scope);
  const client = iam(aws);
  const found: Group[] = [];
  for await (const { GroupName: name = '', Path } of items(paginateListGroups(client, {}), (page) => page.Groups)) {
    if (!isMarked(scope, { names: [name, Path] })) continue;
    const of = { GroupName: name };
    const members = await collect(items(paginateGetGroup(client, of), (page) => page.Users));
    const attached = await collect(
      items(paginateListAttachedGroupPolicies(client, of), (page) => page.AttachedPolicies),
    );
    found.push({
      name,
      members: known.filter((user) => members.some(({ UserName }) => UserName === user.name)),
      attached: attached.map(({ PolicyName = '', PolicyArn = '' }) => ({ name: PolicyName, arn: PolicyArn })),
      inline: await collect(items(paginateListGroupPolicies(client, of), (page) => page.PolicyNames)),
    });
  }
  return found;
}

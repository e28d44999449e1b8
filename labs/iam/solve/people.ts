// Users, their group, and its policies → as the exercises ask. A user that lacks something is mended rather than made anew.

import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  DeleteLoginProfileCommand,
  DeletePolicyVersionCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  GetPolicyCommand,
  IAMClient,
  PutGroupPolicyCommand,
  PutUserPermissionsBoundaryCommand,
  paginateListAttachedUserPolicies,
  paginateListPolicyVersions,
  paginateListUserPolicies,
} from '@aws-sdk/client-iam';
import { type Aws, collect, items, meets, type RunScope } from '../../../lib/kit';
import { NARROWED, PEOPLE, RIGHTS } from '../demands';
import { notes, ownDevices, type PolicyDocument, policy } from '../documents';
import { pathOf } from '../facts';
import { groups, type User, users } from '../observe/people';
import { documentOf, narrowed, rights } from '../observe/rights';
import { arnOf, boundaryOf, ifThere, placeOf, tagsOf, unlessThere } from './ground';

const PEOPLE_OF_THE_RUN = ['dev1', 'dev2'] as const;

export async function people(aws: Aws, scope: RunScope): Promise<void> {
  if ((await groups(aws, scope)).some((group) => meets(group, PEOPLE))) return;
  const client = aws.client(IAMClient);
  const PermissionsBoundary = await boundaryOf(aws, scope);
  const GroupName = await groupOf(aws, scope);
  for (const one of PEOPLE_OF_THE_RUN) {
    const UserName = `${scope.prefix}-${one}`;
    const make = new CreateUserCommand({ UserName, Path: pathOf(scope), PermissionsBoundary, Tags: tagsOf(scope) });
    await unlessThere(() => client.send(make));
    await client.send(new AddUserToGroupCommand({ GroupName, UserName }));
  }
  for (const user of await users(aws, scope)) await bare(aws, user, PermissionsBoundary);
}

async function groupOf(aws: Aws, scope: RunScope): Promise<string> {
  const GroupName = `${scope.prefix}-devs`;
  await unlessThere(() => aws.client(IAMClient).send(new CreateGroupCommand({ GroupName, Path: pathOf(scope) })));
  return GroupName;
}

/** Under the boundary, without policies or a password of its own. */
async function bare(
  aws: Aws,
  { name: UserName, boundary, hasPassword }: User,
  PermissionsBoundary: string,
): Promise<void> {
  const client = aws.client(IAMClient);
  if (boundary === undefined) {
    await client.send(new PutUserPermissionsBoundaryCommand({ UserName, PermissionsBoundary }));
  }
  for await (const { PolicyArn } of items(
    paginateListAttachedUserPolicies({ client }, { UserName }),
    (page) => page.AttachedPolicies,
  )) {
    await client.send(new DetachUserPolicyCommand({ UserName, PolicyArn }));
  }
  for await (const PolicyName of items(
    paginateListUserPolicies({ client }, { UserName }),
    (page) => page.PolicyNames,
  )) {
    await client.send(new DeleteUserPolicyCommand({ UserName, PolicyName }));
  }
  if (hasPassword) await client.send(new DeleteLoginProfileCommand({ UserName }));
}

export async function policies(aws: Aws, scope: RunScope): Promise<void> {
  if ((await rights(aws, scope)).some((one) => meets(one, RIGHTS))) return;
  await people(aws, scope);
  const client = aws.client(IAMClient);
  const GroupName = await groupOf(aws, scope);
  const PolicyArn = await managed(aws, scope, 'notes', notes(placeOf(aws, scope)));
  await client.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn }));
  const PolicyDocument = JSON.stringify(ownDevices(placeOf(aws, scope)));
  await client.send(new PutGroupPolicyCommand({ GroupName, PolicyName: 'own-devices', PolicyDocument }));
}

/** A managed policy of the run with this document as its default version. */
export async function managed(aws: Aws, scope: RunScope, thing: string, document: PolicyDocument): Promise<string> {
  const client = aws.client(IAMClient);
  const PolicyArn = arnOf(aws, scope, 'policy', thing);
  const PolicyDocument = JSON.stringify(document);
  const there = await ifThere(() => client.send(new GetPolicyCommand({ PolicyArn })));
  if (there === undefined) {
    const PolicyName = `${scope.prefix}-${thing}`;
    await client.send(
      new CreatePolicyCommand({ PolicyName, Path: pathOf(scope), PolicyDocument, Tags: tagsOf(scope) }),
    );
  } else if (!isSame(await documentOf(aws, PolicyArn), document)) {
    await newVersion(aws, PolicyArn, PolicyDocument);
  }
  return PolicyArn;
}

function isSame(text: string, document: PolicyDocument): boolean {
  try {
    return JSON.stringify(JSON.parse(decodeURIComponent(text))) === JSON.stringify(document);
  } catch {
    return false;
  }
}

/** IAM keeps five versions: the oldest that is not the default makes room. */
async function newVersion(aws: Aws, PolicyArn: string, PolicyDocument: string): Promise<void> {
  const client = aws.client(IAMClient);
  const pages = paginateListPolicyVersions({ client }, { PolicyArn });
  const versions = await collect(items(pages, (page) => page.Versions));
  const oldest = versions
    .filter(({ IsDefaultVersion }) => IsDefaultVersion !== true)
    .sort((a, b) => (a.CreateDate?.getTime() ?? 0) - (b.CreateDate?.getTime() ?? 0))[0];
  if (versions.length >= 5 && oldest !== undefined) {
    await client.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: oldest.VersionId }));
  }
  await client.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }));
}

export async function narrow(aws: Aws, scope: RunScope): Promise<void> {
  if ((await narrowed(aws, scope)).some((one) => meets(one, NARROWED))) return;
  const [wide] = notes(placeOf(aws, scope)).Statement;
  await managed(aws, scope, 'reader', notes(placeOf(aws, scope)));
  await managed(aws, scope, 'reader', policy({ ...wide, Action: 's3:GetObject' }));
}

// What people may do, asked of IAM's own simulator: nothing is done, and nobody's credentials are needed.

import {
  type ContextEntry,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  IAMClient,
  paginateListPolicies,
  paginateSimulateCustomPolicy,
  paginateSimulatePrincipalPolicy,
} from '@aws-sdk/client-iam';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';
import { notesOf } from '../facts';
import { statementsOf, wildActions } from '../policies';
import { type Group, groups, type User, users } from './people';

/** "allowed", "explicitDeny" or "implicitDeny". */
export type Decision = string;

interface Circumstances {
  readonly mfa: boolean;
  readonly tls: boolean;
}

const AT_BEST: Circumstances = { mfa: true, tls: true };

const contextOf = (name: string, { mfa, tls }: Circumstances): ContextEntry[] => [
  { ContextKeyName: 'aws:username', ContextKeyType: 'string', ContextKeyValues: [name] },
  { ContextKeyName: 'aws:MultiFactorAuthPresent', ContextKeyType: 'boolean', ContextKeyValues: [String(mfa)] },
  { ContextKeyName: 'aws:SecureTransport', ContextKeyType: 'boolean', ContextKeyValues: [String(tls)] },
];

async function may(aws: Aws, user: User, action: string, resource: string, when = AT_BEST): Promise<Decision> {
  const pages = paginateSimulatePrincipalPolicy(
    { client: aws.client(IAMClient) },
    {
      PolicySourceArn: user.arn,
      ActionNames: [action],
      ResourceArns: [resource],
      ContextEntries: contextOf(user.name, when),
    },
  );
  const [result] = await collect(items(pages, (page) => page.EvaluationResults));
  return result?.EvalDecision ?? 'unknown';
}

export interface Rights {
  readonly group: string;
  /** Managed policies of this account on the group, and what in them allows too much. */
  readonly managed: readonly { readonly name: string; readonly wild: readonly string[] }[];
  readonly inline: readonly string[];
  /** What its first member may do; undefined where it has none. */
  readonly member?:
    | {
        readonly name: string;
        readonly bounded: boolean;
        /** Read a note of one's own; one of somebody else's; one's own without TLS; make a user. */
        readonly own: Decision;
        readonly others: Decision;
        readonly plain: Decision;
        readonly beyond: Decision;
      }
    | undefined;
}

export async function rights(aws: Aws, scope: RunScope): Promise<Rights[]> {
  const found: Rights[] = [];
  for (const group of await groups(aws, scope)) {
    const own = group.attached.filter(({ arn }) => !arn.includes(':iam::aws:policy/'));
    const managed = [];
    for (const { name, arn } of own)
      managed.push({ name, wild: wildActions(statementsOf(await documentOf(aws, arn))) });
    found.push({ group: group.name, managed, inline: group.inline, member: await memberOf(aws, scope, group) });
  }
  return found;
}

async function memberOf(aws: Aws, scope: RunScope, { members }: Group): Promise<Rights['member']> {
  const [user] = members;
  if (user === undefined) return undefined;
  const note = (of: string) => `${notesOf(scope)}/${of}/1.txt`;
  return {
    name: user.name,
    bounded: user.boundary !== undefined,
    own: await may(aws, user, 's3:GetObject', note(user.name)),
    others: await may(aws, user, 's3:GetObject', note('somebody-else')),
    plain: await may(aws, user, 's3:GetObject', note(user.name), { mfa: true, tls: false }),
    beyond: await may(aws, user, 'iam:CreateUser', user.arn),
  };
}

/** The text of a managed policy's default version. */
export async function documentOf(aws: Aws, PolicyArn: string): Promise<string> {
  const client = aws.client(IAMClient);
  const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn }));
  const VersionId = Policy?.DefaultVersionId ?? '';
  const { PolicyVersion } = await client.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
  return PolicyVersion?.Document ?? '';
}

export interface SecondFactor {
  readonly user: string;
  readonly devices: readonly string[];
  /** Reading a note without a second factor and with one, and enabling a device without one. */
  readonly without: Decision;
  readonly withIt: Decision;
  readonly enrolling: Decision;
}

export async function secondFactors(aws: Aws, scope: RunScope): Promise<SecondFactor[]> {
  const found: SecondFactor[] = [];
  for (const user of await users(aws, scope)) {
    const note = `${notesOf(scope)}/${user.name}/1.txt`;
    const bare = { mfa: false, tls: true };
    found.push({
      user: user.name,
      devices: user.devices,
      without: await may(aws, user, 's3:GetObject', note, bare),
      withIt: await may(aws, user, 's3:GetObject', note),
      enrolling: await may(aws, user, 'iam:EnableMFADevice', user.arn, bare),
    });
  }
  return found;
}

export interface Narrowed {
  readonly name: string;
  /** Number of the default version: 1 as it was made. */
  readonly version: number;
  readonly wild: readonly string[];
  /** By the document alone: reading one's own note, writing it, deleting it. */
  readonly reads: Decision;
  readonly writes: Decision;
  readonly deletes: Decision;
}

/** The run's own managed policies, the boundary apart, each by itself. */
export async function narrowed(aws: Aws, scope: RunScope): Promise<Narrowed[]> {
  const pages = paginateListPolicies({ client: aws.client(IAMClient) }, { Scope: 'Local' });
  const found: Narrowed[] = [];
  for await (const { PolicyName: name = '', Path, Arn = '', DefaultVersionId = 'v0' } of items(
    pages,
    (page) => page.Policies,
  )) {
    if (name === `${scope.prefix}-boundary` || !isMarked(scope, { names: [name, Path] })) continue;
    const document = await documentOf(aws, Arn);
    const [reads = '', writes = '', deletes = ''] = await alone(aws, scope, decodeURIComponent(document));
    const version = Number(DefaultVersionId.slice(1));
    found.push({ name, version, wild: wildActions(statementsOf(document)), reads, writes, deletes });
  }
  return found;
}

async function alone(aws: Aws, scope: RunScope, document: string): Promise<Decision[]> {
  const pages = paginateSimulateCustomPolicy(
    { client: aws.client(IAMClient) },
    {
      PolicyInputList: [document],
      ActionNames: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
      ResourceArns: [`${notesOf(scope)}/somebody/1.txt`],
      ContextEntries: contextOf('somebody', AT_BEST),
    },
  );
  const results = await collect(items(pages, (page) => page.EvaluationResults));
  return results.map(({ EvalDecision = 'unknown' }) => EvalDecision);
}

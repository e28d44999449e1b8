// Policies made, put right and attached to the run's first unit; never to a root.

import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DetachPolicyCommand,
  type PolicyType,
  UpdatePolicyCommand,
} from '@aws-sdk/client-organizations';
import { type Aws, type RunScope, WorklabError } from '../../../lib/kit';
import { client } from '../observe/organization';
import { type Attached, fence as lookAtFence, ownPolicies } from '../observe/policies';
import { backupPolicy, scps, tagPolicy } from '../policies/documents';
import { enable, hierarchy } from './structure';

interface Wanted {
  readonly type: PolicyType;
  readonly name: string;
  readonly description: string;
  readonly policy: unknown;
}

/** AWS's own policy that allows everything: what a unit starts with. */
const ALLOW_ALL = 'p-FullAWSAccess';

export async function fence(aws: Aws, scope: RunScope): Promise<void> {
  const { root, workloads } = await hierarchy(aws, scope);
  await enable(aws, root, 'SERVICE_CONTROL_POLICY');
  const { own, paths, account } = await lookAtFence(aws, scope);
  await allowAll(aws, paths);
  for (const { id: PolicyId, targets } of own) {
    for (const TargetId of targets.filter((id) => id === root.id || id === account)) {
      await client(aws).send(new DetachPolicyCommand({ PolicyId, TargetId }));
    }
  }
  for (const { name, description, policy } of scps(aws.region)) {
    const wanted: Wanted = { type: 'SERVICE_CONTROL_POLICY', name, description, policy };
    await put(aws, scope, { wanted, own, workloads });
  }
}

/** Puts AWS's policy back on units of the run that were left without one that allows. */
async function allowAll(aws: Aws, paths: Awaited<ReturnType<typeof lookAtFence>>['paths']): Promise<void> {
  const bare = paths.flatMap(({ levels }) =>
    levels.slice(1).filter(({ policies }) => policies.every(({ ours }) => ours)),
  );
  for (const TargetId of new Set(bare.map(({ target }) => target))) {
    await client(aws).send(new AttachPolicyCommand({ PolicyId: ALLOW_ALL, TargetId }));
  }
}

export async function central(aws: Aws, scope: RunScope): Promise<void> {
  const { root, workloads } = await hierarchy(aws, scope);
  const wanted: Wanted[] = [
    { type: 'TAG_POLICY', name: 'tags', description: 'How CostCenter is spelled', policy: tagPolicy },
    { type: 'BACKUP_POLICY', name: 'backups', description: 'A daily backup', policy: backupPolicy(aws.region) },
  ];
  for (const one of wanted) {
    await enable(aws, root, one.type);
    await put(aws, scope, { wanted: one, own: await ownPolicies(aws, scope, one.type), workloads });
  }
}

interface Putting {
  readonly wanted: Wanted;
  readonly own: readonly Attached[];
  readonly workloads: string;
}

/** One of that name is put right and attached; one that is missing is made. */
async function put(aws: Aws, scope: RunScope, { wanted, own, workloads }: Putting): Promise<void> {
  const Name = `${scope.prefix}-${wanted.name}`;
  const Content = JSON.stringify(wanted.policy);
  const found = own.find(({ name }) => name === Name);
  if (found !== undefined && !isSame(found.content, Content)) {
    await client(aws).send(new UpdatePolicyCommand({ PolicyId: found.id, Content }));
  }
  const PolicyId = found?.id ?? (await create(aws, scope, { ...wanted, name: Name, policy: Content }));
  if (found?.targets.includes(workloads)) return;
  await client(aws).send(new AttachPolicyCommand({ PolicyId, TargetId: workloads }));
}

async function create(aws: Aws, { tag }: RunScope, { type, name, description, policy }: Wanted): Promise<string> {
  const answer = await client(aws).send(
    new CreatePolicyCommand({
      Type: type,
      Name: name,
      Description: description,
      Content: String(policy),
      Tags: [{ Key: tag.key, Value: tag.value }],
    }),
  );
  const id = answer.Policy?.PolicySummary?.Id;
  if (id === undefined) throw new WorklabError('usage/invalid', { what: `${name} was not made`, fix: 'try again' });
  return id;
}

const isSame = (one: string, other: string): boolean => {
  try {
    return JSON.stringify(JSON.parse(one)) === JSON.stringify(JSON.parse(other));
  } catch {
    return false;
  }
};

// The run's policies and units; an organization that the run made in the sandbox. One that was there before is never deleted.

import {
  type Account,
  DeleteOrganizationalUnitCommand,
  DeleteOrganizationCommand,
  DeletePolicyCommand,
  DetachPolicyCommand,
  type PolicyType,
  paginateListAccounts,
  paginateListPolicies,
  paginateListTargetsForPolicy,
  RemoveAccountFromOrganizationCommand,
} from '@aws-sdk/client-organizations';
import {
  type Aws,
  collect,
  isMarked,
  items,
  type Residue,
  type Sweeper,
  type SweepScope,
  unlessGone,
} from '../../../lib/kit';
import { client, membership, root, tagsOf, units as unitsBelow } from '../observe/organization';

const TYPES: readonly PolicyType[] = [
  'SERVICE_CONTROL_POLICY',
  'TAG_POLICY',
  'BACKUP_POLICY',
  'RESOURCE_CONTROL_POLICY',
  'AISERVICES_OPT_OUT_POLICY',
];
const paged = (aws: Aws) => ({ client: client(aws) });
const isManagement = async (aws: Aws): Promise<boolean> => (await membership(aws)).standing === 'management';

export const policies: Sweeper = {
  kind: 'organizations:policy',

  async *list(aws, scope) {
    if (!(await isManagement(aws))) return;
    for (const Filter of TYPES) {
      const pages = paginateListPolicies(paged(aws), { Filter });
      for await (const { Id: id, Name, AwsManaged } of items(pages, (page) => page.Policies)) {
        if (id === undefined || AwsManaged) continue;
        const ours =
          scope.owned.has(id) || isMarked(scope, { names: [Name] }) || isMarked(scope, { tags: await tagsOf(aws, id) });
        if (ours) yield { kind: 'organizations:policy', id };
      }
    }
  },

  remove: (aws, { id: PolicyId }) =>
    unlessGone(['PolicyNotFoundException'], async () => {
      const targets = paginateListTargetsForPolicy(paged(aws), { PolicyId });
      for (const { TargetId } of await collect(items(targets, (page) => page.Targets))) {
        await unlessGone(['PolicyNotAttachedException', 'TargetNotFoundException'], () =>
          client(aws).send(new DetachPolicyCommand({ PolicyId, TargetId })),
        );
      }
      await client(aws).send(new DeletePolicyCommand({ PolicyId }));
    }),
};

export const units: Sweeper = {
  kind: 'organizations:ou',
  after: ['organizations:account', 'organizations:policy'],

  async *list(aws, scope) {
    if (!(await isManagement(aws))) return;
    const all = await unitsBelow(aws, scope, (await root(aws)).id);
    const own = new Set<string>();
    for (const { id, parent, ours } of all) {
      if (ours || scope.owned.has(id) || own.has(parent)) own.add(id);
    }
    for (const id of own) yield { kind: 'organizations:ou', id };
  },

  /** With the units below it. One with an account in it is refused: where an account belongs is not ours to say. */
  async remove(aws, { id }) {
    const below = await unlessMissing(() => unitsBelow(aws, { prefix: '', tag: { key: '', value: '' } }, id, true));
    for (const unit of [...below.reverse(), { id }]) {
      await unlessGone(['OrganizationalUnitNotFoundException', 'AWSOrganizationsNotInUseException'], () =>
        client(aws).send(new DeleteOrganizationalUnitCommand({ OrganizationalUnitId: unit.id })),
      );
    }
  },
};

async function unlessMissing<One>(look: () => Promise<One[]>): Promise<One[]> {
  let found: One[] = [];
  await unlessGone(['ParentNotFoundException', 'AWSOrganizationsNotInUseException'], async () => {
    found = await look();
  });
  return found;
}

/** An account that turned up in the run's time. On AWS it is told, and never touched: to close one is for its owner. */
export const accounts: Sweeper = {
  kind: 'organizations:account',

  async *list(aws, scope) {
    if (!(await isManagement(aws))) return;
    const made = await madeByRun(aws, scope);
    for await (const account of items(paginateListAccounts(paged(aws), {}), (page) => page.Accounts)) {
      const { Id: id } = account;
      if (id === undefined || id === aws.account || !isSince(account, scope)) continue;
      const residue: Residue = { kind: 'organizations:account', id };
      if (made && aws.target === 'local') yield residue;
      else
        yield {
          ...residue,
          why: 'it joined the organization while the run was open: worklab closes and removes no account',
        };
    }
  },

  remove: (aws, { id: AccountId }) =>
    unlessGone(['AccountNotFoundException', 'AWSOrganizationsNotInUseException'], () =>
      client(aws).send(new RemoveAccountFromOrganizationCommand({ AccountId })),
    ),
};

const isSince = ({ JoinedTimestamp }: Account, { since }: SweepScope): boolean =>
  JoinedTimestamp !== undefined && JoinedTimestamp.getTime() >= Date.parse(since);

export const organizations: Sweeper = {
  kind: 'organizations:organization',
  after: ['organizations:account', 'organizations:ou', 'organizations:policy'],

  async *list(aws, scope) {
    const { standing, id } = await membership(aws);
    if (standing !== 'management') return;
    if (await madeByRun(aws, scope)) yield { kind: 'organizations:organization', id };
    else if (await isYoung(aws, scope)) {
      yield {
        kind: 'organizations:organization',
        id,
        why: 'it was made while the run was open, and its root does not carry the run’s tag',
      };
    }
  },

  async remove(aws, { id }) {
    const now = await membership(aws);
    if (now.standing === 'management' && now.id === id) await client(aws).send(new DeleteOrganizationCommand({}));
  },
};

/** Held by one of the run's stacks; or its root carries the run's tag, and it is no older than the run. */
async function madeByRun(aws: Aws, scope: SweepScope): Promise<boolean> {
  if (scope.owned.has((await membership(aws)).id)) return true;
  const tags = await tagsOf(aws, (await root(aws)).id);
  return isMarked(scope, { tags }) && (await isYoung(aws, scope));
}

/** The management account joins its organization as it makes it: there is no other date of birth. */
async function isYoung(aws: Aws, scope: SweepScope): Promise<boolean> {
  const all = await collect(items(paginateListAccounts(paged(aws), {}), (page) => page.Accounts));
  const own = all.find(({ Id }) => Id === aws.account);
  return own !== undefined && isSince(own, scope);
}

// The organization that the account stands in, if any: its root, its units, and which of them are the run's.

import {
  DescribeOrganizationCommand,
  OrganizationsClient,
  paginateListOrganizationalUnitsForParent,
  paginateListRoots,
  paginateListTagsForResource,
} from '@aws-sdk/client-organizations';
import { type Aws, collect, isMarked, items, MissingList, type RunScope } from '../../../lib/kit';

/** What the account is to its organization. */
export type Standing = 'none' | 'member' | 'management';

export interface Membership {
  readonly standing: Standing;
  readonly id: string;
  /** "ALL" or "CONSOLIDATED_BILLING". */
  readonly features: string;
}

export interface Root {
  readonly id: string;
  /** Types of policies that are enabled in it. */
  readonly types: readonly string[];
}

export interface Unit {
  readonly id: string;
  readonly name: string;
  readonly parent: string;
  /** By its tag or name, or because it stands in a unit that is the run's. */
  readonly ours: boolean;
}

export interface Organization extends Membership {
  readonly target: Aws['target'];
  readonly region: string;
  readonly root: Root | null;
  readonly units: readonly Unit[];
}

const NOT_IN_USE = 'AWSOrganizationsNotInUseException';
export const client = (aws: Aws): OrganizationsClient => aws.client(OrganizationsClient);
const paged = (aws: Aws) => ({ client: client(aws) });

/** No organization is an answer; everything else that goes wrong is thrown. */
export async function membership(aws: Aws): Promise<Membership> {
  try {
    const { Organization: found } = await client(aws).send(new DescribeOrganizationCommand({}));
    if (found === undefined) throw new MissingList('the answer lacks the organization');
    const standing = found.MasterAccountId === aws.account ? 'management' : 'member';
    return { standing, id: found.Id ?? '', features: found.FeatureSet ?? '' };
  } catch (error) {
    if (error instanceof Error && error.name === NOT_IN_USE) return { standing: 'none', id: '', features: '' };
    throw error;
  }
}

/** Asks as the management account: nobody else may. */
export async function root(aws: Aws): Promise<Root> {
  const [first] = await collect(items(paginateListRoots(paged(aws), {}), (page) => page.Roots));
  if (first?.Id === undefined) throw new MissingList('the answer lacks the root');
  const enabled = (first.PolicyTypes ?? []).filter(({ Status }) => Status === 'ENABLED');
  return { id: first.Id, types: enabled.flatMap(({ Type }) => Type ?? []) };
}

export const tagsOf = (aws: Aws, ResourceId: string) =>
  collect(items(paginateListTagsForResource(paged(aws), { ResourceId }), (page) => page.Tags));

type Marked = Pick<RunScope, 'prefix' | 'tag'>;

/** All units below, parents before children. */
export async function units(aws: Aws, scope: Marked, parent: string, inherited = false): Promise<Unit[]> {
  const found: Unit[] = [];
  const pages = paginateListOrganizationalUnitsForParent(paged(aws), { ParentId: parent });
  for await (const { Id: id = '', Name: name = '' } of items(pages, (page) => page.OrganizationalUnits)) {
    const ours = inherited || isMarked(scope, { names: [name] }) || isMarked(scope, { tags: await tagsOf(aws, id) });
    found.push({ id, name, parent, ours }, ...(await units(aws, scope, id, ours)));
  }
  return found;
}

export async function organization(aws: Aws, scope: Marked): Promise<Organization> {
  const here = { ...(await membership(aws)), target: aws.target, region: aws.region };
  if (here.standing !== 'management') return { ...here, root: null, units: [] };
  const top = await root(aws);
  return { ...here, root: top, units: await units(aws, scope, top.id) };
}

/**
 * Where a stack may build: under which root, and whether cost categories are the account's to make. On AWS an organization is never
 * made: an account that founds or joins one changes for good (its plan, its bills). What is not told is left to the defaults.
 */
export async function stackParameters(aws: Aws): Promise<Record<string, string>> {
  try {
    const { standing, features } = await membership(aws);
    const place = standing === 'management' && features === 'ALL' ? await placeThere(aws) : {};
    const founding: Record<string, string> =
      standing === 'none' && aws.target === 'local' ? { Organization: 'new' } : {};
    return { PaysTheBill: standing === 'member' ? 'no' : 'yes', ...place, ...founding };
  } catch (error) {
    if (error instanceof MissingList) return {};
    throw error;
  }
}

/** CloudFormation cannot enable a type of policy: where SCPs are not, its policies could not be attached. */
async function placeThere(aws: Aws): Promise<Record<string, string>> {
  const { id, types } = await root(aws);
  return types.includes('SERVICE_CONTROL_POLICY') ? { Organization: 'there', OrganizationRoot: id } : {};
}

// A real account and what is about to be deployed → what speaks against it, before anything is made. Read-only.

import { type EvaluationResult, GetRoleCommand, IAMClient, paginateSimulatePrincipalPolicy } from '@aws-sdk/client-iam';
import { messageOf, WorklabError } from '../core/errors';
import { mapAtMost } from '../core/map-at-most';
import { type Aws, type Concern, collect, items, type Preflight } from '../kit';

const LOOKS_AT_ONCE = 4;
/** Denied actions that are named; the rest is counted. */
const MOST_NAMED = 8;

/** What every look found. One that could not be made is a note of its own. */
export async function preflight(aws: Aws, looks: readonly Preflight[]): Promise<readonly Concern[]> {
  const found = await mapAtMost(LOOKS_AT_ONCE, looks, async ({ what, look }): Promise<readonly Concern[]> => {
    try {
      return await look(aws);
    } catch (error) {
      return [
        {
          level: 'note',
          what: `${what} could not be looked at: ${messageOf(error)}`,
          fix: 'it is not known whether this is in the way',
        },
      ];
    }
  });
  return found.flat();
}

/** Throws account/not-ready for the first concern that would make the deployment fail; they are all told in it. */
export function refuseConcerns(concerns: readonly Concern[]): void {
  const stops = concerns.filter(({ level }) => level === 'stop');
  if (stops.length === 0) return;
  throw new WorklabError('account/not-ready', {
    what: stops.map(({ what }) => what).join('; '),
    fix: stops.map(({ fix }) => fix).join('; '),
  });
}

/**
 * Whether the organization's SCPs, or an explicit deny of the caller's own policies, forbid what the labs do.
 * SimulatePrincipalPolicy takes SCPs into account and says so (IAM API reference, 2026-11-22). Implicit denies are not
 * counted: without the resources' names the simulation cannot tell.
 */
export const forbidden = (caller: string, actions: readonly string[]): Preflight => ({
  what: 'what the organization forbids',
  look: async (aws) => {
    const PolicySourceArn = await principalOf(aws, caller);
    const pages = paginateSimulatePrincipalPolicy(
      { client: aws.client(IAMClient) },
      { PolicySourceArn, ActionNames: [...actions] },
    );
    const results = await collect(items(pages, (page) => page.EvaluationResults));
    return [
      ...concern(results.filter(deniedByOrganization), 'a policy of the organization (SCP)'),
      ...concern(
        results.filter((one) => !deniedByOrganization(one) && one.EvalDecision === 'explicitDeny'),
        'a policy of your own',
      ),
    ];
  },
});

const deniedByOrganization = ({ OrganizationsDecisionDetail }: EvaluationResult): boolean =>
  OrganizationsDecisionDetail?.AllowedByOrganizations === false;

function concern(denied: readonly EvaluationResult[], by: string): Concern[] {
  if (denied.length === 0) return [];
  const names = denied.slice(0, MOST_NAMED).map(({ EvalActionName = '' }) => EvalActionName);
  const more = denied.length > names.length ? ` and ${denied.length - names.length} more` : '';
  return [
    {
      level: 'stop',
      what: `${by} denies ${names.join(', ')}${more}`,
      fix: 'use an account or a role where this is allowed, or leave the lab out with --only',
    },
  ];
}

/** A session of a role is simulated as its role, whose path only IAM knows. */
async function principalOf(aws: Aws, caller: string): Promise<string> {
  const role = /:assumed-role\/([^/]+)\//.exec(caller)?.[1];
  if (role === undefined) return caller;
  const { Role } = await aws.client(IAMClient).send(new GetRoleCommand({ RoleName: role }));
  if (Role?.Arn === undefined) throw new Error(`the answer does not name role ${role}`);
  return Role.Arn;
}

// The organization that the account manages, if it manages one, and the run's service control policies in it.

import { IAMClient, paginateSimulateCustomPolicy } from '@aws-sdk/client-iam';
import {
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  OrganizationsClient,
  paginateListPolicies,
  paginateListTargetsForPolicy,
} from '@aws-sdk/client-organizations';
import { type Aws, collect, isMarked, items, MissingList, type RunScope } from '../../../lib/kit';

export interface ControlPolicy {
  readonly name: string;
  /** Kinds of what it is attached to: "ROOT", "ORGANIZATIONAL_UNIT", "ACCOUNT". */
  readonly targets: readonly string[];
  /** Beside a policy that allows everything: may an account leave, and may it read an object? */
  readonly leaving: string;
  readonly reading: string;
}

export interface Guardrails {
  /** Why there is nothing to look at; undefined where the account manages an organization. */
  readonly without?: 'no organization' | 'a member only' | undefined;
  readonly policies: readonly ControlPolicy[];
}

/** The account that manages the organization; undefined where there is none. */
export async function manager(aws: Aws): Promise<string | undefined> {
  try {
    const { Organization } = await aws.client(OrganizationsClient).send(new DescribeOrganizationCommand({}));
    if (Organization === undefined) throw new MissingList('the answer lacks the organization');
    return Organization.MasterAccountId;
  } catch (error) {
    if (error instanceof Error && error.name === 'AWSOrganizationsNotInUseException') return undefined;
    throw error;
  }
}

export async function guardrails(aws: Aws, scope: RunScope): Promise<Guardrails> {
  const managedBy = await manager(aws);
  if (managedBy === undefined) return { without: 'no organization', policies: [] };
  if (managedBy !== aws.account) return { without: 'a member only', policies: [] };
  const client = { client: aws.client(OrganizationsClient) };
  const pages = paginateListPolicies(client, { Filter: 'SERVICE_CONTROL_POLICY' });
  const found: ControlPolicy[] = [];
  for await (const { Id: PolicyId = '', Name: name = '' } of items(pages, (page) => page.Policies)) {
    if (!isMarked(scope, { names: [name] })) continue;
    const { Policy } = await client.client.send(new DescribePolicyCommand({ PolicyId }));
    const targets = await collect(items(paginateListTargetsForPolicy(client, { PolicyId }), (page) => page.Targets));
    found.push({
      name,
      targets: targets.map(({ Type = '' }) => Type),
      ...(await effect(aws, Policy?.Content ?? '')),
    });
  }
  return { policies: found };
}

const EVERYTHING = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

async function effect(aws: Aws, content: string): Promise<{ readonly leaving: string; readonly reading: string }> {
  const pages = paginateSimulateCustomPolicy(
    { client: aws.client(IAMClient) },
    { PolicyInputList: [EVERYTHING, content], ActionNames: ['organizations:LeaveOrganization', 's3:GetObject'] },
  );
  const [leaving, reading] = await collect(items(pages, (page) => page.EvaluationResults));
  return { leaving: leaving?.EvalDecision ?? 'unknown', reading: reading?.EvalDecision ?? 'unknown' };
}

// The run's runbooks, the roles that they act in, and how they went.

import {
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  NoSuchEntityException,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
  type Role,
} from '@aws-sdk/client-iam';
import { paginateDescribeAutomationExecutions, SSMClient } from '@aws-sdk/client-ssm';
import { type Aws, collect, items, type RunScope } from '../../../lib/kit';
import { type Document, documents } from './documents';

export interface Runbook {
  readonly name: string;
  readonly status: string;
  /** False where the content is YAML, which is not read. */
  readonly readable: boolean;
  readonly actions: readonly string[];
  readonly role?:
    | {
        readonly name: string;
        readonly exists: boolean;
        readonly trusted: boolean;
        /** Names of the managed ones. */
        readonly policies: readonly string[];
        /** That its own policies allow. */
        readonly actions: readonly string[];
      }
    | undefined;
  /** The newest first: Systems Manager's own words. */
  readonly executions: readonly {
    readonly id: string;
    readonly status: string;
    readonly failure?: string | undefined;
  }[];
}

export async function runbooks(aws: Aws, scope: RunScope): Promise<Runbook[]> {
  const found = await documents(aws, scope, 'Automation');
  return Promise.all(found.map((document) => runbook(aws, document)));
}

async function runbook(aws: Aws, { name, status, content }: Document): Promise<Runbook> {
  const steps = (content?.mainSteps ?? []) as readonly { readonly action?: string }[];
  const arn = content && assumed(content);
  return {
    name,
    status,
    readable: content !== undefined,
    actions: steps.flatMap(({ action }) => action ?? []),
    role: arn ? await roleOf(aws, arn) : undefined,
    executions: await executionsOf(aws, name),
  };
}

/** The role's ARN: said outright, or as the default of the parameter that it is taken from. */
function assumed(content: Readonly<Record<string, unknown>>): string | undefined {
  const said = content.assumeRole;
  if (typeof said !== 'string') return undefined;
  const parameter = /^\{\{\s*(\w+)\s*\}\}$/.exec(said)?.[1];
  if (parameter === undefined) return said;
  const declared = (content.parameters ?? {}) as Record<string, { readonly default?: string } | undefined>;
  return declared[parameter]?.default;
}

async function roleOf(aws: Aws, arn: string): Promise<NonNullable<Runbook['role']>> {
  const client = aws.client(IAMClient);
  const RoleName = arn.split('/').at(-1) ?? '';
  const shown = await roleIfThere(client, RoleName);
  if (shown === undefined) return { name: RoleName, exists: false, trusted: false, policies: [], actions: [] };
  const pages = paginateListAttachedRolePolicies({ client }, { RoleName });
  const attached = await collect(items(pages, (page) => page.AttachedPolicies));
  return {
    name: RoleName,
    exists: true,
    trusted: decodeURIComponent(shown.AssumeRolePolicyDocument ?? '').includes('ssm.amazonaws.com'),
    policies: attached.map(({ PolicyName = '' }) => PolicyName),
    actions: await allowedBy(client, RoleName),
  };
}

/** The actions that the role's own policies allow. */
async function allowedBy(client: IAMClient, RoleName: string): Promise<string[]> {
  const pages = paginateListRolePolicies({ client }, { RoleName });
  const names = await collect(items(pages, (page) => page.PolicyNames));
  const documents = await Promise.all(
    names.map(async (PolicyName) => {
      const { PolicyDocument = '{}' } = await client.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      return JSON.parse(decodeURIComponent(PolicyDocument)) as { readonly Statement?: Statement | Statement[] };
    }),
  );
  return documents
    .flatMap(({ Statement = [] }) => Statement)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action = [] }) => Action);
}

interface Statement {
  readonly Effect?: string;
  readonly Action?: string | string[];
}

async function roleIfThere(client: IAMClient, RoleName: string): Promise<Role | undefined> {
  try {
    return (await client.send(new GetRoleCommand({ RoleName }))).Role;
  } catch (error) {
    if (error instanceof NoSuchEntityException) return undefined;
    throw error;
  }
}

async function executionsOf(aws: Aws, name: string): Promise<Runbook['executions'][number][]> {
  const pages = paginateDescribeAutomationExecutions(
    { client: aws.client(SSMClient) },
    { Filters: [{ Key: 'DocumentNamePrefix', Values: [name] }] },
  );
  const found = await collect(items(pages, (page) => page.AutomationExecutionMetadataList));
  return found
    .filter(({ DocumentName }) => DocumentName === name)
    .sort((a, b) => (b.ExecutionStartTime?.getTime() ?? 0) - (a.ExecutionStartTime?.getTime() ?? 0))
    .map(({ AutomationExecutionId = '', AutomationExecutionStatus = 'Failed', FailureMessage }) => ({
      id: AutomationExecutionId,
      status: AutomationExecutionStatus,
      failure: FailureMessage,
    }));
}

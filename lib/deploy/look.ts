// What CloudFormation says of a stack after its deployment, and what the emulator skipped in silence.

import { clientConfig, type Session } from '../aws/session';
import type { SynthesizedStack, Template } from '../core/assembly';
import type { DeployedStack, NotEmulated } from '../core/deployment';
import { collect, items } from '../kit';

/** The beginning of the reason that the sandbox gives for a resource that it only pretends to have. */
const NOT_EMULATED = /^not emulated\b/i;
/** Types that CloudFormation itself gives no physical resource. */
const WITHOUT_RESOURCE = new Set(['AWS::CDK::Metadata']);

interface Listed {
  readonly PhysicalResourceId?: string | undefined;
  readonly LogicalResourceId?: string | undefined;
  readonly ResourceStatusReason?: string | undefined;
}

/** Status and resources of a stack that stands. */
export async function deployedStack(session: Session, stack: SynthesizedStack): Promise<DeployedStack> {
  const { CloudFormationClient, DescribeStacksCommand, paginateListStackResources } = await import(
    '@aws-sdk/client-cloudformation'
  );
  const client = new CloudFormationClient(clientConfig({ ...session, region: stack.region }));
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack.name }));
  const listed: Listed[] = await collect(
    items(paginateListStackResources({ client }, { StackName: stack.name }), (page) => page.StackResourceSummaries),
  );
  const notEmulated = notEmulatedIn(stack.template, listed);
  return {
    name: stack.name,
    lab: stack.lab,
    status: Stacks[0]?.StackStatus ?? 'unknown',
    resources: Object.keys(wantedOf(stack.template, listed)).length - notEmulated.length,
    notEmulated,
  };
}

/** The resources of a template, those aside that CloudFormation left out since their condition does not hold. */
function wantedOf({ Resources = {} }: Template, listed: readonly Listed[]): NonNullable<Template['Resources']> {
  const named = new Set(listed.map(({ LogicalResourceId }) => LogicalResourceId));
  return Object.fromEntries(
    Object.entries(Resources).filter(([logicalId, { Condition }]) => Condition === undefined || named.has(logicalId)),
  );
}

/** Resources of the template without a physical id, or with one that stands for nothing. */
export function notEmulatedIn(template: Template, listed: readonly Listed[]): NotEmulated[] {
  const real = new Set(
    listed
      .filter(
        ({ PhysicalResourceId, ResourceStatusReason = '' }) =>
          PhysicalResourceId && !NOT_EMULATED.test(ResourceStatusReason),
      )
      .map(({ LogicalResourceId }) => LogicalResourceId),
  );
  return Object.entries(wantedOf(template, listed))
    .filter(([logicalId, { Type }]) => !real.has(logicalId) && !WITHOUT_RESOURCE.has(Type))
    .map(([logicalId, { Type: type }]) => ({ type, logicalId }));
}

/** The reason of the first stack that failed, in CloudFormation's words. */
export async function failureOf(session: Session, stacks: readonly SynthesizedStack[]): Promise<string | undefined> {
  const { CloudFormationClient, DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
  for (const { name, region } of stacks) {
    const client = new CloudFormationClient(clientConfig({ ...session, region }));
    const found = await client.send(new DescribeStacksCommand({ StackName: name })).catch(() => undefined);
    const { StackStatus = '', StackStatusReason } = found?.Stacks?.[0] ?? {};
    if (/FAILED|ROLLBACK/.test(StackStatus)) return `${name}: ${StackStatusReason ?? StackStatus}`;
  }
  return undefined;
}

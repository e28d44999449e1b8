// A guardrail on an empty unit of the organization. On AWS an organization is never made, and nothing is switched on in it.

import {
  AttachPolicyCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  CreatePolicyCommand,
  EnablePolicyTypeCommand,
  OrganizationsClient,
  paginateListOrganizationalUnitsForParent,
  paginateListPolicies,
  paginateListRoots,
  type Root,
  UpdatePolicyCommand,
} from '@aws-sdk/client-organizations';
import { type Aws, collect, items, meets, NotHere, type RunScope } from '../../../lib/kit';
import { GUARDRAIL } from '../demands';
import { guardrail as document } from '../documents';
import { guardrails } from '../observe/organization';
import { tagsOf, unlessThere } from './ground';

const KIND = 'SERVICE_CONTROL_POLICY';

export async function guardrail(aws: Aws, scope: RunScope): Promise<void> {
  const { without, policies } = await guardrails(aws, scope);
  if (policies.some((one) => meets(one, GUARDRAIL))) return;
  if (without === 'a member only') throw new NotHere('another account manages the organization');
  if (without !== undefined) await found(aws);
  const root = await rootOf(aws);
  const client = aws.client(OrganizationsClient);
  const TargetId = await unit(aws, scope, root);
  const PolicyId = await policyOf(aws, scope);
  await unlessThere(() => client.send(new AttachPolicyCommand({ PolicyId, TargetId })));
}

async function found(aws: Aws): Promise<void> {
  if (aws.target === 'aws') throw new NotHere('the account has no organization, and this lab does not make one');
  await aws.client(OrganizationsClient).send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
}

async function rootOf(aws: Aws): Promise<string> {
  const client = aws.client(OrganizationsClient);
  const [root] = await collect(items(paginateListRoots({ client }, {}), (page) => page.Roots));
  if (root?.Id === undefined) throw new Error('the organization has no root');
  if (!isOn(root)) {
    if (aws.target === 'aws') throw new NotHere('service control policies are switched off in this organization');
    await unlessThere(() => client.send(new EnablePolicyTypeCommand({ RootId: root.Id, PolicyType: KIND })));
  }
  return root.Id;
}

const isOn = ({ PolicyTypes = [] }: Root): boolean =>
  PolicyTypes.some(({ Type, Status }) => Type === KIND && Status === 'ENABLED');

async function unit(aws: Aws, scope: RunScope, ParentId: string): Promise<string> {
  const client = aws.client(OrganizationsClient);
  const Name = `${scope.prefix}-guarded`;
  await unlessThere(() => client.send(new CreateOrganizationalUnitCommand({ ParentId, Name, Tags: tagsOf(scope) })));
  const pages = paginateListOrganizationalUnitsForParent({ client }, { ParentId });
  const units = await collect(items(pages, (page) => page.OrganizationalUnits));
  return units.find((one) => one.Name === Name)?.Id ?? '';
}

async function policyOf(aws: Aws, scope: RunScope): Promise<string> {
  const client = aws.client(OrganizationsClient);
  const Name = `${scope.prefix}-guardrail`;
  const Content = JSON.stringify(document());
  const pages = paginateListPolicies({ client }, { Filter: KIND });
  const known = (await collect(items(pages, (page) => page.Policies))).find((one) => one.Name === Name);
  if (known?.Id !== undefined) {
    await client.send(new UpdatePolicyCommand({ PolicyId: known.Id, Content }));
    return known.Id;
  }
  const Description = 'Accounts stay in the organization';
  const made = await client.send(
    new CreatePolicyCommand({ Name, Description, Type: KIND, Content, Tags: tagsOf(scope) }),
  );
  return made.Policy?.PolicySummary?.Id ?? '';
}

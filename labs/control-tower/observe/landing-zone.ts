// The landing zone of the organization, and what is governed by it. Control Tower has no client here: Cloud Control reads its types.

import { CloudControlClient, GetResourceCommand, paginateListResources } from '@aws-sdk/client-cloudcontrol';
import {
  DescribeOrganizationCommand,
  OrganizationsClient,
  paginateListAccounts,
  paginateListOrganizationalUnitsForParent,
  paginateListRoots,
} from '@aws-sdk/client-organizations';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';

export interface LandingZone {
  readonly arn: string;
  readonly version: string;
  readonly status: string;
}

export interface Plan {
  readonly region: string;
  readonly account: string;
  readonly target: Aws['target'];
  readonly management: boolean;
  /** The text of the run's manifest; null where there is none. */
  readonly manifest: string | null;
  /** Null in the sandbox, which plays none. */
  readonly landingZones: readonly LandingZone[] | null;
}

export const manifestName = ({ prefix }: Pick<RunScope, 'prefix'>): string => `/${prefix}/control-tower/manifest`;

export async function isManagement(aws: Aws): Promise<boolean> {
  try {
    const { Organization } = await aws.client(OrganizationsClient).send(new DescribeOrganizationCommand({}));
    return Organization?.MasterAccountId === aws.account;
  } catch (error) {
    if (error instanceof Error && error.name === 'AWSOrganizationsNotInUseException') return false;
    throw error;
  }
}

export async function manifestOf(aws: Aws, scope: RunScope): Promise<string | null> {
  try {
    const { Parameter } = await aws.client(SSMClient).send(new GetParameterCommand({ Name: manifestName(scope) }));
    return Parameter?.Value ?? null;
  } catch (error) {
    if (error instanceof Error && error.name === 'ParameterNotFound') return null;
    throw error;
  }
}

/** The properties of every resource of a type, as its handler reads them. */
async function resources(aws: Aws, TypeName: string, ResourceModel?: object): Promise<Record<string, unknown>[]> {
  const client = aws.client(CloudControlClient);
  const query = { TypeName, ...(ResourceModel ? { ResourceModel: JSON.stringify(ResourceModel) } : {}) };
  const listed = await collect(items(paginateListResources({ client }, query), (page) => page.ResourceDescriptions));
  const found: Record<string, unknown>[] = [];
  for (const { Identifier } of listed) {
    const { ResourceDescription } = await client.send(new GetResourceCommand({ TypeName, Identifier }));
    found.push(JSON.parse(ResourceDescription?.Properties ?? '{}') as Record<string, unknown>);
  }
  return found;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export async function plan(aws: Aws, scope: RunScope): Promise<Plan> {
  const here = { region: aws.region, account: aws.account, target: aws.target };
  const management = await isManagement(aws);
  const manifest = await manifestOf(aws, scope);
  if (aws.target === 'local' || !management) {
    return { ...here, management, manifest, landingZones: aws.target === 'local' ? null : [] };
  }
  const zones = await resources(aws, 'AWS::ControlTower::LandingZone');
  const landingZones = zones.map(({ Arn, Version, Status }) => ({
    arn: text(Arn),
    version: text(Version),
    status: text(Status),
  }));
  return { ...here, management, manifest, landingZones };
}

export interface Governed {
  readonly management: boolean;
  /** Units of the run under the root, with what is enabled on each. */
  readonly units: readonly {
    readonly name: string;
    readonly baselines: readonly string[];
    readonly controls: readonly string[];
  }[];
}

/** Asks Cloud Control first: where it is not played, nothing of this can be told. */
export async function governed(aws: Aws, scope: RunScope): Promise<Governed> {
  const baselines = await resources(aws, 'AWS::ControlTower::EnabledBaseline');
  if (!(await isManagement(aws))) return { management: false, units: [] };
  const client = aws.client(OrganizationsClient);
  const [root] = await collect(items(paginateListRoots({ client }, {}), (page) => page.Roots));
  const below = paginateListOrganizationalUnitsForParent({ client }, { ParentId: root?.Id });
  const units = [];
  for await (const { Arn, Name: name = '' } of items(below, (page) => page.OrganizationalUnits)) {
    if (!isMarked(scope, { names: [name] })) continue;
    const controls = await resources(aws, 'AWS::ControlTower::EnabledControl', { TargetIdentifier: Arn });
    units.push({
      name,
      baselines: baselines
        .filter(({ TargetIdentifier }) => TargetIdentifier === Arn)
        .map((one) => text(one.BaselineIdentifier)),
      controls: controls.map((one) => text(one.ControlIdentifier)),
    });
  }
  return { management: true, units };
}

/** The accounts that a landing zone keeps apart, by their usual names; undefined where one is missing. */
export async function securityAccounts(aws: Aws): Promise<{ logArchive: string; audit: string } | undefined> {
  const client = aws.client(OrganizationsClient);
  const accounts = await collect(items(paginateListAccounts({ client }, {}), (page) => page.Accounts));
  const named = (name: RegExp): string | undefined =>
    accounts.find(({ Id, Name = '' }) => Id !== aws.account && name.test(Name))?.Id;
  const logArchive = named(/^log.?archive$/i);
  const audit = named(/^audit$/i);
  return logArchive === undefined || audit === undefined ? undefined : { logArchive, audit };
}

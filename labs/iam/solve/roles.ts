// Roles for services, for another account and for identities from elsewhere, each with its trust and no more than it needs.

import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  CreateSAMLProviderCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { type Aws, meets, type RunScope } from '../../../lib/kit';
import { audit, auditorTrust, type PolicyDocument, trust } from '../documents';
import {
  BASIC_EXECUTION,
  HOME,
  issuerOf,
  NOBODYS_WORKFLOW,
  OIDC_AUDIENCE,
  pathOf,
  SAML_AUDIENCE,
  SSM_CORE,
  THUMBPRINT,
} from '../facts';
import { METADATA } from '../metadata';
import { federation as observed, type Role, roles } from '../observe/roles';
import { CROSS_ACCOUNT, FEDERATED, FOR_EC2, FOR_LAMBDA, oidcRoles, samlRoles, trustsAccounts } from '../role-demands';
import { boundaryOf, placeOf, tagsOf, unlessThere } from './ground';

const awsPolicy = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
const ONE_HOUR = 3600;

/** A role of this name with this trust, under the boundary, with these of AWS's policies and no other. */
async function role(
  aws: Aws,
  scope: RunScope,
  thing: string,
  document: PolicyDocument,
  attached: readonly string[] = [],
): Promise<string> {
  const client = aws.client(IAMClient);
  const RoleName = `${scope.prefix}-${thing}`;
  const PermissionsBoundary = await boundaryOf(aws, scope);
  const PolicyDocument = JSON.stringify(document);
  const was = (await roles(aws, scope)).find(({ name }) => name === RoleName);
  if (was === undefined) {
    const AssumeRolePolicyDocument = PolicyDocument;
    const more = { Path: pathOf(scope), PermissionsBoundary, MaxSessionDuration: ONE_HOUR, Tags: tagsOf(scope) };
    await client.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, ...more }));
  } else {
    await client.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
    await client.send(new UpdateRoleCommand({ RoleName, MaxSessionDuration: ONE_HOUR }));
    await client.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }));
    await bare(aws, was, attached);
  }
  for (const PolicyArn of attached) await client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  return RoleName;
}

async function bare(aws: Aws, { name: RoleName, attached, inline }: Role, kept: readonly string[]): Promise<void> {
  const client = aws.client(IAMClient);
  for (const PolicyArn of attached.filter((arn) => !kept.includes(arn))) {
    await client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  }
  for (const PolicyName of inline) await client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
}

export async function serviceRoles(aws: Aws, scope: RunScope): Promise<void> {
  const client = aws.client(IAMClient);
  const known = await roles(aws, scope);
  if (!known.some((one) => meets(one, FOR_EC2))) {
    const RoleName = await role(aws, scope, 'server', trust({ Service: 'ec2.amazonaws.com' }), [awsPolicy(SSM_CORE)]);
    const InstanceProfileName = RoleName;
    const profile = { InstanceProfileName, Path: pathOf(scope), Tags: tagsOf(scope) };
    await unlessThere(() => client.send(new CreateInstanceProfileCommand(profile)));
    const is = (await roles(aws, scope)).find(({ name }) => name === RoleName);
    if (is?.profiles.length === 0) {
      await client.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
    }
  }
  if (!known.some((one) => meets(one, FOR_LAMBDA))) {
    await role(aws, scope, 'function', trust({ Service: 'lambda.amazonaws.com' }), [awsPolicy(BASIC_EXECUTION)]);
  }
}

export async function auditor(aws: Aws, scope: RunScope): Promise<void> {
  if ((await roles(aws, scope)).filter(trustsAccounts).some((one) => meets(one, CROSS_ACCOUNT))) return;
  const Name = `/${scope.prefix}/iam/external-id`;
  const { Parameter } = await aws.client(SSMClient, HOME).send(new GetParameterCommand({ Name }));
  if (!Parameter?.Value) throw new Error(`the SSM parameter ${Name} has no value`);
  const RoleName = await role(aws, scope, 'auditor', auditorTrust(aws.account, Parameter.Value));
  const PolicyDocument = JSON.stringify(audit(placeOf(aws, scope)));
  await aws.client(IAMClient).send(new PutRolePolicyCommand({ RoleName, PolicyName: 'look', PolicyDocument }));
}

export async function federation(aws: Aws, scope: RunScope): Promise<void> {
  const found = await observed(aws, scope);
  if (!oidcRoles(found).some((one) => meets(one, FEDERATED))) await workflow(aws, scope);
  if (!samlRoles(found).some((one) => meets(one, FEDERATED))) await person(aws, scope);
}

async function workflow(aws: Aws, scope: RunScope): Promise<void> {
  const issuer = issuerOf(scope);
  const provider = { Url: `https://${issuer}`, ClientIDList: [OIDC_AUDIENCE], ThumbprintList: [THUMBPRINT] };
  const make = new CreateOpenIDConnectProviderCommand({ ...provider, Tags: tagsOf(scope) });
  await unlessThere(() => aws.client(IAMClient).send(make));
  const StringEquals = { [`${issuer}:aud`]: OIDC_AUDIENCE, [`${issuer}:sub`]: NOBODYS_WORKFLOW };
  const Federated = `arn:aws:iam::${aws.account}:oidc-provider/${issuer}`;
  await role(aws, scope, 'workflow', trust({ Federated }, 'sts:AssumeRoleWithWebIdentity', { StringEquals }));
}

async function person(aws: Aws, scope: RunScope): Promise<void> {
  const Name = `${scope.prefix}-idp`;
  const make = new CreateSAMLProviderCommand({ Name, SAMLMetadataDocument: METADATA, Tags: tagsOf(scope) });
  await unlessThere(() => aws.client(IAMClient).send(make));
  const StringEquals = { 'SAML:aud': SAML_AUDIENCE, 'SAML:sub': 'nobody' };
  const Federated = `arn:aws:iam::${aws.account}:saml-provider/${Name}`;
  await role(aws, scope, 'person', trust({ Federated }, 'sts:AssumeRoleWithSAML', { StringEquals }));
}

// Identity from elsewhere: a SAML and an OpenID Connect provider, and a role for each that may do nothing at all.

import { CfnOIDCProvider, CfnRole, CfnSAMLProvider } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { type PolicyDocument, trust } from '../documents';
import { OIDC_AUDIENCE, SAML_AUDIENCE, THUMBPRINT } from '../facts';
import { METADATA } from '../metadata';

export interface FederationProps {
  readonly path: string;
  readonly boundary: string;
  /** The issuer's address without its scheme, which is also how its condition keys begin. */
  readonly issuer: string;
  /** The one workflow, and the one person, that may come in: the exact subject of their tokens. */
  readonly workflow: string;
  readonly person: string;
  readonly named: (thing: string) => string;
}

export class Federation extends Construct {
  constructor(parent: Construct, id: string, props: FederationProps) {
    super(parent, id);
    const { path, boundary, issuer, named } = props;
    const role = (logicalId: string, thing: string, assumeRolePolicyDocument: PolicyDocument) =>
      new CfnRole(this, logicalId, {
        roleName: named(thing),
        path,
        permissionsBoundary: boundary,
        assumeRolePolicyDocument,
      });

    const saml = new CfnSAMLProvider(this, 'Saml', { name: named('idp'), samlMetadataDocument: METADATA });
    role(
      'Person',
      'person',
      trust({ Federated: saml.ref }, 'sts:AssumeRoleWithSAML', {
        StringEquals: { 'SAML:aud': SAML_AUDIENCE, 'SAML:sub': props.person },
      }),
    );
    const oidc = new CfnOIDCProvider(this, 'Oidc', {
      url: `https://${issuer}`,
      clientIdList: [OIDC_AUDIENCE],
      thumbprintList: [THUMBPRINT],
    });
    role(
      'Workflow',
      'workflow',
      trust({ Federated: oidc.ref }, 'sts:AssumeRoleWithWebIdentity', {
        StringEquals: { [`${issuer}:aud`]: OIDC_AUDIENCE, [`${issuer}:sub`]: props.workflow },
      }),
    );
  }
}

// People, roles, providers and a trail under one boundary; the starter form has the boundary, and where a trail may write.

import { CfnCondition, CfnParameter, Fn } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { LabStack, type LabStackProps } from '../../lib/kit/stack';
import { Federation } from './constructs/federation';
import { People } from './constructs/people';
import { ServiceRoles } from './constructs/service-roles';
import { Watch, WatchGround } from './constructs/watch';
import { audit, auditorTrust, boundary } from './documents';
import { issuerOf, NOBODYS_WORKFLOW, pathOf } from './facts';

export class IamStack extends LabStack {
  constructor(parent: Construct, id: string, props: LabStackProps) {
    super(parent, id, props);
    const path = pathOf(props.scope);
    const named = (thing: string): string => this.named(thing);
    const place = { prefix: props.scope.prefix, partition: this.partition, account: this.account };
    const limit = new CfnManagedPolicy(this, 'Boundary', {
      managedPolicyName: this.named('boundary'),
      path,
      description: 'The most that anybody of this run can do',
      policyDocument: boundary(place),
    }).ref;
    const ground = new WatchGround(this, 'WatchGround', { named });
    const externalId = this.externalId();
    if (this.form === 'starter') return;

    const subjects = this.subjects();
    const trusted = this.trustedAccount();
    const common = { path, boundary: limit, named };
    new People(this, 'People', { ...common, place });
    new ServiceRoles(this, 'ServiceRoles', { ...common, partition: this.partition });
    new Federation(this, 'Federation', { ...common, ...subjects, issuer: issuerOf(props.scope) });
    new Watch(this, 'Watch', { ground, named });
    new CfnRole(this, 'Auditor', {
      roleName: this.named('auditor'),
      path,
      permissionsBoundary: limit,
      maxSessionDuration: 3600,
      assumeRolePolicyDocument: auditorTrust(trusted, externalId, this.partition),
      policies: [{ policyName: 'look', policyDocument: audit(place) }],
    });
  }

  /** Another account of the reader's, or, by default, the account itself: then the role is its own users'. */
  private trustedAccount(): string {
    const { valueAsString } = new CfnParameter(this, 'TrustedAccount', {
      description: 'The account whose users may take on the auditor role; empty: this one',
      default: '',
      allowedPattern: '^([0-9]{12})?$',
      constraintDescription: 'must be the twelve digits of an account, or empty',
    });
    const isOwn = new CfnCondition(this, 'TrustsItself', { expression: Fn.conditionEquals(valueAsString, '') });
    return Fn.conditionIf(isOwn.logicalId, this.account, valueAsString).toString();
  }

  /** No secret: it tells two customers of one auditor apart. Published, since whoever builds the role by hand needs it too. */
  private externalId(): string {
    const { valueAsString } = new CfnParameter(this, 'ExternalId', {
      description: 'The word that the auditor has to say',
      default: this.named('auditor'),
      allowedPattern: '^[A-Za-z0-9+=,.@:/-]{2,128}$',
    });
    this.publish('external-id', valueAsString);
    return valueAsString;
  }

  /** Exact subjects, without a wildcard: nobody's by default. */
  private subjects(): { readonly workflow: string; readonly person: string } {
    const exact = (id: string, description: string, value: string): string =>
      new CfnParameter(this, id, {
        description,
        default: value,
        allowedPattern: '^[^*?]{1,255}$',
        constraintDescription: 'must be one subject, without wildcards',
      }).valueAsString;
    return {
      workflow: exact('Workflow', 'The subject of the one GitHub workflow that may come in', NOBODYS_WORKFLOW),
      person: exact('Person', 'The SAML subject of the one person who may come in', 'nobody'),
    };
  }
}

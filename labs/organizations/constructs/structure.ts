// The tree of units and the policies on it. Each resource is there only where there is a root to build under.

import { CfnCondition, type CfnResource, Fn, Token } from 'aws-cdk-lib';
import { CfnOrganization, CfnOrganizationalUnit, CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { Construct } from 'constructs';
import type { NamedScp } from '../policies/documents';

/** Both are known at deployment. */
export interface Place {
  /** "none", "new" or "there". */
  readonly organization: string;
  readonly root: string;
}

export interface StructureProps extends Place {
  readonly named: (thing: string) => string;
}

export class Structure extends Construct {
  private readonly isWanted: CfnCondition;
  private readonly workloads: CfnOrganizationalUnit;

  constructor(
    parent: Construct,
    id: string,
    private readonly props: StructureProps,
  ) {
    super(parent, id);
    const { organization: is, root, named } = props;
    this.isWanted = new CfnCondition(this, 'IsWanted', {
      expression: Fn.conditionNot(Fn.conditionEquals(is, 'none')),
    });
    const isNew = new CfnCondition(this, 'IsNew', { expression: Fn.conditionEquals(is, 'new') });
    const organization = new CfnOrganization(this, 'Organization', { featureSet: 'ALL' });
    organization.cfnOptions.condition = isNew;
    const under = Token.asString(Fn.conditionIf(isNew.logicalId, organization.attrRootId, root));
    this.workloads = this.unit('Workloads', named('workloads'), under);
    this.unit('Prod', 'prod', this.workloads.ref);
    this.unit('Dev', 'dev', this.workloads.ref);
  }

  /** On the first unit, from where they hold for both below; never on the root, where they would hold for everybody. */
  fence(policies: readonly NamedScp[]): void {
    for (const { name, description, policy } of policies) {
      this.wanted(
        new CfnPolicy(this, pascal(name), {
          type: 'SERVICE_CONTROL_POLICY',
          name: this.props.named(name),
          description,
          content: policy,
          targetIds: [this.workloads.ref],
        }),
      );
    }
  }

  private unit(id: string, name: string, parentId: string): CfnOrganizationalUnit {
    return this.wanted(new CfnOrganizationalUnit(this, id, { name, parentId }));
  }

  private wanted<Resource extends CfnResource>(resource: Resource): Resource {
    resource.cfnOptions.condition = this.isWanted;
    return resource;
  }
}

const pascal = (name: string): string =>
  name.replace(/(^|-)(.)/g, (_match, _dash, letter: string) => letter.toUpperCase());

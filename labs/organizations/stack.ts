// What an account can practise of Organizations by itself, and the tree with its fence where it is a management account.

import { CfnParameter } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { LabStack, type LabStackProps } from '../../lib/kit/stack';
import { CostWatch } from './constructs/costs';
import { Sharing } from './constructs/sharing';
import { type Place, Structure } from './constructs/structure';
import { scps } from './policies/documents';

/** The id of no root: a parameter has to have a default. */
const NO_ROOT = 'r-0000';

export class OrganizationsStack extends LabStack {
  constructor(parent: Construct, id: string, props: LabStackProps) {
    super(parent, id, props);
    const named = (thing: string): string => this.named(thing);
    const costs = new CostWatch(this, 'Costs', { name: this.named('costs'), tag: this.run.tag });
    if (this.form === 'starter') return;

    costs.watch(this.paysTheBill());
    new Sharing(this, 'Sharing', { name: this.named('networks') });
    if (!props.allowed.has('build-hierarchy') && !props.allowed.has('fence-with-scps')) return;
    const structure = new Structure(this, 'Structure', { ...this.place(), named });
    if (props.allowed.has('fence-with-scps')) structure.fence(scps(this.region));
  }

  private paysTheBill(): string {
    return new CfnParameter(this, 'PaysTheBill', {
      description:
        'Whether the account pays its own bill; a member of an organization does not, and cannot have cost categories',
      default: 'yes',
      allowedValues: ['yes', 'no'],
    }).valueAsString;
  }

  /** Where there is an organization that this account manages, and which root the units stand under. */
  private place(): Place {
    const { valueAsString: organization } = new CfnParameter(this, 'Organization', {
      description:
        '"there" builds under the root below, "none" builds no unit, "new" makes an organization first (the sandbox alone)',
      default: 'none',
      allowedValues: ['none', 'new', 'there'],
    });
    const { valueAsString: root } = new CfnParameter(this, 'OrganizationRoot', {
      description: 'Id of the root of the organization that this account manages',
      default: NO_ROOT,
      allowedPattern: '^r-[a-z0-9]{4,32}$',
      constraintDescription: 'must be the id of a root, as list-roots tells it',
    });
    return { organization, root };
  }
}

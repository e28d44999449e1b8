// What an account can practise of Organizations by itself, and the tree with its fence where it is a management account.

import { CfnParameter } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { LabStack, type LabStackProps } from '../../lib/kit/stack';
import { CostWatch } from './constructs/costs';
import { Sharing } from './constructs/sharing';
import { Structure } from './constructs/structure';
import { scps } from './policies/documents';

export class OrganizationsStack extends LabStack {
  constructor(parent: Construct, id: string, props: LabStackProps) {
    super(parent, id, props);
    const named = (thing: string): string => this.named(thing);
    const costs = new CostWatch(this, 'Costs', { name: this.named('costs'), tag: this.run.tag });
    if (this.form === 'starter') return;

    costs.watch(this.paysTheBill());
    new Sharing(this, 'Sharing', { name: this.named('networks') });
    if (!props.allowed.has('build-hierarchy') && !props.allowed.has('fence-with-scps')) return;
    const structure = new Structure(this, 'Structure', { root: this.organizationRoot(), named });
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

  private organizationRoot(): string {
    return new CfnParameter(this, 'OrganizationRoot', {
      description:
        'Root to build the units under; "none" builds nothing, "new" makes an organization first (the sandbox alone)',
      default: 'none',
      allowedPattern: '^(none|new|r-[a-z0-9]{4,32})$',
      constraintDescription: 'must be none, new, or the id of the root of the organization that this account manages',
    }).valueAsString;
  }
}

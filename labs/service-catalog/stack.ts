// The lab's stacks: a catalogue of one product in two versions, and the stacks that the versions' templates are taken from.

import { CfnCondition, CfnParameter, Fn, type Stack } from 'aws-cdk-lib';
import type { CfnParameter as SsmParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { LabStack, type LabStackProps } from '../../lib/kit/stack';
import { Catalogue } from './constructs/catalogue';
import { Ground } from './constructs/ground';
import { Logs } from './constructs/logs';
import { StackProduct } from './constructs/product';
import { costCentre, NOBODY, VERSIONS, type Version } from './facts';

export class ServiceCatalogStack extends LabStack {
  constructor(parent: Construct, id: string, props: LabStackProps) {
    super(parent, id, props);
    // What a version is taken from has to stand when the product is made.
    for (const version of VERSIONS) {
      const pattern = parent.node.tryFindChild(`${id}-${version}`) as Stack | undefined;
      if (pattern !== undefined) this.addStackDependency(pattern);
    }
    const ground = new Ground(this, 'Ground', { named: (thing) => this.named(thing) });
    if (this.form === 'starter') return;

    const product = new StackProduct(this, 'Product', {
      name: this.named('logs'),
      owner: this.named('platform'),
      versions: VERSIONS.map((name) => ({ name, stack: this.published('service-catalog', name) })),
    });
    new Catalogue(this, 'Catalogue', {
      named: (thing) => this.named(thing),
      costCentre: costCentre(this.run.prefix),
      product,
      ground,
      launcher: new CfnParameter(this, 'LauncherArn', {
        description: 'ARN of the user or role that launches besides the end users; the default is nobody',
        default: NOBODY,
        allowedPattern: '^arn:[a-z-]+:iam::[0-9]{12}:(user|role)/.+$',
      }).valueAsString,
    });
  }
}

/** A stack whose template is a version of the product. Launched, the template publishes nothing: the stack's name tells. */
abstract class PatternStack extends LabStack {
  constructor(parent: Construct, id: string, props: LabStackProps, version: Version) {
    super(parent, id, props);
    new Logs(this, 'Logs', { alerts: version === 'v2' });
    const itself = new CfnCondition(this, 'IsPattern', {
      expression: Fn.conditionEquals(this.stackNameAsDeployed(), props.stackName),
    });
    this.publish(version, Fn.ref('AWS::StackId'));
    (this.node.findChild(`Publish-${version}`) as SsmParameter).cfnOptions.condition = itself;
  }

  private stackNameAsDeployed(): string {
    return Fn.ref('AWS::StackName');
  }
}

export class FirstVersionStack extends PatternStack {
  constructor(parent: Construct, id: string, props: LabStackProps) {
    super(parent, id, props, 'v1');
  }
}

export class SecondVersionStack extends PatternStack {
  constructor(parent: Construct, id: string, props: LabStackProps) {
    super(parent, id, props, 'v2');
  }
}

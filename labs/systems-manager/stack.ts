// One managed machine and what looks after it; the starter form has the machine, and an agent that nobody has heard of.

import { CfnParameter } from 'aws-cdk-lib';
import { CfnParameter as StoredParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { LabStack, type LabStackProps } from '../../lib/kit/stack';
import { Care } from './constructs/care';
import { Ground } from './constructs/ground';
import { Machine } from './constructs/machine';
import { Runbook } from './constructs/runbook';
import { Telling } from './constructs/telling';
import { HOSTS, HOSTS_VALUE, IMAGE_PARAMETER, INSTANCE_TYPE, INSTANCE_TYPES, LOG_LEVEL } from './facts';

export class SystemsManagerStack extends LabStack {
  constructor(parent: Construct, id: string, props: LabStackProps) {
    super(parent, id, props);
    const named = (thing: string): string => this.named(thing);
    const patchGroup = this.run.prefix;
    const isFull = this.form === 'full';
    const { subnet, group, profile, sessions } = new Ground(this, 'Ground', {
      vpcId: this.published('network', 'vpc-id', 'AWS::EC2::VPC::Id'),
      internetGatewayId: this.published('network', 'internet-gateway-id'),
      named,
    });
    const { instance } = new Machine(this, 'Machine', {
      imageId: this.image(),
      instanceType: this.instanceType(),
      subnetId: subnet.ref,
      securityGroupId: group.attrGroupId,
      name: named('managed'),
      patchGroup,
      ...(isFull ? { instanceProfile: profile.ref } : {}),
    });
    // A launch before its way out is there would have the agent try in vain, and wait longer each time.
    instance.node.addDependency(this.node.findChild('Ground'));
    if (!isFull) return;

    new Care(this, 'Care', { named, patchGroup, sessionLogGroup: sessions.ref });
    new Runbook(this, 'Runbook', { named, tag: this.run.tag });
    new Telling(this, 'Telling', named);
    this.configuration();
  }

  /** Its secret part is made beside it: CloudFormation makes no SecureString, and a template is no place for a secret. */
  private configuration(): void {
    const name = (thing: string): string => `/${this.run.prefix}/app/${thing}`;
    new StoredParameter(this, 'LogLevel', {
      name: name(LOG_LEVEL),
      type: 'String',
      value: 'info',
      allowedPattern: '^(debug|info|warning|error)$',
      description: 'How much the application writes into its log',
    });
    new StoredParameter(this, 'Hosts', {
      name: name(HOSTS),
      type: 'StringList',
      value: HOSTS_VALUE,
      description: 'Who answers',
    });
  }

  private image(): string {
    return new CfnParameter(this, 'Image', {
      description: 'The public parameter that names the newest Amazon Linux 2023 image for Arm',
      type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
      default: IMAGE_PARAMETER,
    }).valueAsString;
  }

  private instanceType(): string {
    return new CfnParameter(this, 'InstanceType', {
      description: 'Accounts on the free plan need one that is free-tier eligible',
      default: INSTANCE_TYPE,
      allowedValues: [...INSTANCE_TYPES],
    }).valueAsString;
  }
}

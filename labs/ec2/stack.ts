// One machine with all that belongs to it; the starter form has only the ground that the learner builds it on.

import { CfnParameter } from 'aws-cdk-lib';
import { CfnPlacementGroup, CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnInstanceProfile, CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { LabStack, type LabStackProps } from '../../lib/kit/stack';
import { Firewall } from './constructs/firewall';
import { Ground } from './constructs/ground';
import { Machine } from './constructs/machine';
import { Watch } from './constructs/watch';
import { IMAGE_PARAMETER, INSTANCE_TYPE, INSTANCE_TYPES } from './facts';

const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
/** One address and no more: /32 or /128. A wider range cannot be asked for. */
const ONE_ADDRESS = `^(${OCTET}([.]${OCTET}){3}/32|[0-9a-fA-F:]{2,39}/128)$`;
/** An address that is nobody's (RFC 5737), and a key whose private half was thrown away: by default nobody can log in. */
const NOBODYS_ADDRESS = '192.0.2.1/32';
const NOBODYS_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ74vZoMbipT7JT3f9TEdBciqLovW6B1Dz7kQ5q6BMkB';

export class Ec2Stack extends LabStack {
  constructor(parent: Construct, id: string, props: LabStackProps) {
    super(parent, id, props);
    const vpcId = this.published('network', 'vpc-id', 'AWS::EC2::VPC::Id');
    const ground = new Ground(this, 'Ground', {
      vpcId,
      internetGatewayId: this.published('network', 'internet-gateway-id'),
      name: this.named('ec2'),
    });
    const group = new CfnSecurityGroup(this, 'SshGroup', {
      groupName: this.named('ssh'),
      groupDescription: 'Who may log in to the machine of the EC2 lab',
      vpcId,
    });
    const profile = this.instanceProfile();
    const callerCidr = this.callerCidr();
    const publicKey = this.publicKey();
    if (this.form === 'starter') return;

    const { subnet } = ground;
    const named = (thing: string): string => this.named(thing);
    const place = { vpcId, subnetId: subnet.ref, securityGroupId: group.attrGroupId };
    new Firewall(this, 'Firewall', { ...place, callerCidr, name: this.named('ec2') });
    const { instance } = new Machine(this, 'Machine', {
      ...place,
      availabilityZone: subnet.attrAvailabilityZone,
      imageId: this.image(),
      instanceType: this.instanceType(),
      instanceProfile: profile.ref,
      publicKey,
      named,
    });
    new Watch(this, 'Watch', { instanceId: instance.ref, named });
    new CfnPlacementGroup(this, 'Spread', { strategy: 'spread' });
  }

  /** What the machine may do in the account: be managed by Systems Manager, so that it can be asked about itself. */
  private instanceProfile(): CfnInstanceProfile {
    const role = new CfnRole(this, 'Role', {
      roleName: this.named('ec2'),
      description: 'The machine of the EC2 lab',
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
      managedPolicyArns: [`arn:${this.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore`],
    });
    return new CfnInstanceProfile(this, 'Profile', {
      instanceProfileName: this.named('ec2'),
      roles: [role.ref],
    });
  }

  /** Published, since whoever builds the machine by hand needs it as well. */
  private callerCidr(): string {
    const { valueAsString } = new CfnParameter(this, 'CallerCidr', {
      description: 'The one address that may log in over SSH, as /32 or /128',
      default: NOBODYS_ADDRESS,
      allowedPattern: ONE_ADDRESS,
      constraintDescription: 'must be one address: a.b.c.d/32 or an IPv6 address with /128',
    });
    this.publish('caller-cidr', valueAsString);
    return valueAsString;
  }

  private publicKey(): string {
    const { valueAsString } = new CfnParameter(this, 'PublicKey', {
      description: 'An ed25519 public key in OpenSSH format; the private half stays with its owner',
      default: NOBODYS_KEY,
      allowedPattern: '^ssh-ed25519 [A-Za-z0-9+/=]{68}( .*)?$',
      constraintDescription: 'must be one line that begins with "ssh-ed25519 "',
    });
    this.publish('public-key', valueAsString);
    return valueAsString;
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

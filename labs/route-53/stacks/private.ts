// What answers inside the run's network: a private zone, and, where it is let in, the resolver's endpoints. In the run's region.

import { Fn } from 'aws-cdk-lib';
import { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnHostedZone, CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { LabStack, type LabStackProps } from '../../../lib/kit/stack';
import { Hybrid } from '../constructs/hybrid';
import { ADDRESS, NETWORK_CIDR, privateZone } from '../facts';

export class PrivateDnsStack extends LabStack {
  constructor(parent: Construct, id: string, props: LabStackProps) {
    super(parent, id, props);
    const vpcId = this.published('network', 'vpc-id', 'AWS::EC2::VPC::Id');
    const group = this.questions(vpcId);
    if (this.form === 'starter') return;

    const name = privateZone(this.run.prefix);
    const zone = new CfnHostedZone(this, 'Zone', {
      name,
      hostedZoneConfig: { comment: 'The private zone of the Route 53 lab' },
      vpcs: [{ vpcId, vpcRegion: this.region }],
    });
    new CfnRecordSet(this, 'Database', {
      hostedZoneId: zone.ref,
      name: Fn.join('.', ['db', name]),
      type: 'A',
      ttl: '60',
      resourceRecords: [ADDRESS.inside],
    });
    if (!props.allowed.has('forward-hybrid-dns')) return;
    new Hybrid(this, 'Hybrid', {
      vpcId,
      subnetIds: [
        this.published('network', 'isolated-subnet-a-id', 'AWS::EC2::Subnet::Id'),
        this.published('network', 'isolated-subnet-b-id', 'AWS::EC2::Subnet::Id'),
      ],
      securityGroupId: group.attrGroupId,
      prefix: this.run.prefix,
      named: (thing) => this.named(thing),
    });
  }

  /** Who may ask, and what an endpoint may ask in turn: DNS, within the network. */
  private questions(vpcId: string): CfnSecurityGroup {
    const dns = ['udp', 'tcp'].map((ipProtocol) => ({
      ipProtocol,
      fromPort: 53,
      toPort: 53,
      cidrIp: NETWORK_CIDR,
      description: `DNS over ${ipProtocol}, within the network`,
    }));
    return new CfnSecurityGroup(this, 'Questions', {
      groupName: this.named('resolver'),
      groupDescription: 'DNS questions to and from the endpoints of the Route 53 lab',
      vpcId,
      securityGroupIngress: dns,
      securityGroupEgress: dns,
    });
  }
}

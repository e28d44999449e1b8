// Who may come in: SSH from one address by the security group, and a network ACL in front of the subnet.

import { Aws, CfnCondition, Fn } from 'aws-cdk-lib';
import {
  CfnNetworkAcl,
  CfnNetworkAclEntry,
  CfnSecurityGroupIngress,
  CfnSubnetNetworkAclAssociation,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

export interface FirewallProps {
  readonly vpcId: string;
  readonly subnetId: string;
  readonly securityGroupId: string;
  /** One address as CIDR: /32 or /128. */
  readonly callerCidr: string;
  readonly name: string;
}

interface Entry {
  readonly ruleNumber: number;
  readonly ports: readonly [from: number, to: number];
  readonly egress?: true;
  readonly deny?: true;
}

const TCP = 6;
const NETWORK_CIDR = '10.44.0.0/16';

/** The ephemeral ports carry the answers in both directions, since a network ACL remembers no connection. */
const ENTRIES: Readonly<Record<string, Entry>> = {
  DenyRdp: { ruleNumber: 90, ports: [3389, 3389], deny: true },
  AnswersIn: { ruleNumber: 110, ports: [1024, 65535] },
  HttpOut: { ruleNumber: 100, ports: [80, 80], egress: true },
  HttpsOut: { ruleNumber: 110, ports: [443, 443], egress: true },
  AnswersOut: { ruleNumber: 120, ports: [1024, 65535], egress: true },
};

export class Firewall extends Construct {
  constructor(parent: Construct, id: string, props: FirewallProps) {
    super(parent, id);
    const caller = this.callerBlock(props.callerCidr);
    new CfnSecurityGroupIngress(this, 'SshFromCaller', {
      groupId: props.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: 22,
      toPort: 22,
      cidrIp: caller.v4,
      cidrIpv6: caller.v6,
      description: 'SSH from the one address that deployed',
    });
    const acl = new CfnNetworkAcl(this, 'Acl', { vpcId: props.vpcId, tags: [{ key: 'Name', value: props.name }] });
    new CfnNetworkAclEntry(this, 'SshIn', {
      networkAclId: acl.ref,
      ruleNumber: 100,
      protocol: TCP,
      ruleAction: 'allow',
      egress: false,
      portRange: { from: 22, to: 22 },
      cidrBlock: caller.v4OrInside,
    });
    for (const [name, { ruleNumber, ports, egress = false, deny = false }] of Object.entries(ENTRIES)) {
      new CfnNetworkAclEntry(this, name, {
        networkAclId: acl.ref,
        ruleNumber,
        protocol: TCP,
        ruleAction: deny ? 'deny' : 'allow',
        egress,
        portRange: { from: ports[0], to: ports[1] },
        cidrBlock: '0.0.0.0/0',
      });
    }
    new CfnSubnetNetworkAclAssociation(this, 'SubnetAcl', { subnetId: props.subnetId, networkAclId: acl.ref });
  }

  /** CloudFormation wants IPv4 and IPv6 blocks under different names; the prefix length tells which one it is. */
  private callerBlock(cidr: string): { readonly v4: string; readonly v6: string; readonly v4OrInside: string } {
    const isIpv4 = new CfnCondition(this, 'CallerIsIpv4', {
      expression: Fn.conditionEquals(Fn.select(1, Fn.split('/', cidr)), '32'),
    });
    return {
      v4: Fn.conditionIf(isIpv4.logicalId, cidr, Aws.NO_VALUE).toString(),
      v6: Fn.conditionIf(isIpv4.logicalId, Aws.NO_VALUE, cidr).toString(),
      // The subnet has no IPv6 addresses, and an ACL entry has to name some block: then only the network's own.
      v4OrInside: Fn.conditionIf(isIpv4.logicalId, cidr, NETWORK_CIDR).toString(),
    };
  }
}

// Who may reach a gateway: its activation from one address, its shares and volumes from inside the network.

import { Aws, CfnCondition, Fn } from 'aws-cdk-lib';
import { CfnSecurityGroup, CfnSecurityGroupIngress } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { NETWORK_CIDR, SERVED } from '../facts';

export interface GroundProps {
  readonly vpcId: string;
  /** One address as CIDR: /32 or /128. */
  readonly callerCidr: string;
  readonly groupName: string;
}

export class Ground extends Construct {
  readonly group: CfnSecurityGroup;

  constructor(parent: Construct, id: string, { vpcId, callerCidr, groupName }: GroundProps) {
    super(parent, id);
    this.group = new CfnSecurityGroup(this, 'Group', {
      groupName,
      groupDescription: 'Who may reach the gateways of the Storage Gateway lab',
      vpcId,
    });
    const isIpv4 = new CfnCondition(this, 'CallerIsIpv4', {
      expression: Fn.conditionEquals(Fn.select(1, Fn.split('/', callerCidr)), '32'),
    });
    const ifIpv4 = (yes: string, no: string): string => Fn.conditionIf(isIpv4.logicalId, yes, no).toString();
    new CfnSecurityGroupIngress(this, 'Activation', {
      groupId: this.group.attrGroupId,
      ipProtocol: 'tcp',
      fromPort: 80,
      toPort: 80,
      cidrIp: ifIpv4(callerCidr, Aws.NO_VALUE),
      cidrIpv6: ifIpv4(Aws.NO_VALUE, callerCidr),
      description: 'Activation from the one address that deployed',
    });
    for (const [what, ipProtocol, port] of SERVED) {
      new CfnSecurityGroupIngress(this, what, {
        groupId: this.group.attrGroupId,
        ipProtocol,
        fromPort: port,
        toPort: port,
        cidrIp: NETWORK_CIDR,
        description: `${what} from inside the network`,
      });
    }
  }
}

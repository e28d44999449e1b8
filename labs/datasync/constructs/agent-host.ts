// Who may ask an agent for its key; and, where it was asked for by name, the machine that an agent runs on.

import { Aws, CfnCondition, CfnParameter, Fn } from 'aws-cdk-lib';
import { CfnInstance, CfnSecurityGroup, CfnSecurityGroupIngress } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { AGENT_DISK, AGENT_IMAGE, AGENT_TYPE, NAMES, ROOT_DEVICE } from '../facts';

export interface AgentHostProps {
  readonly named: (thing: string) => string;
  readonly vpcId: string;
  /** One address as CIDR: /32 or /128. */
  readonly callerCidr: string;
  /** The subnet for the machine; none is made without. */
  readonly machineIn?: string;
}

export class AgentHost extends Construct {
  constructor(parent: Construct, id: string, { named, vpcId, callerCidr, machineIn }: AgentHostProps) {
    super(parent, id);
    const group = new CfnSecurityGroup(this, 'Group', {
      groupName: named(NAMES.agentGroup),
      groupDescription: 'The agent of the DataSync lab: its activation from one address',
      vpcId,
    });
    const isIpv4 = new CfnCondition(this, 'CallerIsIpv4', {
      expression: Fn.conditionEquals(Fn.select(1, Fn.split('/', callerCidr)), '32'),
    });
    const ifIpv4 = (yes: string, no: string): string => Fn.conditionIf(isIpv4.logicalId, yes, no).toString();
    new CfnSecurityGroupIngress(this, 'Activation', {
      groupId: group.attrGroupId,
      ipProtocol: 'tcp',
      fromPort: 80,
      toPort: 80,
      cidrIp: ifIpv4(callerCidr, Aws.NO_VALUE),
      cidrIpv6: ifIpv4(Aws.NO_VALUE, callerCidr),
      description: 'Activation from the one address that deployed',
    });
    if (machineIn !== undefined) this.instance(named(NAMES.agent), machineIn, group.attrGroupId);
  }

  private instance(name: string, subnetId: string, groupId: string): void {
    const image = new CfnParameter(this, 'Image', {
      description: 'The public parameter that names the newest image of the agent',
      type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
      default: AGENT_IMAGE,
    });
    new CfnInstance(this, 'Instance', {
      imageId: image.valueAsString,
      instanceType: AGENT_TYPE,
      // A public address: whoever activates it asks it for its key over HTTP, and it talks to its service's public endpoint.
      networkInterfaces: [
        { deviceIndex: '0', associatePublicIpAddress: true, subnetId, groupSet: [groupId], deleteOnTermination: true },
      ],
      blockDeviceMappings: [
        {
          deviceName: ROOT_DEVICE,
          ebs: { volumeType: 'gp3', volumeSize: AGENT_DISK, encrypted: true, deleteOnTermination: true },
        },
      ],
      propagateTagsToVolumeOnCreation: true,
      tags: [{ key: 'Name', value: name }],
    });
  }
}

// The instance that an appliance runs on. It becomes a gateway when somebody activates it, which CloudFormation cannot.

import { CfnParameter } from 'aws-cdk-lib';
import { CfnInstance } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { type Appliance, DISK_SIZE, imageParameter, ROOT_DEVICE, ROOT_SIZE } from '../facts';

export interface HostProps {
  readonly appliance: Appliance;
  readonly instanceType: string;
  readonly subnetId: string;
  readonly securityGroupId: string;
  readonly name: string;
}

export class Host extends Construct {
  constructor(parent: Construct, id: string, { appliance, instanceType, subnetId, securityGroupId, name }: HostProps) {
    super(parent, id);
    const image = new CfnParameter(this, 'Image', {
      description: 'The public parameter that names the newest image of the appliance',
      type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
      default: imageParameter(appliance.gatewayType),
    });
    const disk = (deviceName: string, volumeSize: number) => ({
      deviceName,
      ebs: { volumeType: 'gp3', volumeSize, encrypted: true, deleteOnTermination: true },
    });
    new CfnInstance(this, 'Instance', {
      imageId: image.valueAsString,
      instanceType,
      // A public address: whoever activates it asks it for its key over HTTP, and it talks to its service's public endpoint.
      networkInterfaces: [
        {
          deviceIndex: '0',
          associatePublicIpAddress: true,
          subnetId,
          groupSet: [securityGroupId],
          deleteOnTermination: true,
        },
      ],
      blockDeviceMappings: [disk(ROOT_DEVICE, ROOT_SIZE), ...appliance.disks.map((device) => disk(device, DISK_SIZE))],
      propagateTagsToVolumeOnCreation: true,
      tags: [{ key: 'Name', value: name }],
    });
  }
}

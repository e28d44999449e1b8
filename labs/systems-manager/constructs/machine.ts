// The one machine. Without an instance profile its agent has no credentials, and nobody has heard of it.

import { CfnInstance } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { PATCH_GROUP_TAG } from '../facts';

export interface MachineProps {
  readonly imageId: string;
  readonly instanceType: string;
  readonly subnetId: string;
  readonly securityGroupId: string;
  readonly instanceProfile?: string;
  readonly name: string;
  readonly patchGroup: string;
}

export class Machine extends Construct {
  readonly instance: CfnInstance;

  constructor(parent: Construct, id: string, props: MachineProps) {
    super(parent, id);
    this.instance = new CfnInstance(this, 'Instance', {
      imageId: props.imageId,
      instanceType: props.instanceType,
      subnetId: props.subnetId,
      securityGroupIds: [props.securityGroupId],
      ...(props.instanceProfile === undefined ? {} : { iamInstanceProfile: props.instanceProfile }),
      // T4g bursts without limit by default, and bills what exceeds the baseline.
      creditSpecification: { cpuCredits: 'standard' },
      monitoring: false,
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required' },
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvda',
          ebs: { volumeType: 'gp3', volumeSize: 8, encrypted: true, deleteOnTermination: true },
        },
      ],
      propagateTagsToVolumeOnCreation: true,
      tags: [
        { key: 'Name', value: props.name },
        { key: PATCH_GROUP_TAG, value: props.patchGroup },
      ],
    });
  }
}

// The machine and what belongs to it: a key pair, one public address and a data volume.

import { Fn } from 'aws-cdk-lib';
import { CfnEIP, CfnInstance, CfnKeyPair, CfnVolume, CfnVolumeAttachment } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { DATA_DEVICE, MARKER_SCRIPT } from '../facts';

export interface MachineProps {
  readonly imageId: string;
  readonly instanceType: string;
  readonly subnetId: string;
  readonly availabilityZone: string;
  readonly securityGroupId: string;
  readonly instanceProfile: string;
  readonly publicKey: string;
  readonly named: (thing: string) => string;
}

export class Machine extends Construct {
  readonly instance: CfnInstance;

  constructor(parent: Construct, id: string, props: MachineProps) {
    super(parent, id);
    const key = new CfnKeyPair(this, 'Key', { keyName: props.named('key'), publicKeyMaterial: props.publicKey });
    this.instance = new CfnInstance(this, 'Instance', {
      ...launch(props),
      keyName: key.ref,
      tags: [{ key: 'Name', value: props.named('machine') }],
    });
    new CfnEIP(this, 'Address', {
      domain: 'vpc',
      instanceId: this.instance.ref,
      tags: [{ key: 'Name', value: props.named('address') }],
    });
    const data = new CfnVolume(this, 'Data', {
      availabilityZone: props.availabilityZone,
      volumeType: 'gp3',
      size: 1,
      encrypted: true,
      tags: [{ key: 'Name', value: props.named('data') }],
    });
    new CfnVolumeAttachment(this, 'DataAttachment', {
      instanceId: this.instance.ref,
      volumeId: data.ref,
      device: DATA_DEVICE,
    });
  }
}

const launch = (props: MachineProps) => ({
  imageId: props.imageId,
  instanceType: props.instanceType,
  subnetId: props.subnetId,
  securityGroupIds: [props.securityGroupId],
  iamInstanceProfile: props.instanceProfile,
  instanceInitiatedShutdownBehavior: 'stop',
  // T4g bursts without limit by default, and bills what exceeds the baseline.
  creditSpecification: { cpuCredits: 'standard' },
  monitoring: false,
  metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', instanceMetadataTags: 'enabled' },
  blockDeviceMappings: [
    {
      deviceName: '/dev/xvda',
      ebs: { volumeType: 'gp3', volumeSize: 8, encrypted: true, deleteOnTermination: true },
    },
  ],
  propagateTagsToVolumeOnCreation: true,
  userData: Fn.base64(MARKER_SCRIPT),
});

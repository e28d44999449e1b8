// Whatever is changed behind worklab's back changes the verdict; and solving it again puts it right. In the sandbox.

import { CloudWatchClient, DeleteAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import * as EC2 from '@aws-sdk/client-ec2';
import { SCOPE } from '../../test/support/fake-aws';
import { type Change, labInSandbox, testChanges } from '../../test/support/lab-in-sandbox';
import lab from './lab';
import { see } from './see';

const standing = labInSandbox('ec2', lab);
const { config, eyes } = standing;
const ec2 = () => new EC2.EC2Client(config());

const machine = async () => (await see.machines(eyes(), SCOPE))[0] ?? fail('no machine');
const fail = (what: string): never => {
  throw new Error(what);
};

const CHANGES: Readonly<Record<string, Change>> = {
  'port 22 opened to the world': {
    fails: 'restrict-traffic',
    change: async () => {
      const GroupId = (await machine()).groups[0];
      const everybody = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
      return ec2().send(new EC2.AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [everybody] }));
    },
  },
  'the machine stopped': {
    fails: 'launch-instance',
    change: async () => ec2().send(new EC2.StopInstancesCommand({ InstanceIds: [(await machine()).id] })),
  },
  'a shutdown that terminates': {
    fails: 'manage-instance',
    change: async () => {
      const attribute = { Attribute: 'instanceInitiatedShutdownBehavior', Value: 'terminate' } as const;
      const InstanceId = (await machine()).id;
      return ec2().send(new EC2.ModifyInstanceAttributeCommand({ InstanceId, ...attribute }));
    },
  },
  'metadata without a token': {
    fails: 'bootstrap-instance',
    change: async () => {
      const InstanceId = (await machine()).id;
      return ec2().send(new EC2.ModifyInstanceMetadataOptionsCommand({ InstanceId, HttpTokens: 'optional' }));
    },
  },
  'the key pair deleted': {
    fails: 'set-up-key-pair',
    change: async () => ec2().send(new EC2.DeleteKeyPairCommand({ KeyName: (await machine()).keyName })),
  },
  'the address taken away': {
    fails: 'give-static-address',
    change: async () => {
      const { Addresses = [] } = await ec2().send(new EC2.DescribeAddressesCommand({}));
      return ec2().send(new EC2.DisassociateAddressCommand({ AssociationId: Addresses[0]?.AssociationId }));
    },
  },
  'the volume detached': {
    fails: 'attach-volume',
    change: async () => {
      const volumes = await see.dataVolumes(eyes(), SCOPE);
      const VolumeId = volumes.find(({ attachment }) => attachment)?.id;
      return ec2().send(new EC2.DetachVolumeCommand({ VolumeId }));
    },
  },
  'the snapshot deleted': {
    fails: 'snapshot-volume',
    change: async () => {
      const { snapshots } = await see.storage(eyes(), SCOPE);
      for (const { id: SnapshotId } of snapshots.filter(({ ofImage }) => !ofImage)) {
        await ec2().send(new EC2.DeleteSnapshotCommand({ SnapshotId }));
      }
    },
  },
  'the image made public': {
    fails: 'create-image',
    change: async () => {
      const ImageId = (await see.images(eyes(), SCOPE))[0]?.id;
      const LaunchPermission = { Add: [{ Group: 'all' as const }] };
      return ec2().send(new EC2.ModifyImageAttributeCommand({ ImageId, LaunchPermission }));
    },
  },
  'an alarm deleted': {
    fails: 'watch-instance',
    change: () =>
      new CloudWatchClient(config()).send(new DeleteAlarmsCommand({ AlarmNames: [`${SCOPE.prefix}-cpu-high`] })),
  },
};

testChanges(standing, CHANGES);

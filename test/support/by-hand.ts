// What a learner makes with another client: on the run, beside it, or long before it.

import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import {
  AllocateAddressCommand,
  CreateImageCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DescribeInstancesCommand,
  DescribeVolumesCommand,
  EC2Client,
  ImportKeyPairCommand,
} from '@aws-sdk/client-ec2';
import sshpk from 'sshpk';
import { clientConfig } from './client-config';

const ZONE = 'us-east-1a';

/** Things without a mark that were there before: not the run's. */
export async function makeForeign(client: EC2Client): Promise<string[]> {
  const { VolumeId = '' } = await client.send(new CreateVolumeCommand({ AvailabilityZone: ZONE, Size: 1 }));
  const { AllocationId = '' } = await client.send(new AllocateAddressCommand({ Domain: 'vpc' }));
  const publicKey = sshpk.generatePrivateKey('ed25519').toPublic().toString('ssh');
  await client.send(new ImportKeyPairCommand({ KeyName: 'mine-of-old', PublicKeyMaterial: Buffer.from(publicKey) }));
  return [VolumeId, AllocationId, 'mine-of-old'];
}

/** Things of the run by its tag, by its name, or by what they hang on alone. Returns their ids. */
export async function makeByHand(endpoint: string, run: string): Promise<string[]> {
  const config = clientConfig(endpoint);
  const client = new EC2Client(config);
  const ofRun = { Filters: [{ Name: 'tag:worklab:run', Values: [run] }] };
  const tagged = (ResourceType: 'volume' | 'elastic-ip') => [
    { ResourceType, Tags: [{ Key: 'worklab:run', Value: run }] },
  ];
  const { Reservations = [] } = await client.send(
    new DescribeInstancesCommand({ Filters: [...ofRun.Filters, { Name: 'instance-state-name', Values: ['running'] }] }),
  );
  const instance = Reservations[0]?.Instances?.[0];
  const InstanceId = instance?.InstanceId ?? '';
  const VolumeId = instance?.BlockDeviceMappings?.[0]?.Ebs?.VolumeId ?? (await anyVolume(client, ofRun));

  const volume = await client.send(
    new CreateVolumeCommand({ AvailabilityZone: ZONE, Size: 1, TagSpecifications: tagged('volume') }),
  );
  const address = await client.send(
    new AllocateAddressCommand({ Domain: 'vpc', TagSpecifications: tagged('elastic-ip') }),
  );
  const snapshot = await client.send(new CreateSnapshotCommand({ VolumeId }));
  const restored = await client.send(
    new CreateVolumeCommand({ AvailabilityZone: ZONE, SnapshotId: snapshot.SnapshotId }),
  );
  const image = await client.send(new CreateImageCommand({ InstanceId, Name: `by-hand-${run}`, NoReboot: true }));
  const AlarmName = 'a name that says nothing';
  await new CloudWatchClient(config).send(
    new PutMetricAlarmCommand({
      AlarmName,
      Namespace: 'AWS/EC2',
      MetricName: 'CPUUtilization',
      Dimensions: [{ Name: 'InstanceId', Value: InstanceId }],
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 1,
      Period: 300,
      Statistic: 'Average',
      Threshold: 90,
    }),
  );
  const ids = [volume.VolumeId, address.PublicIp, snapshot.SnapshotId, restored.VolumeId, image.ImageId, AlarmName];
  return ids.map((id) => {
    if (id === undefined) throw new Error('something could not be made by hand');
    return id;
  });
}

async function anyVolume(client: EC2Client, ofRun: { Filters: { Name: string; Values: string[] }[] }): Promise<string> {
  const { Volumes = [] } = await client.send(new DescribeVolumesCommand(ofRun));
  return Volumes[0]?.VolumeId ?? '';
}

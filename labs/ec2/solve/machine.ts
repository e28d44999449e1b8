// Exercises on the machine → machines that meet them. What can be changed is changed; for the rest a new one is launched.

import {
  AssociateIamInstanceProfileCommand,
  CreateImageCommand,
  EC2Client,
  ImportKeyPairCommand,
  ModifyImageAttributeCommand,
  ModifyInstanceAttributeCommand,
  ModifyInstanceMetadataOptionsCommand,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  waitUntilImageAvailable,
  waitUntilInstanceRunning,
  waitUntilInstanceStopped,
} from '@aws-sdk/client-ec2';
import { type Aws, meets, patience, type RunScope, waitUntil } from '../../../lib/kit';
import { BOOTSTRAPPED, IMAGE, KEYS, LAUNCHED, MANAGED, RESTARTED } from '../demands';
import { IMAGE_PARAMETER, INSTANCE_TYPE, MARKER_SCRIPT } from '../facts';
import { keyPairs } from '../observe/belongings';
import { type Machine, machines, type Setup, setups } from '../observe/machines';
import { images } from '../observe/storage';
import { ground, markedAs, parameter, published } from './ground';

/** Seconds: a launch takes one to two minutes, an image three to six. */
const A_START = 300;
const AN_IMAGE = 1200;

/** A running machine in the lab's subnet: one that is there, one that was stopped, or a new one. */
export async function launch(aws: Aws, scope: RunScope): Promise<Machine> {
  const found = await machines(aws, scope);
  const running = found.find((machine) => meets(machine, LAUNCHED));
  if (running) return running;
  const waiting = found.find(({ inLabSubnet, state }) => inLabSubnet && ['pending', 'stopped'].includes(state));
  if (waiting?.state === 'stopped') {
    await aws.client(EC2Client).send(new StartInstancesCommand({ InstanceIds: [waiting.id] }));
  }
  if (waiting) await untilRunning(aws, waiting.id);
  else await launchNew(aws, scope);
  return shown(aws, scope);
}

/** EC2's lists are behind its acts by some seconds. */
async function shown(aws: Aws, scope: RunScope): Promise<Machine> {
  let seen: Machine | undefined;
  await waitUntil(aws, { for: 'the new instance to be listed', seconds: A_START }, async () => {
    seen = (await machines(aws, scope)).find((machine) => meets(machine, LAUNCHED));
    return seen !== undefined;
  });
  if (seen === undefined) throw new Error('the new instance is not listed');
  return seen;
}

const untilRunning = (aws: Aws, id: string) =>
  waitUntilInstanceRunning({ client: aws.client(EC2Client), ...patience(aws, A_START) }, { InstanceIds: [id] });

async function launchNew(aws: Aws, scope: RunScope): Promise<void> {
  const { subnetId, groupId } = await ground(aws, scope);
  const KeyName = await importKey(aws, scope);
  const { Instances = [] } = await aws.client(EC2Client).send(
    new RunInstancesCommand({
      MinCount: 1,
      MaxCount: 1,
      ImageId: await parameter(aws, IMAGE_PARAMETER),
      InstanceType: INSTANCE_TYPE,
      KeyName,
      SubnetId: subnetId,
      SecurityGroupIds: [groupId],
      IamInstanceProfile: { Name: `${scope.prefix}-ec2` },
      InstanceInitiatedShutdownBehavior: 'stop',
      CreditSpecification: { CpuCredits: 'standard' },
      MetadataOptions: { HttpEndpoint: 'enabled', HttpTokens: 'required', InstanceMetadataTags: 'enabled' },
      BlockDeviceMappings: [
        {
          DeviceName: '/dev/xvda',
          Ebs: { VolumeType: 'gp3', VolumeSize: 8, Encrypted: true, DeleteOnTermination: true },
        },
      ],
      UserData: Buffer.from(MARKER_SCRIPT).toString('base64'),
      TagSpecifications: markedAs(scope, 'machine', 'instance', 'volume', 'network-interface'),
    }),
  );
  for (const { InstanceId = '' } of Instances) await untilRunning(aws, InstanceId);
}

async function importKey(aws: Aws, scope: RunScope): Promise<string> {
  const KeyName = `${scope.prefix}-key`;
  if ((await keyPairs(aws, scope)).some(({ name }) => name === KeyName)) return KeyName;
  await aws.client(EC2Client).send(
    new ImportKeyPairCommand({
      KeyName,
      PublicKeyMaterial: Buffer.from(await published(aws, scope, 'public-key')),
      TagSpecifications: markedAs(scope, 'key', 'key-pair'),
    }),
  );
  return KeyName;
}

export async function keyPair(aws: Aws, scope: RunScope): Promise<void> {
  await importKey(aws, scope);
  await launch(aws, scope);
  if (!(await keyPairs(aws, scope)).some((key) => meets(key, KEYS))) await launchNew(aws, scope);
}

export async function manage(aws: Aws, scope: RunScope): Promise<void> {
  const { id } = await launch(aws, scope);
  const isDone = async () => (await setups(aws, scope)).some((setup) => meets(setup, MANAGED));
  if (await isDone()) return;
  const setup = await setupOf(aws, scope, id);
  const client = aws.client(EC2Client);
  if (setup?.profile === undefined) {
    const IamInstanceProfile = { Name: `${scope.prefix}-ec2` };
    await client.send(new AssociateIamInstanceProfileCommand({ InstanceId: id, IamInstanceProfile }));
  }
  if (setup?.shutdownBehavior !== 'stop') {
    const attribute = { Attribute: 'instanceInitiatedShutdownBehavior', Value: 'stop' } as const;
    await client.send(new ModifyInstanceAttributeCommand({ InstanceId: id, ...attribute }));
  }
  if (!(await isDone())) await launchNew(aws, scope);
}

export async function bootstrap(aws: Aws, scope: RunScope): Promise<void> {
  const { id } = await launch(aws, scope);
  const isDone = async () => (await setups(aws, scope)).some((setup) => meets(setup, BOOTSTRAPPED));
  if (await isDone()) return;
  const options = { HttpEndpoint: 'enabled', HttpTokens: 'required', InstanceMetadataTags: 'enabled' } as const;
  await aws.client(EC2Client).send(new ModifyInstanceMetadataOptionsCommand({ InstanceId: id, ...options }));
  if (!(await isDone())) await launchNew(aws, scope);
}

const setupOf = async (aws: Aws, scope: RunScope, wanted: string): Promise<Setup | undefined> =>
  (await setups(aws, scope)).find(({ id }) => id === wanted);

export async function restart(aws: Aws, scope: RunScope): Promise<void> {
  const { id, assembled = '' } = await launch(aws, scope);
  if ((await machines(aws, scope)).some((machine) => meets(machine, RESTARTED))) return;
  const client = aws.client(EC2Client);
  await client.send(new StopInstancesCommand({ InstanceIds: [id] }));
  await waitUntilInstanceStopped({ client, ...patience(aws, A_START) }, { InstanceIds: [id] });
  // EC2 tells times in whole seconds: a start in the second of the launch could not be told from it.
  const nextSecond = Date.parse(assembled) + 1100 - Date.now();
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, nextSecond)));
  await client.send(new StartInstancesCommand({ InstanceIds: [id] }));
  await untilRunning(aws, id);
}

export async function image(aws: Aws, scope: RunScope): Promise<void> {
  const client = aws.client(EC2Client);
  const known = await images(aws, scope);
  if (known.some((one) => meets(one, IMAGE))) return;
  for (const { id: ImageId } of known.filter(({ isPublic }) => isPublic)) {
    const LaunchPermission = { Remove: [{ Group: 'all' as const }] };
    await client.send(new ModifyImageAttributeCommand({ ImageId, LaunchPermission }));
  }
  if ((await images(aws, scope)).some((one) => meets(one, IMAGE))) return;
  const pending = known.find(({ state }) => state === 'pending')?.id;
  const ImageId = pending ?? (await createImage(aws, scope, known.length));
  await waitUntilImageAvailable({ client, ...patience(aws, AN_IMAGE) }, { ImageIds: [ImageId] });
}

/** The names of an account's images differ, so that another one gets a number. */
async function createImage(aws: Aws, scope: RunScope, others: number): Promise<string> {
  const { id: InstanceId } = await launch(aws, scope);
  const { ImageId = '' } = await aws.client(EC2Client).send(
    new CreateImageCommand({
      InstanceId,
      Name: others === 0 ? `${scope.prefix}-image` : `${scope.prefix}-image-${others + 1}`,
      NoReboot: true,
      TagSpecifications: markedAs(scope, 'image', 'image', 'snapshot'),
    }),
  );
  return ImageId;
}

// An appliance's image → an instance that runs it, and from the instance the key that activates it.

import {
  EC2Client,
  type Instance,
  paginateDescribeInstances,
  RunInstancesCommand,
  StartInstancesCommand,
  waitUntilInstanceRunning,
} from '@aws-sdk/client-ec2';
import { type Aws, hostUrl, isMarked, items, patience, type RunScope } from '../../../lib/kit';
import { APPLIANCES, DISK_SIZE, HOST_TYPE, imageParameter, type Kind, ROOT_DEVICE, ROOT_SIZE } from '../facts';
import { ground, markedAs, parameter } from './ground';

/** Seconds: an instance starts in one to two minutes, the appliance on it answers after five to ten. */
const A_START = 300;
const A_BOOT = 900;
const PAUSE = { local: 200, aws: 10_000 } as const;

export interface Host {
  readonly id: string;
  readonly address: string;
}

/** The run's instance for this kind of gateway: the stack's, one that somebody launched, or a new one. */
export async function host(aws: Aws, scope: RunScope, kind: Kind): Promise<Host> {
  const client = aws.client(EC2Client);
  const known = await instanceOf(aws, scope, kind);
  if (known?.State?.Name === 'stopped') {
    await client.send(new StartInstancesCommand({ InstanceIds: [known.InstanceId ?? ''] }));
  }
  const id = known?.InstanceId ?? (await launch(aws, scope, kind));
  await waitUntilInstanceRunning({ client, ...patience(aws, A_START) }, { InstanceIds: [id] });
  const address = (await instanceOf(aws, scope, kind))?.PublicIpAddress;
  if (address === undefined) throw new Error(`${id} has no public address that it could be asked for its key at`);
  return { id, address };
}

async function instanceOf(aws: Aws, scope: RunScope, kind: Kind): Promise<Instance | undefined> {
  const image = await parameter(aws, imageParameter(APPLIANCES[kind].gatewayType));
  const pages = paginateDescribeInstances({ client: aws.client(EC2Client) }, {});
  for await (const { Instances = [] } of items(pages, (page) => page.Reservations)) {
    for (const instance of Instances) {
      const named = instance.Tags?.some(({ Value }) => Value === `${scope.prefix}-${kind}-host`) ?? false;
      const ofRun = isMarked(scope, { tags: instance.Tags });
      const living = ['pending', 'running', 'stopped'].includes(instance.State?.Name ?? '');
      if (living && ofRun && (named || instance.ImageId === image)) return instance;
    }
  }
  return undefined;
}

async function launch(aws: Aws, scope: RunScope, kind: Kind): Promise<string> {
  const { subnetId, groupId } = await ground(aws, scope);
  const { gatewayType, disks } = APPLIANCES[kind];
  const disk = (DeviceName: string, VolumeSize: number) => ({
    DeviceName,
    Ebs: { VolumeType: 'gp3' as const, VolumeSize, Encrypted: true, DeleteOnTermination: true },
  });
  const { Instances = [] } = await aws.client(EC2Client).send(
    new RunInstancesCommand({
      MinCount: 1,
      MaxCount: 1,
      ImageId: await parameter(aws, imageParameter(gatewayType)),
      InstanceType: HOST_TYPE,
      NetworkInterfaces: [
        {
          DeviceIndex: 0,
          AssociatePublicIpAddress: true,
          SubnetId: subnetId,
          Groups: [groupId],
          DeleteOnTermination: true,
        },
      ],
      BlockDeviceMappings: [disk(ROOT_DEVICE, ROOT_SIZE), ...disks.map((device) => disk(device, DISK_SIZE))],
      TagSpecifications: markedAs(scope, `${kind}-host`, 'instance', 'volume', 'network-interface'),
    }),
  );
  const id = Instances[0]?.InstanceId;
  if (id === undefined) throw new Error('EC2 launched nothing');
  return id;
}

/**
 * GET http://address/?activationRegion=…&no_redirect answers with the key alone, which is good for 30 minutes (Storage
 * Gateway user guide, "Getting an activation key", 2026-11-22). Until the appliance has booted nobody answers.
 */
export async function activationKey(aws: Aws, { id, address }: Host, gatewayType: string): Promise<string> {
  const url = hostUrl(aws, address);
  url.search = `?gatewayType=${gatewayType}&activationRegion=${aws.region}&no_redirect`;
  const deadline = Date.now() + (aws.target === 'local' ? 10 : A_BOOT) * 1000;
  for (;;) {
    const key = await ask(url);
    if (key !== undefined) return key;
    if (Date.now() >= deadline) {
      throw new Error(
        `${id} does not give its activation key: does its security group let this address in at port 80?`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE[aws.target]));
  }
}

/** Undefined while nobody answers, or something else than a key comes back. */
async function ask(url: URL): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) });
    const text = (await answer.text()).trim();
    return answer.ok && /^[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}$/.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

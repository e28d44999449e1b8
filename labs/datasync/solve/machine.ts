// The agent's image → a machine that runs it, and from the machine the key that activates it.

import {
  EC2Client,
  type Instance,
  paginateDescribeInstances,
  paginateDescribeSecurityGroups,
  RunInstancesCommand,
  waitUntilInstanceRunning,
} from '@aws-sdk/client-ec2';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { type Aws, collect, hostUrl, isMarked, items, patience, type RunScope } from '../../../lib/kit';
import { AGENT_DISK, AGENT_IMAGE, AGENT_TYPE, NAMES, ROOT_DEVICE } from '../facts';
import { runTags } from './ground';

/** Seconds: a machine starts in one to two minutes, the agent on it answers after five to ten. */
const A_START = 300;
const A_BOOT = 900;
const PAUSE = { local: 200, aws: 10_000 } as const;
const KEY = /^[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}$/;

/** The address of the run's machine: the stack's, one that somebody launched, or a new one. */
export async function machineAddress(aws: Aws, scope: RunScope): Promise<string> {
  const client = aws.client(EC2Client);
  const id = (await instanceOf(aws, scope))?.InstanceId ?? (await launch(aws, scope));
  await waitUntilInstanceRunning({ client, ...patience(aws, A_START) }, { InstanceIds: [id] });
  const address = (await instanceOf(aws, scope))?.PublicIpAddress;
  if (address === undefined) throw new Error(`${id} has no public address that it could be asked for its key at`);
  return address;
}

async function instanceOf(aws: Aws, scope: RunScope): Promise<Instance | undefined> {
  const name = `${scope.prefix}-${NAMES.agent}`;
  const pages = paginateDescribeInstances({ client: aws.client(EC2Client) }, {});
  for await (const { Instances = [] } of items(pages, (page) => page.Reservations)) {
    for (const instance of Instances) {
      const living = ['pending', 'running'].includes(instance.State?.Name ?? '');
      const named = instance.Tags?.some(({ Value }) => Value === name) ?? false;
      if (living && named && isMarked(scope, { tags: instance.Tags })) return instance;
    }
  }
  return undefined;
}

async function launch(aws: Aws, scope: RunScope): Promise<string> {
  const { Parameter } = await aws.client(SSMClient).send(new GetParameterCommand({ Name: AGENT_IMAGE }));
  const Tags = runTags(scope, `${scope.prefix}-${NAMES.agent}`);
  const { group, subnet } = await place(aws, scope);
  const { Instances = [] } = await aws.client(EC2Client).send(
    new RunInstancesCommand({
      MinCount: 1,
      MaxCount: 1,
      ImageId: Parameter?.Value,
      InstanceType: AGENT_TYPE,
      NetworkInterfaces: [
        {
          DeviceIndex: 0,
          AssociatePublicIpAddress: true,
          SubnetId: subnet,
          Groups: [group],
          DeleteOnTermination: true,
        },
      ],
      BlockDeviceMappings: [
        {
          DeviceName: ROOT_DEVICE,
          Ebs: { VolumeType: 'gp3', VolumeSize: AGENT_DISK, Encrypted: true, DeleteOnTermination: true },
        },
      ],
      TagSpecifications: [
        { ResourceType: 'instance', Tags },
        { ResourceType: 'volume', Tags },
      ],
    }),
  );
  const id = Instances[0]?.InstanceId;
  if (id === undefined) throw new Error('EC2 launched nothing');
  return id;
}

async function place(aws: Aws, { prefix }: RunScope): Promise<{ group: string; subnet: string }> {
  const Filters = [{ Name: 'group-name', Values: [`${prefix}-${NAMES.agentGroup}`] }];
  const pages = paginateDescribeSecurityGroups({ client: aws.client(EC2Client) }, { Filters });
  const [group] = await collect(items(pages, (page) => page.SecurityGroups));
  const name = `/${prefix}/network/public-subnet-a-id`;
  const { Parameter } = await aws.client(SSMClient).send(new GetParameterCommand({ Name: name }));
  if (group?.GroupId === undefined || Parameter?.Value === undefined) throw new Error('the ground of the lab is gone');
  return { group: group.GroupId, subnet: Parameter.Value };
}

/**
 * GET http://address/?gatewayType=SYNC&activationRegion=…&no_redirect answers with the key alone, good for 30 minutes
 * (DataSync user guide, "Activating your agent", 2026-11-22). Until the agent has booted nobody answers.
 */
export async function activationKey(aws: Aws, address: string): Promise<string> {
  const url = hostUrl(aws, address);
  url.search = `?gatewayType=SYNC&activationRegion=${aws.region}&no_redirect`;
  const deadline = Date.now() + (aws.target === 'local' ? 10 : A_BOOT) * 1000;
  for (;;) {
    const key = await ask(url);
    if (key !== undefined) return key;
    if (Date.now() >= deadline) {
      throw new Error(`${address} does not give its key: does its security group let this address in at port 80?`);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE[aws.target]));
  }
}

/** Undefined while nobody answers, or something else than a key comes back. */
async function ask(url: URL): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) });
    const text = (await answer.text()).trim();
    return answer.ok && KEY.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

// Exercises on an agent → a machine, its key, the agent that it becomes, a share, a task from the share to a bucket.

import { CreateAgentCommand, CreateLocationNfsCommand } from '@aws-sdk/client-datasync';
import { type Aws, meets, type RunScope, waitUntil } from '../../../lib/kit';
import { CONNECTED, SENDS_SHARE } from '../demands';
import { NAMES, SHARE_HOST } from '../facts';
import { agents } from '../observe/agents';
import { datasync } from '../observe/belonging';
import { locationUris, tasks } from '../observe/tasks';
import { bucketLocation, createTask, runTags } from './ground';
import { activationKey, machineAddress } from './machine';

/** Seconds: an agent is online some minutes after its activation. */
const A_CONNECTION = 600;

export async function connectAgent(aws: Aws, scope: RunScope): Promise<void> {
  await share(aws, scope);
}

/** The ARN of a location that an agent which is online reaches. */
async function share(aws: Aws, scope: RunScope): Promise<string> {
  const known = (await agents(aws, scope)).find((agent) => meets(agent, CONNECTED));
  if (known !== undefined) {
    const there = [...(await locationUris(aws))].find(([, uri]) => known.shares.includes(uri))?.[0];
    if (there !== undefined) return there;
  }
  const AgentArns = [await agent(aws, scope)];
  const { LocationArn = '' } = await datasync(aws).client.send(
    new CreateLocationNfsCommand({
      ServerHostname: SHARE_HOST,
      Subdirectory: '/export/',
      OnPremConfig: { AgentArns },
      Tags: runTags(scope, `${scope.prefix}-${NAMES.share}`),
    }),
  );
  return LocationArn;
}

async function agent(aws: Aws, scope: RunScope): Promise<string> {
  const isOnline = ({ status }: { readonly status: string }) => status === 'ONLINE';
  const known = (await agents(aws, scope)).find(isOnline);
  if (known !== undefined) return known.arn;
  const AgentName = `${scope.prefix}-${NAMES.agent}`;
  const ActivationKey = await activationKey(aws, await machineAddress(aws, scope));
  const command = new CreateAgentCommand({ ActivationKey, AgentName, Tags: runTags(scope, AgentName) });
  const { AgentArn = '' } = await datasync(aws).client.send(command);
  const wait = { for: `agent ${AgentName} to be online`, seconds: A_CONNECTION };
  await waitUntil(aws, wait, async () =>
    (await agents(aws, scope)).some((one) => one.arn === AgentArn && isOnline(one)),
  );
  return AgentArn;
}

export async function sendShare(aws: Aws, scope: RunScope): Promise<void> {
  if ((await tasks(aws, scope)).some((task) => meets(task, SENDS_SHARE))) return;
  await createTask(aws, scope, NAMES.share, {
    SourceLocationArn: await share(aws, scope),
    DestinationLocationArn: await bucketLocation(aws, scope, NAMES.target, '/share/'),
  });
}

// A stack that cannot delete what is gone already: let go where worklab itself removed it, and only there.

import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackResourcesCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { DeletePlacementGroupCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { Aws } from '../../lib/kit';
import { destroy } from '../../lib/teardown/destroy';
import { stackSweeper } from '../../lib/teardown/universal/stack';
import { clientConfig } from '../support/client-config';
import { startEmulator, type TestEmulator } from '../support/emulator';
import { fakeAws } from '../support/fake-aws';
import { fakeWorld } from '../support/fake-world';
import { allDeclarations, INSTALL_TIMEOUT } from '../support/sandbox';

const INSISTS = join(__dirname, '..', 'support', 'declarations', 'insists.py');

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startEmulator({ declarations: [...allDeclarations(), INSISTS] });
}, INSTALL_TIMEOUT);
afterAll(() => emulator.stop());

const config = () => clientConfig(emulator.endpoint);
const aws = (): Aws => ({ ...fakeAws(), client: (Client) => new Client(config() as never) });

/** A stack of the run, whose one resource is gone behind its back. Returns that resource's id. */
async function hollowStack(StackName: string): Promise<string> {
  const client = new CloudFormationClient(config());
  const Group = { Type: 'AWS::EC2::PlacementGroup', Properties: { Strategy: 'spread' } };
  await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources: { Group } }) }));
  await waitUntilStackCreateComplete({ client, maxWaitTime: 20, minDelay: 1 }, { StackName });
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName }));
  const id = StackResources[0]?.PhysicalResourceId ?? '';
  await new EC2Client(config()).send(new DeletePlacementGroupCommand({ GroupName: id }));
  return id;
}

const destroyed = (removed: readonly string[]) =>
  destroy({
    ...fakeWorld([stackSweeper(async () => {})]),
    aws: aws(),
    regions: ['us-east-1'],
    removed: new Set(removed),
    needs: () => [],
  });

test('what is gone by nobody knows whom keeps its stack, which says why; what worklab removed itself is let go', async () => {
  const id = await hollowStack('worklab-abcde2-hollow');

  const kept = await destroyed(['another-group']);
  const gone = await destroyed([id]);

  expect(kept).toMatchObject({
    proven: false,
    refused: [{ reason: expect.stringContaining('An internal error has occurred') }],
  });
  expect(gone).toMatchObject({ proven: true, refused: [] });
});

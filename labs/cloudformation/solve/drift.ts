// The exercise on drift → a setting changed by hand, found, brought back by a drift-aware change set, found in sync.

import { DescribeStackDriftDetectionStatusCommand, DetectStackDriftCommand } from '@aws-sdk/client-cloudformation';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { type Aws, type RunScope, waitUntil } from '../../../lib/kit';
import { wasRemediated } from '../drift-verdict';
import { drifts } from '../observe/drift';
import { cloudFormation } from '../observe/stacks';
import { change } from './preview';
import { stackFrom } from './stack';

const WAIT = 300;

export async function drift(aws: Aws, scope: RunScope): Promise<void> {
  if ((await drifts(aws, scope)).some(wasRemediated)) return;
  const { id, name } = await stackFrom(aws, scope, { thing: 'settings', file: 'settings.yaml' });
  const byHand = { Name: `/${name}/greeting`, Value: 'changed by hand', Overwrite: true };
  await aws.client(SSMClient).send(new PutParameterCommand(byHand));
  await detect(aws, id, 'DRIFTED');
  await change(aws, scope, id, { UsePreviousTemplate: true, DeploymentMode: 'REVERT_DRIFT' });
  await detect(aws, id, 'IN_SYNC');
}

async function detect(aws: Aws, StackName: string, expected: string): Promise<void> {
  const client = cloudFormation(aws);
  const { StackDriftDetectionId } = await client.send(new DetectStackDriftCommand({ StackName }));
  let found = '';
  await waitUntil(aws, { for: `the drift of ${StackName}`, seconds: WAIT }, async () => {
    const told = await client.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }));
    if (told.DetectionStatus === 'DETECTION_FAILED') throw new Error(`detection failed: ${told.DetectionStatusReason}`);
    found = told.StackDriftStatus ?? '';
    return told.DetectionStatus === 'DETECTION_COMPLETE';
  });
  if (found !== expected) throw new Error(`${StackName} was found ${found}, not ${expected}`);
}

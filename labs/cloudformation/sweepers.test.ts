// What is left of a stack set is found to the last page, and goes; what is another's, or already going, is not touched.

import * as CFN from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { SCOPE } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const KIND = 'cloudformation:stack-instance';
const { of, idsOf, remove } = sweeping(sweepers);
const client = mockClient(CFN.CloudFormationClient);
beforeEach(() => client.reset());

const stack = (StackName: string, more: Partial<CFN.Stack> = {}): CFN.Stack => ({
  StackId: `id of ${StackName}`,
  StackName,
  StackStatus: 'CREATE_COMPLETE',
  CreationTime: new Date(0),
  ...more,
});

test('stacks of the run’s sets, on every page, by their set’s name or by tag', async () => {
  client
    .on(CFN.DescribeStacksCommand)
    .resolvesOnce({
      Stacks: [stack('StackSet-worklab-abc123-regional-1'), stack('StackSet-worklab-abc123x-regional-2')],
      NextToken: 'more',
    })
    .resolvesOnce({
      Stacks: [
        stack('StackSet-other-3', { Tags: [{ Key: SCOPE.tag.key, Value: SCOPE.tag.value }] }),
        stack('StackSet-worklab-abc123-regional-4', { StackStatus: 'DELETE_COMPLETE' }),
        stack('worklab-abc123-mine'),
      ],
    });
  expect(await idsOf(KIND)).toEqual(['id of StackSet-worklab-abc123-regional-1', 'id of StackSet-other-3']);
});

test('one goes, and is waited for', async () => {
  client.on(CFN.DeleteStackCommand).resolves({});
  client.on(CFN.DescribeStacksCommand).resolves({ Stacks: [stack('s', { StackStatus: 'DELETE_COMPLETE' })] });
  await remove(KIND, 'id of s');
  expect(client.commandCalls(CFN.DeleteStackCommand)[0]?.args[0].input).toEqual({ StackName: 'id of s' });
});

test('they go after the sets, in both of the lab’s regions', () => {
  expect(of(KIND)).toMatchObject({ after: ['cloudformation:stack-set'], regions: ['us-east-1', 'us-west-2'] });
});

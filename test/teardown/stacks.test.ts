// Which stacks a teardown takes for the run's own.

import {
  CloudFormationClient,
  DescribeStacksCommand,
  type Stack,
  type StackStatus,
} from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { standingStacks } from '../../lib/teardown/stacks';
import { fakeAws, SCOPE } from '../support/fake-aws';

const cloudFormation = mockClient(CloudFormationClient);
beforeEach(() => cloudFormation.reset());

const stack = (name: string, more: Partial<Stack> = {}): Stack => ({
  StackId: `id:${name}`,
  StackName: `worklab-abc123-${name}`,
  StackStatus: 'CREATE_COMPLETE',
  CreationTime: new Date(0),
  ...more,
});

async function standing(...pages: readonly (readonly Stack[])[]): Promise<string[]> {
  const answers = pages.map((Stacks, index) => ({
    Stacks: [...Stacks],
    ...(index < pages.length - 1 ? { NextToken: `${index}` } : {}),
  }));
  let call = 0;
  cloudFormation.on(DescribeStacksCommand).callsFake(() => answers[call++]);
  return (await standingStacks(fakeAws(), SCOPE, 'us-east-1')).map(({ id }) => id);
}

test.each<StackStatus>([
  'CREATE_FAILED',
  'DELETE_FAILED',
  'REVIEW_IN_PROGRESS',
  'ROLLBACK_COMPLETE',
  'ROLLBACK_FAILED',
  'UPDATE_ROLLBACK_FAILED',
])('one in %s stands', async (StackStatus) => {
  expect(await standing([stack('a', { StackStatus })])).toEqual(['id:a']);
});

test('one that is deleted does not', async () => {
  expect(await standing([stack('a', { StackStatus: 'DELETE_COMPLETE' })])).toEqual([]);
});

test('nested ones are left to a parent that stands, on whatever page', async () => {
  expect(await standing([stack('child', { ParentId: 'id:a' })], [stack('a')])).toEqual(['id:a']);
});

test('a nested one whose parent is gone is nobody else’s', async () => {
  expect(await standing([stack('orphan', { ParentId: 'id:gone' })])).toEqual(['id:orphan']);
  const gone = stack('gone', { StackStatus: 'DELETE_COMPLETE' });
  expect(await standing([stack('orphan', { ParentId: 'id:gone' }), gone])).toEqual(['id:orphan']);
});

test('a tag tells as well as a name, and another run’s name does not', async () => {
  const tagged = stack('t', { StackName: 'mine', Tags: [{ Key: SCOPE.tag.key, Value: SCOPE.tag.value }] });
  expect(await standing([tagged, stack('x', { StackName: 'worklab-abc123x-a' })])).toEqual(['id:t']);
});

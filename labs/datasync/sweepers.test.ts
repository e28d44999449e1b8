// Sweepers of what transfers: what they take for the run's, in which order it goes, and what they wait for.

import * as DataSync from '@aws-sdk/client-datasync';
import * as TAG from '@aws-sdk/client-resource-groups-tagging-api';
import { mockClient } from 'aws-sdk-client-mock';
import { owning, SCOPE } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const { found, idsOf, of, remove } = sweeping(sweepers);
const datasync = mockClient(DataSync.DataSyncClient);
const tagging = mockClient(TAG.ResourceGroupsTaggingAPIClient);
const TASK = 'arn:aws:datasync:us-east-1:1:task/task-';
const PLACE = 'arn:aws:datasync:us-east-1:1:location/loc-';
const AGENT = 'arn:aws:datasync:us-east-1:1:agent/agent-';
const MORE = { NextToken: 'more' };
const notFound = Object.assign(new Error('Task x is not found.'), { name: 'InvalidRequestException' });
const inUse = Object.assign(new Error('Location x is in use.'), { name: 'InvalidRequestException' });
const denied = Object.assign(new Error('no'), { name: 'AccessDeniedException' });

const inputs = (command: Parameters<typeof datasync.commandCalls>[0]) =>
  datasync.commandCalls(command).map((call) => call.args[0].input);

beforeEach(() => {
  datasync.reset();
  tagging.reset();
  tagged();
  datasync.on(DataSync.DescribeTaskCommand).resolves({});
  datasync.on(DataSync.ListLocationsCommand).resolves({ Locations: [] });
  datasync.on(DataSync.ListTasksCommand).resolves({ Tasks: [] });
});

const tagged = (...arns: readonly string[]) =>
  tagging
    .on(TAG.GetResourcesCommand, { TagFilters: [{ Key: SCOPE.tag.key, Values: [SCOPE.tag.value] }] })
    .resolves({ ResourceTagMappingList: arns.map((ResourceARN) => ({ ResourceARN })) });

describe('tasks', () => {
  test('are the run’s by name, tag, stack or the buckets between which they copy, on the second page too', async () => {
    datasync.on(DataSync.ListLocationsCommand).resolves({
      Locations: [
        { LocationArn: `${PLACE}1`, LocationUri: 's3://worklab-abc123-datasync-source/' },
        { LocationArn: `${PLACE}9`, LocationUri: 's3://worklab-abc1234-datasync-source/' },
      ],
    });
    datasync
      .on(DataSync.ListTasksCommand)
      .resolvesOnce({ Tasks: [{ TaskArn: `${TASK}1`, Name: 'worklab-abc123-x' }, { TaskArn: `${TASK}9` }], ...MORE })
      .resolvesOnce({ Tasks: [{ TaskArn: `${TASK}2` }, { TaskArn: `${TASK}3` }, { TaskArn: `${TASK}4` }] });
    tagged(`${TASK}2`);
    datasync
      .on(DataSync.ListTasksCommand, { Filters: [{ Name: 'LocationId', Operator: 'Equals', Values: [`${PLACE}1`] }] })
      .resolvesOnce({ Tasks: [{ TaskArn: `${TASK}1` }], ...MORE })
      .resolvesOnce({ Tasks: [{ TaskArn: `${TASK}3` }] });
    expect(await idsOf('datasync:task', owning(`${TASK}4`))).toEqual([1, 2, 4, 3].map((n) => `${TASK}${n}`));
    expect(inputs(DataSync.ListTasksCommand)).toHaveLength(4);
  });

  test('a denied look at the tags is an error', async () => {
    datasync.on(DataSync.ListTasksCommand).resolves({ Tasks: [{ TaskArn: `${TASK}1` }] });
    tagging.on(TAG.GetResourcesCommand).rejects(denied);
    for (const kind of ['datasync:task', 'datasync:execution']) {
      await expect(found(kind)).rejects.toThrow(denied);
    }
  });

  test('go before the stacks, after their executions, and are waited for; one that is gone is gone', async () => {
    datasync.on(DataSync.DescribeTaskCommand).resolvesOnce({}).rejects(notFound);
    await remove('datasync:task', `${TASK}1`);
    expect(of('datasync:task')).toMatchObject({ beforeStacks: true, after: ['datasync:execution'] });
    expect(inputs(DataSync.DescribeTaskCommand)).toHaveLength(2);
    datasync.on(DataSync.DeleteTaskCommand).rejects(notFound);
    await remove('datasync:task', `${TASK}1`);
    datasync.on(DataSync.DeleteTaskCommand).rejects(inUse);
    await expect(remove('datasync:task', `${TASK}1`)).rejects.toThrow('in use');
  });
});

describe('executions', () => {
  beforeEach(() => {
    datasync.on(DataSync.ListTasksCommand).resolves({ Tasks: [{ TaskArn: `${TASK}1`, Name: 'worklab-abc123-x' }] });
  });

  test('those that go on are listed, of all pages; those that are over are not', async () => {
    datasync
      .on(DataSync.ListTaskExecutionsCommand)
      .resolvesOnce({
        TaskExecutions: [
          { TaskExecutionArn: 'e1', Status: 'SUCCESS' },
          { TaskExecutionArn: 'e2', Status: 'ERROR' },
        ],
        ...MORE,
      })
      .resolvesOnce({
        TaskExecutions: [
          { TaskExecutionArn: 'e3', Status: 'TRANSFERRING' },
          { TaskExecutionArn: 'e4', Status: 'QUEUED' },
        ],
      });
    expect(await idsOf('datasync:execution')).toEqual(['e3', 'e4']);
    datasync.on(DataSync.ListTaskExecutionsCommand).rejects(denied);
    await expect(found('datasync:execution')).rejects.toThrow(denied);
  });

  test('are cancelled before the stacks, and waited for until they are over', async () => {
    datasync
      .on(DataSync.DescribeTaskExecutionCommand)
      .resolvesOnce({ Status: 'TRANSFERRING' })
      .resolvesOnce({ Status: 'CANCELLING' })
      .resolves({ Status: 'ERROR' });
    await remove('datasync:execution', 'e1');
    expect(of('datasync:execution').beforeStacks).toBe(true);
    expect(inputs(DataSync.CancelTaskExecutionCommand)).toEqual([{ TaskExecutionArn: 'e1' }]);
    await remove('datasync:execution', 'e1');
    expect(inputs(DataSync.CancelTaskExecutionCommand)).toHaveLength(1);
  });
});

describe('locations and agents', () => {
  test('a location is the run’s by tag, stack, or the bucket or file system that it names, on the second page too', async () => {
    datasync
      .on(DataSync.ListLocationsCommand)
      .resolvesOnce({
        Locations: [
          { LocationArn: `${PLACE}1`, LocationUri: 's3://worklab-abc123-datasync-source/' },
          { LocationArn: `${PLACE}9`, LocationUri: 's3://another/' },
        ],
        ...MORE,
      })
      .resolvesOnce({
        Locations: [
          { LocationArn: `${PLACE}2`, LocationUri: 'efs://us-east-1.fs-1/' },
          { LocationArn: `${PLACE}3`, LocationUri: 'nfs://server/export/' },
          { LocationArn: `${PLACE}4`, LocationUri: 's3://elsewhere/' },
        ],
      });
    tagged(`${PLACE}3`);
    expect(await idsOf('datasync:location', owning('fs-1', `${PLACE}4`))).toEqual(
      [1, 2, 3, 4].map((n) => `${PLACE}${n}`),
    );
    expect(of('datasync:location').after).toEqual(['datasync:task']);
  });

  test('an agent is the run’s by name, tag or stack, on the second page too, and goes after its locations', async () => {
    datasync
      .on(DataSync.ListAgentsCommand)
      .resolvesOnce({
        Agents: [{ AgentArn: `${AGENT}1`, Name: 'worklab-abc123-a' }, { AgentArn: `${AGENT}9` }],
        ...MORE,
      })
      .resolvesOnce({ Agents: [{ AgentArn: `${AGENT}2` }, { AgentArn: `${AGENT}3` }] });
    tagged(`${AGENT}2`);
    expect(await idsOf('datasync:agent', owning(`${AGENT}3`))).toEqual([1, 2, 3].map((n) => `${AGENT}${n}`));
    expect(of('datasync:agent').after).toEqual(['datasync:location']);
  });

  test('both are removed, and gone ones are gone', async () => {
    datasync.on(DataSync.DescribeAgentCommand).rejects(notFound);
    await remove('datasync:location', `${PLACE}1`);
    await remove('datasync:agent', `${AGENT}1`);
    expect(inputs(DataSync.DeleteLocationCommand)).toEqual([{ LocationArn: `${PLACE}1` }]);
    expect(inputs(DataSync.DeleteAgentCommand)).toEqual([{ AgentArn: `${AGENT}1` }]);
    datasync.on(DataSync.DeleteLocationCommand).rejects(notFound);
    await remove('datasync:location', `${PLACE}1`);
    datasync.on(DataSync.DeleteLocationCommand).rejects(denied);
    await expect(remove('datasync:location', `${PLACE}1`)).rejects.toThrow(denied);
  });
});

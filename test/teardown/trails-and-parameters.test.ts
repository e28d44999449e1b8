// The sweepers of trails, which write on until they are stopped, and of parameters, which their service filters.

import * as TRAIL from '@aws-sdk/client-cloudtrail';
import * as TAG from '@aws-sdk/client-resource-groups-tagging-api';
import * as SSM from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { universalSweepers } from '../../lib/teardown/universal';
import { owning } from '../support/fake-aws';
import { sweeping } from '../support/sweeping';

const { idsOf, of: sweeperOf, remove } = sweeping(universalSweepers([], ['us-east-1'], async () => {}));
const tagging = mockClient(TAG.ResourceGroupsTaggingAPIClient);
const ssm = mockClient(SSM.SSMClient);
const trail = mockClient(TRAIL.CloudTrailClient);
beforeEach(() => {
  for (const client of [tagging, ssm, trail]) client.reset();
  tagging.on(TAG.GetResourcesCommand).resolves({ ResourceTagMappingList: [] });
});
const MORE = { NextToken: 'more' };
const sent = (): string[] => trail.calls().map((call) => call.args[0].constructor.name);

test('parameters are the run’s by the beginning of their name, by tag, or by a path that it owns', async () => {
  const filtered = (Key: string, Option: string, ...Values: string[]) => ({
    ParameterFilters: [{ Key, Option, Values }],
  });
  ssm
    .on(SSM.DescribeParametersCommand, filtered('Name', 'BeginsWith', '/worklab-abc123/', 'worklab-abc123-'))
    .resolvesOnce({ Parameters: [{ Name: '/worklab-abc123/a' }], ...MORE })
    .resolvesOnce({ Parameters: [{ Name: '/worklab-abc123/b' }] });
  ssm
    .on(SSM.DescribeParametersCommand, filtered('tag:worklab:run', 'Equals', 'abc123'))
    .resolves({ Parameters: [{ Name: '/tagged' }, { Name: '/worklab-abc123/a' }] });
  ssm
    .on(SSM.DescribeParametersCommand, filtered('Name', 'Equals', '/mine'))
    .resolves({ Parameters: [{ Name: '/mine' }] });

  const scope = owning('/mine', '/worklab-abc123/b', 'i-1', 'arn:aws:sns:us-east-1:1:x');
  expect(await idsOf('ssm:parameter', scope)).toEqual(['/worklab-abc123/a', '/worklab-abc123/b', '/tagged', '/mine']);
  expect(ssm.calls()).toHaveLength(4);
});

test('trails are the run’s by name, tag or stack, at home alone, on the second page too', async () => {
  const HomeRegion = 'us-east-1';
  tagging
    .on(TAG.GetResourcesCommand)
    .resolves({ ResourceTagMappingList: [{ ResourceARN: 'arn:aws:cloudtrail:us-east-1:1:trail/mine' }] });
  trail
    .on(TRAIL.ListTrailsCommand)
    .resolvesOnce({
      Trails: [
        { Name: 'worklab-abc123-x', HomeRegion },
        { Name: 'worklab-abc123-y', HomeRegion: 'eu-west-1' },
      ],
      ...MORE,
    })
    .resolvesOnce({
      Trails: [
        { Name: 'mine', HomeRegion, TrailARN: 'arn:aws:cloudtrail:us-east-1:1:trail/mine' },
        { Name: 'theirs', HomeRegion, TrailARN: 't-9' },
        { Name: 'held', HomeRegion },
      ],
    });
  expect(await idsOf('cloudtrail:trail', owning('held'))).toEqual(['worklab-abc123-x', 'mine', 'held']);
  expect(sent()).toHaveLength(2);
});

test('a trail is stopped and deleted before the stacks, and so before its bucket is emptied', async () => {
  await remove('cloudtrail:trail', 'worklab-abc123-x');
  expect(sent()).toEqual([TRAIL.StopLoggingCommand.name, TRAIL.DeleteTrailCommand.name]);
  expect(sweeperOf('cloudtrail:trail').beforeStacks).toBe(true);
  expect(sweeperOf('s3:object').after).toContain('cloudtrail:trail');
});

test.each([
  ['ssm:parameter', 'ParameterNotFound'],
  ['cloudtrail:trail', 'TrailNotFoundException'],
])('removing a %s that is gone succeeds, and a refusal is an error', async (kind, notFound) => {
  const answerWith = (name: string): void => {
    const error = Object.assign(new Error(name), { name });
    ssm.onAnyCommand().rejects(error);
    trail.onAnyCommand().rejects(error);
  };
  answerWith(notFound);
  await expect(remove(kind, 'x')).resolves.toBeUndefined();
  answerWith('OperationNotPermitted');
  await expect(remove(kind, 'x')).rejects.toThrow('OperationNotPermitted');
});

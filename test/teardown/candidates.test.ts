// Which of CloudTrail's events make a candidate: the run's own caller, a thing that the call made and that still stands.

import { CloudTrailClient, type Event, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { mockClient } from 'aws-sdk-client-mock';
import { candidates } from '../../lib/teardown/candidates';
import { fakeAws } from '../support/fake-aws';
import { fakeWorld, sweepersOver, type Thing } from '../support/fake-world';

const ME = 'arn:aws:iam::111111111111:user/me';
const trail = mockClient(CloudTrailClient);
const tagging = mockClient(ResourceGroupsTaggingAPIClient);
beforeEach(() => {
  trail.reset();
  tagging.reset();
  tagging.on(GetResourcesCommand).resolves({ ResourceTagMappingList: [] });
});

const event = (EventName: string, type: string, id: string, detail: object = { userIdentity: { arn: ME } }): Event => ({
  EventName,
  EventTime: new Date('2026-11-22T11:00:00Z'),
  Resources: [{ ResourceType: `AWS::EC2::${type}`, ResourceName: id }],
  CloudTrailEvent: JSON.stringify(detail),
});

const ask = (things: readonly Thing[], others: readonly string[] = []) =>
  candidates({
    ...fakeWorld(sweepersOver(new Set(things), ['ec2:volume', 'ec2:vpc']), ['vol-own']),
    aws: fakeAws(),
    regions: ['us-east-1'],
    caller: ME,
    others: new Set(others),
  });

const volume = (id: string): Thing => ({ kind: 'ec2:volume', id });

test('what the caller made and still stands, on the second page too; not what is gone, nor what is the run’s anyway', async () => {
  trail
    .on(LookupEventsCommand)
    .resolvesOnce({ Events: [event('CreateVolume', 'Volume', 'vol-gone')], NextToken: 'more' })
    .resolvesOnce({ Events: [event('CreateVolume', 'Volume', 'vol-1'), event('CreateVolume', 'Volume', 'vol-own')] });

  expect(await ask([volume('vol-1'), volume('vol-own'), volume('vol-9')])).toEqual({
    found: [
      {
        kind: 'ec2:volume',
        id: 'vol-1',
        region: 'us-east-1',
        why: "CreateVolume by the run's own caller at 2026-11-22T11:00:00.000Z",
      },
    ],
    unknown: [],
  });
  expect(trail.commandCalls(LookupEventsCommand)[0]?.args[0].input).toMatchObject({
    StartTime: new Date('2026-11-22T10:00:00.000Z'),
    LookupAttributes: [{ AttributeKey: 'ReadOnly', AttributeValue: 'false' }],
  });
});

test.each([
  ['of somebody else', event('CreateVolume', 'Volume', 'vol-1', { userIdentity: { arn: `${ME}2` } })],
  [
    'that CloudFormation made',
    event('CreateVolume', 'Volume', 'vol-1', { userIdentity: { arn: ME, invokedBy: 'cloudformation.amazonaws.com' } }),
  ],
  [
    'that was refused',
    event('CreateVolume', 'Volume', 'vol-1', { userIdentity: { arn: ME }, errorCode: 'Client.Limit' }),
  ],
  ['that the call only concerned', event('CreateSnapshot', 'Volume', 'vol-1')],
  ['that the call only stood in', event('RunInstances', 'VPC', 'vol-1')],
  ['that was changed', event('ModifyVolume', 'Volume', 'vol-1')],
  [
    'from just before the run',
    { ...event('CreateVolume', 'Volume', 'vol-1'), EventTime: new Date('2026-11-22T09:59:59.900Z') },
  ],
])('a thing %s is none', async (_what, one) => {
  trail.on(LookupEventsCommand).resolves({ Events: [one] });

  expect(await ask([volume('vol-1')])).toEqual({ found: [], unknown: [] });
});

test('a thing of another run is none: by that run’s journal, or by its tag', async () => {
  trail.on(LookupEventsCommand).resolves({ Events: [event('CreateVolume', 'Volume', 'vol-1')] });
  expect((await ask([volume('vol-1')], ['vol-1'])).found).toEqual([]);

  tagging.on(GetResourcesCommand).resolves({
    ResourceTagMappingList: [
      { ResourceARN: 'arn:aws:ec2:us-east-1:1:volume/vol-1', Tags: [{ Key: 'worklab:run', Value: 'zzzzz9' }] },
    ],
  });
  expect((await ask([volume('vol-1')])).found).toEqual([]);
});

test('where CloudTrail may not be asked, that is told', async () => {
  trail.on(LookupEventsCommand).rejects(new Error('no'));

  expect(await ask([volume('vol-1')])).toEqual({
    found: [],
    unknown: ['us-east-1: CloudTrail could not be asked: no'],
  });
});

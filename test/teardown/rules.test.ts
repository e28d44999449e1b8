// EventBridge's rules: which are the run's, on the second page too, and how they go.

import * as EB from '@aws-sdk/client-eventbridge';
import * as TAG from '@aws-sdk/client-resource-groups-tagging-api';
import { mockClient } from 'aws-sdk-client-mock';
import { universalSweepers } from '../../lib/teardown/universal';
import { owning } from '../support/fake-aws';
import { sweeping } from '../support/sweeping';

const { idsOf, remove, of } = sweeping(universalSweepers([], ['eu-west-1'], async () => {}));
const events = mockClient(EB.EventBridgeClient);
const tagging = mockClient(TAG.ResourceGroupsTaggingAPIClient);
const ARN = 'arn:aws:events:eu-west-1:1:rule/';
beforeEach(() => {
  events.reset();
  tagging.reset();
  tagging.on(TAG.GetResourcesCommand).resolves({ ResourceTagMappingList: [] });
});

test('they are the run’s by name, tag or stack, to the last page, wherever the run was', async () => {
  tagging.on(TAG.GetResourcesCommand).resolves({ ResourceTagMappingList: [{ ResourceARN: `${ARN}tagged` }] });
  events
    .on(EB.ListRulesCommand)
    .resolvesOnce({ Rules: [{ Name: 'other', Arn: `${ARN}other` }], NextToken: 'more' })
    .resolves({ Rules: ['worklab-abc123-iam-changes', 'tagged', 'held'].map((Name) => ({ Name, Arn: ARN + Name })) });
  expect(await idsOf('events:rule', owning('held'))).toEqual(['worklab-abc123-iam-changes', 'tagged', 'held']);
  expect(of('events:rule').regions).toEqual(['eu-west-1', 'us-east-1']);
});

test('a rule loses its targets first, on every page of them', async () => {
  events
    .on(EB.ListTargetsByRuleCommand)
    .resolvesOnce({ Targets: [{ Id: 'a', Arn: 'arn' }], NextToken: 'more' })
    .resolves({ Targets: [{ Id: 'b', Arn: 'arn' }] });
  await remove('events:rule', 'r');
  expect(events.commandCalls(EB.RemoveTargetsCommand)[0]?.args[0].input.Ids).toEqual(['a', 'b']);
  expect(events.commandCalls(EB.DeleteRuleCommand)).toHaveLength(1);
});

test('one without targets goes at once; one that is gone is gone; a refusal is an error', async () => {
  const named = (name: string): Error => Object.assign(new Error(name), { name });
  events.on(EB.ListTargetsByRuleCommand).resolves({ Targets: [] });
  await remove('events:rule', 'r');
  expect(events.commandCalls(EB.RemoveTargetsCommand)).toHaveLength(0);
  events.on(EB.ListTargetsByRuleCommand).rejects(named('ResourceNotFoundException'));
  await remove('events:rule', 'r');
  events.on(EB.ListTargetsByRuleCommand).resolves({ Targets: [] });
  events.on(EB.DeleteRuleCommand).rejects(named('ManagedRuleException'));
  await expect(remove('events:rule', 'r')).rejects.toThrow('ManagedRuleException');
});

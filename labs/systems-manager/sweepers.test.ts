// What the sweepers take for the run's, on the second page too, what they leave alone, and how it goes.

import * as TAG from '@aws-sdk/client-resource-groups-tagging-api';
import * as SSM from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { owning } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const { idsOf, of, remove } = sweeping(sweepers);
const ssm = mockClient(SSM.SSMClient);
const tagging = mockClient(TAG.ResourceGroupsTaggingAPIClient);
const MORE = { NextToken: 'more' };
const PREFIX = 'worklab-abc123';
const named = (name: string): Error => Object.assign(new Error(name), { name });
const sent = (): string[] => ssm.calls().map(({ args: [command] }) => command.constructor.name.replace(/Command$/, ''));

/** What the tagging API knows under the run's tag. */
const tagged = (...rests: readonly string[]): void => {
  const ResourceTagMappingList = rests.map((rest) => ({ ResourceARN: `arn:aws:ssm:us-east-1:1:${rest}` }));
  tagging.on(TAG.GetResourcesCommand).resolves({ ResourceTagMappingList });
};

beforeEach(() => {
  ssm.reset();
  tagging.reset();
  tagged();
});

describe('sessions', () => {
  test('are the run’s by the machine or by the document, while they are active', async () => {
    ssm
      .on(SSM.DescribeSessionsCommand, { State: 'Active' })
      .resolvesOnce({ Sessions: [{ SessionId: 's-9', Target: 'i-9', DocumentName: 'other' }], ...MORE })
      .resolvesOnce({
        Sessions: [
          { SessionId: 's-1', Target: 'i-1' },
          { SessionId: 's-2', Target: 'i-8', DocumentName: `${PREFIX}-session` },
        ],
      });
    expect(await idsOf('ssm:session', owning('i-1'))).toEqual(['s-1', 's-2']);
  });

  test('are ended, and waited for', async () => {
    ssm
      .on(SSM.DescribeSessionsCommand)
      .resolvesOnce({ Sessions: [{ SessionId: 's-1' }] })
      .resolves({ Sessions: [{ SessionId: 's-9' }] });
    await remove('ssm:session', 's-1');
    expect(sent()).toEqual(['TerminateSession', 'DescribeSessions', 'DescribeSessions']);
  });
});

describe('automations', () => {
  const execution = (id: string, DocumentName: string, status: SSM.AutomationExecutionStatus) => ({
    AutomationExecutionId: id,
    DocumentName,
    AutomationExecutionStatus: status,
  });

  test('are the run’s by the document, while they run; what is over is history', async () => {
    ssm
      .on(SSM.DescribeAutomationExecutionsCommand)
      .resolvesOnce({
        AutomationExecutionMetadataList: [
          execution('e-8', `${PREFIX}-restart`, 'Success'),
          execution('e-9', 'AWS-RestartEC2Instance', 'InProgress'),
        ],
        ...MORE,
      })
      .resolvesOnce({
        AutomationExecutionMetadataList: [
          execution('e-1', `${PREFIX}-restart`, 'InProgress'),
          execution('e-2', `${PREFIX}-restart`, 'PendingApproval'),
          execution('e-7', 'worklab-abc1234-restart', 'InProgress'),
        ],
      });
    expect(await idsOf('ssm:automation-execution')).toEqual(['e-1', 'e-2']);
    expect(of('ssm:automation-execution').beforeStacks).toBe(true);
  });

  test('are cancelled, and waited for', async () => {
    const at = (AutomationExecutionStatus: SSM.AutomationExecutionStatus) => ({
      AutomationExecution: { AutomationExecutionStatus },
    });
    ssm.on(SSM.GetAutomationExecutionCommand).resolvesOnce(at('Cancelling')).resolves(at('Cancelled'));
    await remove('ssm:automation-execution', 'e-1');
    expect(ssm.commandCalls(SSM.StopAutomationExecutionCommand)[0]?.args[0].input.Type).toBe('Cancel');
    expect(ssm.commandCalls(SSM.GetAutomationExecutionCommand)).toHaveLength(2);
  });

  test.each(['AutomationExecutionNotFoundException', 'InvalidAutomationStatusUpdateException'])(
    '%s: it was over already',
    async (name) => {
      ssm.on(SSM.StopAutomationExecutionCommand).rejects(named(name));
      ssm.on(SSM.GetAutomationExecutionCommand).rejects(named('AutomationExecutionNotFoundException'));
      await expect(remove('ssm:automation-execution', 'e-1')).resolves.toBeUndefined();
    },
  );
});

test('documents are the run’s by name, tag or stack, and go after what stands on them', async () => {
  const Tags = [{ Key: 'worklab:run', Value: 'abc123' }];
  ssm
    .on(SSM.ListDocumentsCommand, { Filters: [{ Key: 'Owner', Values: ['Self'] }] })
    .resolvesOnce({ DocumentIdentifiers: [{ Name: 'other' }, { Name: 'tagged', Tags }], ...MORE })
    .resolvesOnce({ DocumentIdentifiers: [{ Name: `${PREFIX}-hello` }, { Name: 'held' }] });
  expect(await idsOf('ssm:document', owning('held'))).toEqual(['tagged', `${PREFIX}-hello`, 'held']);
  expect(of('ssm:document').after).toEqual(['ssm:association', 'ssm:automation-execution']);
});

describe('associations', () => {
  const association = (id: string, more: SSM.Association = {}): SSM.Association => ({ AssociationId: id, ...more });
  const listed = (...Associations: SSM.Association[]) => ssm.on(SSM.ListAssociationsCommand).resolves({ Associations });

  test('are the run’s by name, document, tag or stack, on the second page too', async () => {
    tagged('association/a-3');
    ssm
      .on(SSM.ListAssociationsCommand)
      .resolvesOnce({ Associations: [association('a-9', { Name: 'AWS-UpdateSSMAgent' })], ...MORE })
      .resolvesOnce({
        Associations: [
          association('a-1', { AssociationName: `${PREFIX}-state` }),
          association('a-2', { Name: `${PREFIX}-state` }),
          association('a-3'),
          association('a-4'),
        ],
      });
    expect(await idsOf('ssm:association', owning('a-4'))).toEqual(['a-1', 'a-2', 'a-3', 'a-4']);
  });

  test.each<[string, SSM.Target, string[]]>([
    ['the run’s machine', { Key: 'InstanceIds', Values: ['i-1'] }, ['a-1']],
    ['another machine as well', { Key: 'InstanceIds', Values: ['i-1', 'i-9'] }, []],
    ['every machine', { Key: 'InstanceIds', Values: ['*'] }, []],
    ['no machine', { Key: 'InstanceIds', Values: [] }, []],
    ['the run’s tag', { Key: 'tag:worklab:run', Values: ['abc123'] }, ['a-1']],
    ['the tags of two runs', { Key: 'tag:worklab:run', Values: ['abc123', 'zzzzz9'] }, []],
    ['the run’s patch group', { Key: 'tag:PatchGroup', Values: [PREFIX] }, ['a-1']],
    ['somebody’s patch group', { Key: 'tag:PatchGroup', Values: ['web'] }, []],
  ])('one that aims at %s', async (_what, target, ids) => {
    listed(association('a-1', { Name: 'AWS-UpdateSSMAgent', Targets: [target] }));
    expect(await idsOf('ssm:association', owning('i-1'))).toEqual(ids);
  });
});

test('windows are the run’s by name, tag or stack, on the second page too', async () => {
  tagged('maintenancewindow/mw-2');
  ssm
    .on(SSM.DescribeMaintenanceWindowsCommand)
    .resolvesOnce({ WindowIdentities: [{ WindowId: 'mw-9', Name: 'other' }], ...MORE })
    .resolvesOnce({
      WindowIdentities: [{ WindowId: 'mw-1', Name: `${PREFIX}-window` }, { WindowId: 'mw-2' }, { WindowId: 'mw-3' }],
    });
  expect(await idsOf('ssm:maintenancewindow', owning('mw-3'))).toEqual(['mw-1', 'mw-2', 'mw-3']);
});

describe('patch groups', () => {
  const mapping = (PatchGroup: string, BaselineId: string, BaselineName = 'other') => ({
    PatchGroup,
    BaselineIdentity: { BaselineId, BaselineName },
  });

  test('that hold a baseline of the run are let go of, its own aside, which the stack sees to', async () => {
    ssm
      .on(SSM.DescribePatchGroupsCommand)
      .resolvesOnce({ Mappings: [mapping('web', 'pb-9'), mapping(PREFIX, 'pb-1')], ...MORE })
      .resolvesOnce({ Mappings: [mapping('by|hand', 'pb-1'), mapping(PREFIX, 'pb-2', `${PREFIX}-baseline`)] });
    expect(await idsOf('ssm:patch-group', owning('pb-1'))).toEqual(['pb-1|by|hand', `pb-2|${PREFIX}`]);
    expect(of('ssm:patch-group').beforeStacks).toBe(true);
  });

  test('are told apart from their baseline, whatever their name', async () => {
    await remove('ssm:patch-group', 'pb-1|by|hand');
    const [call] = ssm.commandCalls(SSM.DeregisterPatchBaselineForPatchGroupCommand);
    expect(call?.args[0].input).toEqual({ BaselineId: 'pb-1', PatchGroup: 'by|hand' });
  });
});

describe('baselines', () => {
  test('are the run’s by name, tag or stack, on the second page too; of AWS’s own none is asked for', async () => {
    tagged('patchbaseline/pb-2');
    ssm
      .on(SSM.DescribePatchBaselinesCommand, { Filters: [{ Key: 'OWNER', Values: ['Self'] }] })
      .resolvesOnce({ BaselineIdentities: [{ BaselineId: 'pb-9', BaselineName: 'other' }], ...MORE })
      .resolvesOnce({
        BaselineIdentities: [
          { BaselineId: 'pb-1', BaselineName: `${PREFIX}-baseline` },
          { BaselineId: 'pb-2' },
          { BaselineId: 'pb-3' },
        ],
      });
    expect(await idsOf('ssm:patchbaseline', owning('pb-3'))).toEqual(['pb-1', 'pb-2', 'pb-3']);
    expect(of('ssm:patchbaseline').after).toEqual(['ssm:patch-group']);
  });

  test('lose their groups before they go', async () => {
    ssm.on(SSM.GetPatchBaselineCommand).resolves({ PatchGroups: ['a', 'b'] });
    await remove('ssm:patchbaseline', 'pb-1');
    const groups = Array<string>(2).fill('DeregisterPatchBaselineForPatchGroup');
    expect(sent()).toEqual(['GetPatchBaseline', ...groups, 'DeletePatchBaseline']);
  });
});

describe('compliance items', () => {
  const TYPE = 'Custom:worklab_abc123';

  test('are the run’s by their type, on the second page too', async () => {
    ssm
      .on(SSM.ListResourceComplianceSummariesCommand)
      .resolvesOnce({ ResourceComplianceSummaryItems: [{ ResourceId: 'i-9', ComplianceType: 'Association' }], ...MORE })
      .resolvesOnce({ ResourceComplianceSummaryItems: [{ ResourceId: 'i-1', ComplianceType: TYPE }] });
    expect(await idsOf('ssm:compliance-item')).toEqual([`i-1|${TYPE}`]);
  });

  test('go by an empty put', async () => {
    await remove('ssm:compliance-item', `i-1|${TYPE}`);
    const [call] = ssm.commandCalls(SSM.PutComplianceItemsCommand);
    expect(call?.args[0].input).toMatchObject({ ResourceId: 'i-1', ComplianceType: TYPE, Items: [] });
  });
});

test.each([
  ['ssm:document', 'InvalidDocument'],
  ['ssm:association', 'AssociationDoesNotExist'],
  ['ssm:maintenancewindow', 'DoesNotExistException'],
  ['ssm:patch-group', 'InvalidResourceId'],
  ['ssm:patch-group', 'DoesNotExistException'],
  ['ssm:patchbaseline', 'DoesNotExistException'],
  ['ssm:compliance-item', 'InvalidResourceId'],
])('a %s that is gone is gone (%s), and a refusal is an error', async (kind, notFound) => {
  ssm.onAnyCommand().rejects(named(notFound));
  await expect(remove(kind, 'x|y')).resolves.toBeUndefined();
  ssm.onAnyCommand().rejects(named('AccessDeniedException'));
  await expect(remove(kind, 'x|y')).rejects.toThrow('AccessDeniedException');
});

test.each(sweepers.map(({ kind }) => kind))(
  'a listing of %s that is denied is an error, on the second page too',
  async (kind) => {
    const page = {
      ...{ Sessions: [], AutomationExecutionMetadataList: [], DocumentIdentifiers: [], Associations: [] },
      ...{ WindowIdentities: [], Mappings: [], BaselineIdentities: [], ResourceComplianceSummaryItems: [] },
    };
    ssm
      .onAnyCommand()
      .resolvesOnce({ ...page, ...MORE })
      .rejects(named('AccessDeniedException'));
    await expect(idsOf(kind)).rejects.toThrow('AccessDeniedException');
    expect(ssm.calls()).toHaveLength(2);
  },
);

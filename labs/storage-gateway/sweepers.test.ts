// Sweepers of gateways and of what stands on them: what they take for the run's, on the second page too, and how it goes.

import * as TAG from '@aws-sdk/client-resource-groups-tagging-api';
import * as SGW from '@aws-sdk/client-storage-gateway';
import { mockClient } from 'aws-sdk-client-mock';
import { universalSweepers } from '../../lib/teardown/universal';
import { postsOf } from '../../lib/teardown/world';
import { owning, SCOPE } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const { idsOf, remove } = sweeping(sweepers);
const sgw = mockClient(SGW.StorageGatewayClient);
const tagging = mockClient(TAG.ResourceGroupsTaggingAPIClient);
const invalid = Object.assign(new Error('The specified gateway was not found.'), {
  name: 'InvalidGatewayRequestException',
});

beforeEach(() => {
  sgw.reset();
  tagging.reset();
  tagged();
});

const arn = (id: string): string => `arn:aws:storagegateway:us-east-1:1:${id}`;
const tagged = (...arns: readonly string[]): void => {
  const ResourceTagMappingList = arns.map((ResourceARN) => ({ ResourceARN }));
  tagging
    .on(TAG.GetResourcesCommand, { TagFilters: [{ Key: SCOPE.tag.key, Values: [SCOPE.tag.value] }] })
    .resolves({ ResourceTagMappingList });
};
const sent = (): string[] =>
  sgw
    .calls()
    .map((call) => call.args[0].constructor.name)
    .filter((name) => !/^(?:List|Describe)/.test(name));

test('shares, volumes and tapes go first, then pools, then gateways, then snapshots', () => {
  const all = universalSweepers(sweepers, ['us-east-1'], async () => {});
  const order = postsOf(all, ['us-east-1']).map(({ sweeper }) => sweeper.kind);
  const place = (kind: string): number => order.indexOf(kind);
  for (const kind of ['share', 'volume', 'tape', 'tapepool', 'fs-association']) {
    expect(place(`storagegateway:${kind}`)).toBeLessThan(place('storagegateway:gateway'));
  }
  expect(place('storagegateway:tape')).toBeLessThan(place('storagegateway:tapepool'));
  expect(place('storagegateway:volume')).toBeLessThan(place('ec2:snapshot'));
  expect(place('storagegateway:share')).toBeLessThan(place('s3:bucket'));
  expect(place('storagegateway:share')).toBeLessThan(place('iam:role'));
});

describe('gateways', () => {
  test('are the run’s by name, host, ARN or tag, on the second page too', async () => {
    tagged(arn('4'));
    sgw
      .on(SGW.ListGatewaysCommand)
      .resolvesOnce({
        Gateways: [{ GatewayARN: arn('1'), GatewayName: 'worklab-abc123-file' }, { GatewayARN: arn('8') }],
        Marker: 'more',
      })
      .resolvesOnce({
        Gateways: [
          { GatewayARN: arn('2'), Ec2InstanceId: 'i-1' },
          { GatewayARN: arn('3') },
          { GatewayARN: arn('4'), GatewayName: 'by hand' },
          { GatewayARN: arn('9'), GatewayName: 'worklab-abc124-file' },
        ],
      });
    expect(await idsOf('storagegateway:gateway', owning('i-1', arn('3')))).toEqual([
      arn('1'),
      arn('2'),
      arn('3'),
      arn('4'),
    ]);
  });

  test('are deleted, then waited for; one that is not listed is gone already', async () => {
    const one = { Gateways: [{ GatewayARN: arn('1') }] };
    sgw.on(SGW.ListGatewaysCommand).resolvesOnce(one).resolvesOnce(one).resolves({ Gateways: [] });
    await remove('storagegateway:gateway', arn('1'));
    expect(sent()).toEqual(['DeleteGatewayCommand']);
    expect(sgw.commandCalls(SGW.ListGatewaysCommand)).toHaveLength(3);
    await remove('storagegateway:gateway', arn('1'));
    expect(sent()).toEqual(['DeleteGatewayCommand']);
  });

  test('that refuse and stay are a refusal; that refuse since they are gone are not', async () => {
    const one = { Gateways: [{ GatewayARN: arn('1') }] };
    sgw.on(SGW.DeleteGatewayCommand).rejects(invalid);
    sgw.on(SGW.ListGatewaysCommand).resolves(one);
    await expect(remove('storagegateway:gateway', arn('1'))).rejects.toThrow('not found');
    sgw.on(SGW.ListGatewaysCommand).resolvesOnce(one).resolves({ Gateways: [] });
    await remove('storagegateway:gateway', arn('1'));
  });
});

describe('file shares', () => {
  test('are the run’s by gateway or tag; the marker that the answer repeats leads nowhere', async () => {
    tagged(arn('s2'));
    sgw
      .on(SGW.ListFileSharesCommand)
      .resolvesOnce({ FileShareInfoList: [{ FileShareARN: arn('s1'), GatewayARN: arn('1') }], NextMarker: 'more' })
      .resolvesOnce({
        FileShareInfoList: [
          { FileShareARN: arn('s2'), GatewayARN: arn('9') },
          { FileShareARN: arn('s9'), GatewayARN: arn('9') },
        ],
        Marker: 'more',
      });
    expect(await idsOf('storagegateway:share', owning(arn('1')))).toEqual([arn('s1'), arn('s2')]);
  });

  test('go by force, since their gateway may be off', async () => {
    sgw
      .on(SGW.ListFileSharesCommand)
      .resolvesOnce({ FileShareInfoList: [{ FileShareARN: arn('s1') }] })
      .resolves({ FileShareInfoList: [] });
    await remove('storagegateway:share', arn('s1'));
    expect(sgw.commandCalls(SGW.DeleteFileShareCommand)[0]?.args[0].input).toEqual({
      FileShareARN: arn('s1'),
      ForceDelete: true,
    });
  });
});

test('volumes are the run’s by gateway or tag, on the second page too, and are deleted', async () => {
  tagged(arn('v2'));
  const page = { VolumeInfos: [{ VolumeARN: arn('v2') }, { VolumeARN: arn('v9'), GatewayARN: arn('9') }] };
  sgw
    .on(SGW.ListVolumesCommand)
    .resolvesOnce({ VolumeInfos: [{ VolumeARN: arn('v1'), GatewayARN: arn('1') }], Marker: 'more' })
    .resolvesOnce(page)
    .resolvesOnce(page)
    .resolves({ VolumeInfos: [] });
  expect(await idsOf('storagegateway:volume', owning(arn('1')))).toEqual([arn('v1'), arn('v2')]);
  await remove('storagegateway:volume', arn('v2'));
  expect(sent()).toEqual(['DeleteVolumeCommand']);
});

describe('tapes', () => {
  const POOL = 'arn:aws:storagegateway:us-east-1:1:tapepool/pool-1';

  test('are the run’s by gateway, pool or tag, archived ones too, on the second page too', async () => {
    tagged(arn('t3'));
    sgw
      .on(SGW.ListTapesCommand)
      .resolvesOnce({ TapeInfos: [{ TapeARN: arn('t1'), GatewayARN: arn('1'), PoolId: 'GLACIER' }], Marker: 'more' })
      .resolvesOnce({
        TapeInfos: [
          { TapeARN: arn('t2'), TapeStatus: 'ARCHIVED', PoolId: 'pool-1' },
          { TapeARN: arn('t3'), TapeStatus: 'ARCHIVED', PoolId: 'GLACIER' },
          { TapeARN: arn('t8'), TapeStatus: 'DELETED', GatewayARN: arn('1') },
          { TapeARN: arn('t9'), PoolId: 'pool-9' },
        ],
      });
    expect(await idsOf('storagegateway:tape', owning(arn('1'), POOL))).toEqual([arn('t1'), arn('t2'), arn('t3')]);
  });

  test.each([
    ['in a library', { TapeARN: arn('t1'), GatewayARN: arn('1') }, SGW.DeleteTapeCommand],
    ['on the shelf', { TapeARN: arn('t1'), TapeStatus: 'ARCHIVED' }, SGW.DeleteTapeArchiveCommand],
  ])('%s go their own way, past a governance lock', async (_where, tape, command) => {
    sgw
      .on(SGW.ListTapesCommand)
      .resolvesOnce({ TapeInfos: [tape] })
      .resolves({ TapeInfos: [] });
    await remove('storagegateway:tape', arn('t1'));
    expect(sent()).toEqual([command.name]);
    expect(sgw.calls().find((call) => call.args[0] instanceof command)?.args[0].input).toMatchObject({
      TapeARN: arn('t1'),
      BypassGovernanceRetention: true,
    });
  });
});

test('pools are the run’s by name, stack or tag, on the second page too; a deleted one stays listed', async () => {
  tagged(arn('p3'));
  sgw
    .on(SGW.ListTapePoolsCommand)
    .resolvesOnce({ PoolInfos: [{ PoolARN: arn('p1'), PoolName: 'worklab-abc123-tapes' }], Marker: 'more' })
    .resolvesOnce({
      PoolInfos: [
        { PoolARN: arn('p2'), PoolName: 'x' },
        { PoolARN: arn('p3'), PoolName: 'y' },
        { PoolARN: arn('p8'), PoolName: 'worklab-abc123-old', PoolStatus: 'DELETED' },
        { PoolARN: arn('p9'), PoolName: 'worklab-abc124-tapes' },
      ],
    })
    .resolvesOnce({ PoolInfos: [{ PoolARN: arn('p1'), PoolStatus: 'ACTIVE' }] })
    .resolves({ PoolInfos: [{ PoolARN: arn('p1'), PoolStatus: 'DELETED' }] });
  expect(await idsOf('storagegateway:tapepool', owning(arn('p2')))).toEqual([arn('p1'), arn('p2'), arn('p3')]);
  await remove('storagegateway:tapepool', arn('p1'));
  expect(sent()).toEqual(['DeleteTapePoolCommand']);
});

test('file system associations are their gateway’s, on the second page too', async () => {
  sgw
    .on(SGW.ListFileSystemAssociationsCommand)
    .resolvesOnce({
      FileSystemAssociationSummaryList: [{ FileSystemAssociationARN: arn('f1'), GatewayARN: arn('1') }],
      NextMarker: 'more',
    })
    .resolvesOnce({
      FileSystemAssociationSummaryList: [{ FileSystemAssociationARN: arn('f9'), GatewayARN: arn('9') }],
      Marker: 'more',
    })
    .resolvesOnce({ FileSystemAssociationSummaryList: [{ FileSystemAssociationARN: arn('f1') }] })
    .resolves({ FileSystemAssociationSummaryList: [] });
  expect(await idsOf('storagegateway:fs-association', owning(arn('1')))).toEqual([arn('f1')]);
  await remove('storagegateway:fs-association', arn('f1'));
  expect(sent()).toEqual(['DisassociateFileSystemCommand']);
});

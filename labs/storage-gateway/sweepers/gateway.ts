// Gateways and what stands on them: a registration outlives its instance, and each part of it goes by itself, in this order.

import {
  DeleteFileShareCommand,
  DeleteGatewayCommand,
  DeleteTapeArchiveCommand,
  DeleteTapeCommand,
  DeleteTapePoolCommand,
  DeleteVolumeCommand,
  DisassociateFileSystemCommand,
  type FileShareInfo,
  type FileSystemAssociationSummary,
  type GatewayInfo,
  type PoolInfo,
  paginateListFileShares,
  paginateListFileSystemAssociations,
  paginateListGateways,
  paginateListTapePools,
  paginateListTapes,
  paginateListVolumes,
  type TapeInfo,
  type VolumeInfo,
} from '@aws-sdk/client-storage-gateway';
import { isMarked, items, type SweepScope } from '../../../lib/kit';
import { withoutEcho } from '../pages';
import { listedKind, owns, sgw } from './service';

/** Forced: what is left in the cache is given up, so that a share goes even if its gateway is off. */
export const shares = listedKind<FileShareInfo>({
  kind: 'storagegateway:share',
  after: [],
  patience: 300,
  pages: (aws) => items(withoutEcho(paginateListFileShares(sgw(aws), {})), (page) => page.FileShareInfoList),
  idOf: ({ FileShareARN }) => FileShareARN,
  isOfRun: (scope, { GatewayARN }) => owns(scope, GatewayARN),
  remove: (aws, { FileShareARN }) =>
    sgw(aws).client.send(new DeleteFileShareCommand({ FileShareARN, ForceDelete: true })),
});

export const volumes = listedKind<VolumeInfo>({
  kind: 'storagegateway:volume',
  after: [],
  patience: 300,
  pages: (aws) => items(paginateListVolumes(sgw(aws), {}), (page) => page.VolumeInfos),
  idOf: ({ VolumeARN }) => VolumeARN,
  isOfRun: (scope, { GatewayARN }) => owns(scope, GatewayARN),
  remove: (aws, { VolumeARN }) => sgw(aws).client.send(new DeleteVolumeCommand({ VolumeARN })),
});

/** In a library or on the shelf: an archived tape has no gateway. One under a compliance lock refuses until its day. */
export const tapes = listedKind<TapeInfo>({
  kind: 'storagegateway:tape',
  after: [],
  patience: 300,
  pages: (aws) => items(paginateListTapes(sgw(aws), {}), (page) => page.TapeInfos),
  idOf: ({ TapeARN, TapeStatus }) => (TapeStatus === 'DELETED' ? undefined : TapeARN),
  isOfRun: (scope, { GatewayARN, PoolId = '' }) => owns(scope, GatewayARN) || ofOwnedPool(scope, PoolId),
  remove: (aws, { TapeARN, GatewayARN }) =>
    GatewayARN === undefined
      ? sgw(aws).client.send(new DeleteTapeArchiveCommand({ TapeARN, BypassGovernanceRetention: true }))
      : sgw(aws).client.send(new DeleteTapeCommand({ TapeARN, GatewayARN, BypassGovernanceRetention: true })),
});

/** A tape names its pool by the id at the end of the pool's ARN. */
const ofOwnedPool = ({ owned }: SweepScope, PoolId: string): boolean =>
  PoolId.startsWith('pool-') && [...owned].some((arn) => arn.endsWith(`:tapepool/${PoolId}`));

export const tapePools = listedKind<PoolInfo>({
  kind: 'storagegateway:tapepool',
  after: ['storagegateway:tape'],
  patience: 120,
  pages: (aws) => items(paginateListTapePools(sgw(aws), {}), (page) => page.PoolInfos),
  idOf: ({ PoolARN, PoolStatus }) => (PoolStatus === 'DELETED' ? undefined : PoolARN),
  isOfRun: (scope, { PoolName }) => isMarked(scope, { names: [PoolName] }),
  remove: (aws, { PoolARN }) => sgw(aws).client.send(new DeleteTapePoolCommand({ PoolARN })),
});

/** The lab makes none: FSx File Gateway takes no new customers. Who has been one may have. */
export const associations = listedKind<FileSystemAssociationSummary>({
  kind: 'storagegateway:fs-association',
  after: [],
  patience: 300,
  pages: (aws) =>
    items(
      withoutEcho(paginateListFileSystemAssociations(sgw(aws), {})),
      (page) => page.FileSystemAssociationSummaryList,
    ),
  idOf: ({ FileSystemAssociationARN }) => FileSystemAssociationARN,
  isOfRun: (scope, { GatewayARN }) => owns(scope, GatewayARN),
  remove: (aws, { FileSystemAssociationARN }) =>
    sgw(aws).client.send(new DisassociateFileSystemCommand({ FileSystemAssociationARN, ForceDelete: true })),
});

export const gateways = listedKind<GatewayInfo>({
  kind: 'storagegateway:gateway',
  after: [
    'storagegateway:share',
    'storagegateway:volume',
    'storagegateway:tape',
    'storagegateway:tapepool',
    'storagegateway:fs-association',
  ],
  patience: 300,
  pages: (aws) => items(paginateListGateways(sgw(aws), {}), (page) => page.Gateways),
  idOf: ({ GatewayARN }) => GatewayARN,
  isOfRun: (scope, { GatewayName, Ec2InstanceId, HostEnvironmentId }) =>
    isMarked(scope, { names: [GatewayName] }) || owns(scope, Ec2InstanceId, HostEnvironmentId),
  remove: (aws, { GatewayARN }) => sgw(aws).client.send(new DeleteGatewayCommand({ GatewayARN })),
});
